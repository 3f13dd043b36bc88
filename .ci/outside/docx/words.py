"""python-docx reads the same words as stand in our PDF, and in the committed clean text."""

import docx
from docx.oxml.ns import qn

import pages as pdf

CHECK = "python-docx"


def paragraphs(path):
    """(style's name, text, whether it stands in the table) of each paragraph, in order."""
    document = docx.Document(path)
    names = {style.style_id: style_name(style) for style in document.styles}
    found = []
    for element in document.element.body.iter(qn("w:p")):
        properties = element.find(qn("w:pPr"))
        style = properties.find(qn("w:pStyle")) if properties is not None else None
        name = names.get(style.get(qn("w:val"))) if style is not None else None
        in_table = any(True for _ in element.iterancestors(qn("w:tbl")))
        found.append((name, text_of(element), in_table))
    return found


def style_name(style):
    """The Chinese name: the alias where Word has a name of its own."""
    alias = style.element.find(qn("w:aliases"))
    return alias.get(qn("w:val")) if alias is not None else style.name


def text_of(element):
    text = ""
    for piece in element.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
        if piece.tag == qn("w:t"):
            text += piece.text or ""
        elif piece.getparent().tag == qn("w:r"):
            text += "\t" if piece.tag == qn("w:tab") else "\n"
    return text


def footers(path):
    document = docx.Document(path)
    section = document.sections[0]
    texts = ["".join(text_of(p._p) for p in section.footer.paragraphs)]
    if document.settings.odd_and_even_pages_header_footer:
        texts.append("".join(text_of(p._p) for p in section.even_page_footer.paragraphs))
    return texts


def check(files, report):
    for file in files:
        read = paragraphs(file.docx)
        texts = [text for _, text, _ in read]
        wanted = "".join(line.text for line in file.ours.lines)
        found = pdf.squeezed("".join(texts))
        report.add(CHECK, f"{file.name}: words of the PDF", found == wanted, difference(found, wanted))
        clean = file.source.with_suffix(".txt")
        if clean.exists():
            wanted = "".join(clean.read_text(encoding="utf-8").splitlines())
            found = "".join(texts).replace("\t", "").replace("\n", "")
            report.add(CHECK, f"{file.name}: clean text", found == wanted, difference(found, wanted))
        unnamed = [text for name, text, _ in read if name is None]
        report.add(CHECK, f"{file.name}: styles", not unnamed, f"no style: {unnamed[:1]}")
        numbers = footers(file.docx)
        report.add(CHECK, f"{file.name}: footers", numbers == ["— 1 —", "— 2 —"], str(numbers))
        core = docx.Document(file.docx).core_properties
        filled = all([core.title, core.subject, core.author, core.keywords, core.created, core.language])
        report.add(CHECK, f"{file.name}: properties", filled, f"{core.title!r} {core.subject!r}")


def difference(found, wanted):
    if found == wanted:
        return ""
    at = next((i for i, (a, b) in enumerate(zip(found, wanted)) if a != b), min(len(found), len(wanted)))
    return f"at character {at}: found …{found[at - 8 : at + 12]!r}, wanted …{wanted[at - 8 : at + 12]!r}"
