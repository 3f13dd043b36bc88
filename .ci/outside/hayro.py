"""Draws a PDF's pages with hayro, the renderer inside Typst: hayro.py FILE.pdf DIR DPI.

hayro takes minutes to compile; Typst's wheel has it ready, and shows a page of a PDF as a picture.
"""

import pathlib
import shutil
import sys
import tempfile

import pikepdf
import typst


def main(file, folder, dpi):
    with pikepdf.open(file) as pdf:
        boxes = [page.mediabox for page in pdf.pages]
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        shutil.copy(file, work / "issue.pdf")
        source = work / "pages.typ"
        source.write_text("".join(page(*pair) for pair in enumerate(boxes, start=1)))
        compiler = typst.Compiler(str(source), ignore_system_fonts=True)
        drawn = compiler.compile(format="png", ppi=float(dpi))
    for number, png in enumerate([drawn] if isinstance(drawn, bytes) else drawn, start=1):
        (pathlib.Path(folder) / f"page-{number}.png").write_bytes(png)


def page(number, box):
    """A page that is nothing but a page of the file."""
    width, height = float(box[2] - box[0]), float(box[3] - box[1])
    return (
        f"#page(width: {width}pt, height: {height}pt, margin: 0pt,"
        f' image("issue.pdf", page: {number}, width: {width}pt))\n'
    )


if __name__ == "__main__":
    main(*sys.argv[1:4])
