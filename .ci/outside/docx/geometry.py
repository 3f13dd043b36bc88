"""LibreOffice prints what GB/T 9704 asks: first line, lines to a page, characters to a line, page
number; and the title block stands where it stands in the PDF."""

import words
import pages as pdf

CHECK = "geometry"
FULL = 22
MEASURE = 28


def check(files, report):
    first = []
    for file in files:
        office = file.office
        for page in range(1, office.count + 1):
            lines = office.on(page)
            left = 28 if page % 2 else 26
            # Short lines are centred, indented or in the colophon: full ones tell where the edge is.
            full = [line for line in lines if line.right - line.left > 150 and line.size < 6]
            if full:
                edge = min(line.left for line in full)
                report.add(CHECK, f"{file.name} {page}: left edge", abs(edge - left) < 0.7, f"{edge:.2f}")
            right = max(line.right for line in lines)
            report.add(CHECK, f"{file.name} {page}: right edge", right < left + 156.7, f"{right:.2f}")
            if page > 1 and lines[0].top < 60 and lines[0].size < 6:
                first.append(lines[0].top)
                inside = abs(lines[0].top - 37) <= 1.05
                report.add(CHECK, f"{file.name} {page}: first line", inside, f"{lines[0].top:.2f} mm")
            report.add(CHECK, f"{file.name} {page}: lines", len(lines) <= FULL, f"{len(lines)}")
        for number in office.numbers:
            # The dash stands 0.38 em above the baseline.
            dash = number.baseline - 0.38 * number.size
            report.add(CHECK, f"{file.name} {number.page}: page number", abs(dash - 269) < 0.5, f"{dash:.2f} mm")
            odd = number.page % 2 == 1
            edge = (184 - number.right) if odd else (number.left - 26)
            report.add(CHECK, f"{file.name} {number.page}: its side", 4 < edge < 6, f"{edge:.2f} mm in")
        head(file, report)
    if first:
        report.note(CHECK, f"first lines of pages: {min(first):.2f} to {max(first):.2f} mm")


def head(file, report):
    """Every line and rule of the title block within a millimetre of the PDF's."""
    texts = [(name, text) for name, text, _ in words.paragraphs(file.docx)]
    rule = next((i for i, (name, _) in enumerate(texts) if name == "报头分隔线"), 0)
    block = pdf.squeezed("".join(text for _, text in texts[:rule]))
    ours, theirs = (until(pages, len(block)) for pages in (file.ours, file.office))
    far = max((abs(a.baseline - b.baseline) for a, b in zip(ours, theirs)), default=0)
    report.add(CHECK, f"{file.name}: title block", len(ours) == len(theirs) and far <= 1, f"{far:.2f} mm away")
    rules = [
        [rule.middle for rule in pages.rules if rule.page == 1 and rule.middle < 150]
        for pages in (file.ours, file.office)
    ]
    near = len(rules[0]) == len(rules[1]) and all(abs(a - b) <= 0.5 for a, b in zip(*rules))
    report.add(CHECK, f"{file.name}: red rule", near, f"ours {rules[0]}, LibreOffice {rules[1]}")


def until(pages, length):
    """The first lines, with so many characters."""
    found = []
    for line in pages.lines:
        if length <= 0:
            break
        found.append(line)
        length -= len(line.text)
    return found


def full_page(office, report):
    """A document of nothing but 国: 22 lines of 28 on each full page."""
    for page in range(2, office.count - 1):
        lines = office.on(page)
        report.add(CHECK, f"full page {page}: lines", len(lines) == FULL, f"{len(lines)}")
        counts = {len(line.text) for line in lines}
        report.add(CHECK, f"full page {page}: characters", counts == {MEASURE}, f"{counts}")
        bottom = lines[-1].bottom
        report.add(CHECK, f"full page {page}: last line", abs(bottom - 262) <= 1.05, f"{bottom:.2f} mm")
