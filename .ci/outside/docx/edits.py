"""Someone adds or deletes ten lines: the colophon stays at the foot of the last page."""

import copy

import docx
from docx.oxml.ns import qn

import pages as pdf
import words

CHECK = "edited"
LINE = "增加一行文字看看版记是否仍在末页的版心之底并且从不独居"


def edited(source, target, lines):
    """Adds so many lines of text before the last paragraph, or deletes about as many."""
    document = docx.Document(source)
    body = document.element.body
    text = [p for p in body.iterchildren(qn("w:p")) if style(p) == "Body"]
    if not text:
        return False
    last = text[-1]
    if lines > 0:
        for _ in range(lines):
            last.addprevious(line_of(last))
    else:
        deleted = 0
        for paragraph in text[:-1]:
            if deleted >= -lines:
                break
            deleted += 1 + (len(words.text_of(paragraph)) + 2) // 28
            body.remove(paragraph)
        if deleted == 0:
            return False
    document.save(target)
    return True


def style(paragraph):
    found = paragraph.find(qn("w:pPr"))
    found = found.find(qn("w:pStyle")) if found is not None else None
    return found.get(qn("w:val")) if found is not None else None


def line_of(like):
    """A paragraph of one line, in the style of another."""
    new = copy.deepcopy(like)
    for element in list(new):
        if element.tag != qn("w:pPr"):
            new.remove(element)
    keep = new.find(qn("w:pPr")).find(qn("w:keepNext"))
    if keep is not None:
        keep.getparent().remove(keep)
    run = new.makeelement(qn("w:r"), {})
    text = run.makeelement(qn("w:t"), {})
    text.text = LINE
    run.append(text)
    new.append(run)
    return new


def check(files, report, convert):
    """`convert` makes PDF files of DOCX files."""
    made = []
    for file in files:
        for lines in (10, -10):
            target = file.docx.parent.parent / "edited" / f"{file.name}{lines:+d}.docx"
            target.parent.mkdir(parents=True, exist_ok=True)
            if edited(file.docx, target, lines):
                made.append(target)
    converted = convert(made)
    for path in made:
        if path.stem not in converted:
            report.add(CHECK, path.stem, False, "LibreOffice did not print it")
            continue
        office = pdf.read(converted[path.stem])
        rules = [rule for rule in office.rules if rule.middle > 150]
        last = rules[-1] if rules else None
        at = last.middle + last.weight / 2 if last else 0
        right = last is not None and last.page == office.count and abs(at - 262) <= 1
        report.add(CHECK, f"{path.stem}: last rule", right, f"at {at:.2f} mm of page {last and last.page}")
        first = min((rule.middle for rule in rules if rule.page == office.count), default=300)
        above = [line for line in office.on(office.count) if line.baseline < first]
        if len(above) < 2:
            report.note(CHECK, f"{path.stem}: {len(above)} lines above the colophon")
