"""A file for the press separates into two plates, black and red, by Ghostscript.

Red stands on the first page only (the title block); cyan, magenta and yellow stay empty.
"""

import pathlib
import tempfile
import urllib.parse

import numpy
from PIL import Image

from report import output

CHECK = "plates"
PROCESS = ("Cyan", "Magenta", "Yellow")


def check(files, report):
    for file in files:
        if file.profile == "print":
            wrong = faults(separate(file.pdf))
            report.add(CHECK, file.name, not wrong, "; ".join(wrong))


def separate(pdf):
    """Ink of every plate of every page: {page: {plate: mean ink}}."""
    with tempfile.TemporaryDirectory() as folder:
        output(
            ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r100",
             f"-sOutputFile={folder}/page-%d.tif", pdf]
        )
        pages = {}
        for path in pathlib.Path(folder).glob("page-*(*).tif"):
            page, plate = path.stem.removeprefix("page-").rstrip(")").split("(", 1)
            dark = 255 - numpy.asarray(Image.open(path).convert("L"), dtype=numpy.float64)
            pages.setdefault(int(page), {})[urllib.parse.unquote(plate)] = float(dark.mean())
        return pages


def faults(pages):
    """What is wrong with the plates, in words."""
    wrong = [] if pages else ["no plates at all"]
    for page, plates in sorted(pages.items()):
        spots = {name: ink for name, ink in plates.items() if name not in (*PROCESS, "Black")}
        used = [name for name in PROCESS if plates.get(name, 0.0) > 0]
        if used:
            wrong.append(f"page {page} needs {', '.join(used)}")
        if plates.get("Black", 0.0) == 0:
            wrong.append(f"page {page} has no black")
        if page == 1 and sorted(ink > 0 for ink in spots.values()) != [True]:
            wrong.append(f"page 1 has not one plate of red but {spots}")
        if page > 1 and any(ink > 0 for ink in spots.values()):
            wrong.append(f"page {page} has red")
    return wrong
