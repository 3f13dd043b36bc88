"""A second opinion on the type area, by `pdftotext -bbox`, with the tolerance of the standard itself.

`measure.py` goes by the glyphs' origins; here poppler's own boxes are taken. Their upper and lower
edges follow what the font of a word's first character claims of itself, so it is the middles of
boxes that are compared with the middles of rows. GB/T 9704-2012 §5.2.1 allows a millimetre.
"""

import re

import at_once
from measure import BOTTOM, HEIGHT, MEASURE, MM, PITCH, ROWS, SIZE, TOP, Sheet
from report import output

CHECK = "GB/T 9704 by pdftotext -bbox"
TOLERANCE = 1.0
# A mark at the edge of the type area may have its blank half outside.
HALF = SIZE / 2 / MM

WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>'
)


def check(files, report):
    texts = at_once.each(lambda file: output(["pdftotext", "-bbox", file.pdf, "-"]), files)
    for file, text in zip(files, texts):
        pages = text.split("<page ")[1:]
        pages = [lines_of(page) for page in pages]
        for number, lines in enumerate(pages, start=1):
            sheet = Sheet(
                number, number == len(pages), file.profile != "screen", width=210.0, height=HEIGHT
            )
            # To keep together what belongs together, which is reported; before 附件 (§7.3.7).
            early = any(a.startswith(f"第{number}页末空") for a in file.adjustments)
            early |= sheet.last or bool(pages[number]) and pages[number][0][4].startswith("附件")
            wrong = faults(sheet, lines, early)
            report.add(CHECK, f"{file.name} page {number}", not wrong, "; ".join(wrong))


def lines_of(page):
    """Left, top, right, bottom (mm) and text of every line, from the words of a page."""
    words = []
    for match in WORD.finditer(page):
        words.append(([float(edge) / MM for edge in match.groups()[:4]], match[5]))
    words.sort(key=lambda word: word[0][1] + word[0][3])
    lines = []
    for (left, top, right, bottom), text in words:
        # Words whose middles are less than half a line apart stand on one line.
        if lines and (top + bottom) / 2 - (lines[-1][1] + lines[-1][3]) / 2 < PITCH / 2:
            last = lines[-1]
            last[0], last[2] = min(last[0], left), max(last[2], right)
            last[1], last[3] = min(last[1], top), max(last[3], bottom)
            last[4] += text
        else:
            lines.append([left, top, right, bottom, text])
    return lines


def faults(sheet, lines, ends_early):
    """What is wrong with a page, in words."""
    wrong = []
    body = [line for line in lines if line[3] < BOTTOM + TOLERANCE]
    if len(body) == len(lines):
        wrong.append("no page number below the type area")
    if not body:
        return [*wrong, "no text"]
    if len(body) > ROWS:
        wrong.append(f"§5.2.3 {len(body)} lines")
    first, last = ((line[1] + line[3]) / 2 for line in (body[0], body[-1]))
    title = body[0][3] - body[0][1] > 1.2 * SIZE / MM
    if sheet.number > 1 and not title and abs(first - HALF - TOP) > TOLERANCE:
        wrong.append(f"§5.2.1 first line's top at {first - HALF:.2f} mm")
    if not ends_early and abs(last + HALF - BOTTOM) > TOLERANCE:
        wrong.append(f"§5.2.1 last line's bottom at {last + HALF:.2f} mm")
    right = sheet.left + MEASURE
    for line in body:
        if line[0] < sheet.left - HALF - TOLERANCE or line[2] > right + HALF + TOLERANCE:
            wrong.append(f"§5.2.1 from {line[0]:.2f} to {line[2]:.2f} mm: {line[4][:12]}")
    return wrong
