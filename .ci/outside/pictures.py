"""Four programs that share no code draw the same page: poppler, MuPDF, Ghostscript, hayro.

Each edge is smoothed differently by each of them, so pixels are not compared one by one. For every
place of the page the share of ink within a window as big as one character of the text is taken; what
counts is how far one program is from what the others make of it. See THRESHOLD.
"""

import pathlib
import subprocess
import sys
import tempfile

import numpy
from PIL import Image

import at_once

CHECK = "pictures alike"
DPI = 150
WINDOW = round(16 / 72 * DPI)
HERE = pathlib.Path(__file__).parent

# How bold a program draws a stroke differs by a share of its ink; edges differ by a constant.
# Measured on samples and generated issues: what is left beyond a tenth of the ink is up to 0.036.
# A rule of 0.35 mm that one of them leaves out leaves 0.055, a character of the text more (selftest).
SHARE = 0.1
THRESHOLD = 0.04

PROGRAMS = {
    "poppler": lambda pdf, out: ["pdftoppm", "-r", DPI, pdf, out / "page"],
    "mupdf": lambda pdf, out: ["mutool", "draw", "-q", "-r", DPI, "-o", out / "page-%d.ppm", pdf],
    "ghostscript": lambda pdf, out: [
        # Drawn twice as large: it fills every pixel that a shape touches, which makes it bolder.
        "gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=png16m", f"-r{2 * DPI}",
        "-dDownScaleFactor=2", "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4",
        f"-sOutputFile={out}/page-%d.png", pdf,
    ],
    "hayro": lambda pdf, out: [sys.executable, HERE / "hayro.py", pdf, out, DPI],
}


def check(files, report):
    greatest = 0.0
    found = at_once.each(lambda file: differences(file.pdf), files)
    for file, pages in zip(files, found):
        for number, worst, program in pages:
            greatest = max(greatest, worst)
            report.add(
                CHECK, f"{file.name} page {number}", worst <= THRESHOLD, f"{program} is off by {worst:.3f}"
            )
    report.note(CHECK, f"greatest difference {greatest:.3f} of {THRESHOLD}")


def differences(pdf):
    """For every page: its number, the greatest difference, and which program differs."""
    return compare({name: draw(name, pdf) for name in PROGRAMS})


def compare(drawn):
    """As `differences`, of pages that are drawn: {program: pages}."""
    counts = {name: len(pages) for name, pages in drawn.items()}
    if len(set(counts.values())) != 1:
        return [(0, 1.0, f"numbers of pages {counts}: one of them")]
    found = []
    for number, pages in enumerate(zip(*drawn.values()), start=1):
        # Programs round the size of the paper up or down.
        height, width = (min(page.shape[axis] for page in pages) for axis in (0, 1))
        if any(page.shape[0] - height > 2 or page.shape[1] - width > 2 for page in pages):
            found.append((number, 1.0, "size of the paper"))
            continue
        pages = [page[:height, :width] for page in pages]
        usual = median(pages)
        found.append((number, *max((difference(page, usual), name) for name, page in zip(drawn, pages))))
    return found


def draw(program, pdf):
    """The pages as arrays of ink per window: 0 is paper, 1 is black."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder)
        command = [str(part) for part in PROGRAMS[program](pdf, out)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stderr[:500]}")
        paths = sorted(out.glob("page*"), key=lambda p: int(p.stem.split("-")[-1]))
        return [ink(Image.open(path).convert("L")) for path in paths]


def ink(picture):
    """Mean ink of every window, by sums over the picture."""
    dark = 255 - numpy.asarray(picture)
    # How black the ink of a press looks on a screen is for each program to say.
    black = max(float(dark.max()), 127.5)
    sums = numpy.zeros((dark.shape[0] + 1, dark.shape[1] + 1), numpy.int32)
    numpy.cumsum(dark, axis=0, out=sums[1:, 1:])
    numpy.cumsum(sums, axis=1, out=sums)
    w = WINDOW
    inked = sums[w:, w:] - sums[:-w, w:] - sums[w:, :-w] + sums[:-w, :-w]
    return inked * numpy.float32(1 / (w * w * black))


def median(pages):
    """Of four: the mean of the two in the middle."""
    a, b, c, d = pages
    one = numpy.maximum(numpy.minimum(a, b), numpy.minimum(c, d))
    other = numpy.minimum(numpy.maximum(a, b), numpy.maximum(c, d))
    return (one + other) / 2


def difference(a, b):
    """Greatest difference of ink beyond the share that is allowed."""
    return float((abs(a - b) - SHARE * numpy.maximum(a, b)).max())
