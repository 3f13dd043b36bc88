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
        for number, box in enumerate(boxes, start=1):
            width, height = float(box[2] - box[0]), float(box[3] - box[1])
            source = work / "page.typ"
            source.write_text(
                f"#set page(width: {width}pt, height: {height}pt, margin: 0pt)\n"
                f'#image("issue.pdf", page: {number}, width: {width}pt)\n'
            )
            png = typst.compile(str(source), format="png", ppi=float(dpi))
            (pathlib.Path(folder) / f"page-{number}.png").write_bytes(png)


if __name__ == "__main__":
    main(*sys.argv[1:4])
