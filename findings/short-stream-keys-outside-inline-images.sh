#!/usr/bin/env bash
# PyMuPDF 1.26.4 and pdfminer.six 20250506 beside pypdfium2 4.30.0, pypdf 6.1.1 and pikepdf 9.11.0
# (qpdf), all from the Python registry.
#
# ISO 32000-1 gives short names to the keys of inline images (table 92: /DP for /DecodeParms) and
# has them nowhere else: in the dictionary of a page's content stream /DP is a key without meaning,
# as any private one would be. A good guess: every reader passes over it.
# What happens: MuPDF and pdfminer take it for /DecodeParms there too and undo a predictor that the
# stream does not have, so that a valid page is empty or an error; with a predictor in the bytes and
# /DP alone to tell of it, they read the page, and the other three do not. So a checker and a viewer
# can see two different pages in one file.
#
# Seen, for a page that says "one" and has /DP beside plain deflated content: MuPDF nothing, pdfminer
# an error, PDFium, pypdf and qpdf the content; for content with a predictor told by /DP: the reverse.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q PyMuPDF==1.26.4 pdfminer.six==20250506 pypdfium2==4.30.0 \
    pypdf==6.1.1 pikepdf==9.11.0
cat >"$work/probe.py" <<'PYTHON'
import io
import logging
import warnings
import zlib

import fitz
import pdfminer.high_level
import pikepdf
import pypdf
import pypdfium2

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
fitz.TOOLS.mupdf_display_errors(False)
fitz.TOOLS.mupdf_display_warnings(False)


def page(predictor: bool) -> bytes:
    """A file of one page that says "one"; /DP tells of a PNG predictor, which is there or not."""
    raw = b"BT /F1 24 Tf 72 700 Td (one) Tj ET"
    if predictor:
        raw += b" " * (-len(raw) % 5)
        raw = b"".join(b"\0" + raw[at : at + 5] for at in range(0, len(raw), 5))
    packed = zlib.compress(raw)
    head = b"<</Length %d/Filter/FlateDecode/DP<</Predictor 15/Columns 5>>>>" % len(packed)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        head + b"\nstream\n" + packed + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, table)


def qpdf(data: bytes) -> str:
    """What the content unpacks to, as text."""
    with pikepdf.open(io.BytesIO(data)) as file:
        return file.pages[0].Contents.read_bytes().decode()


READERS = {
    "MuPDF": lambda data: fitz.open(stream=data, filetype="pdf")[0].get_text(),
    "pdfminer": lambda data: pdfminer.high_level.extract_text(io.BytesIO(data)),
    "PDFium": lambda data: pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded(),
    "pypdf": lambda data: pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(),
    "qpdf": qpdf,
}


def reads(reader: str, data: bytes) -> bool:
    try:
        return "one" in READERS[reader](data) and "\0" not in READERS[reader](data)
    except Exception as error:
        print(f"{reader}: {type(error).__name__}")
        return False


found = {reader: (reads(reader, page(False)), reads(reader, page(True))) for reader in READERS}
print(found)
expected = {reader: (True, False) for reader in READERS}
expected |= {"MuPDF": (False, True), "pdfminer": (False, True)}
assert found == expected, expected
PYTHON
"$work/venv/bin/python" "$work/probe.py"
echo "as described"
