"""The text that copies out of the PDF is the text that was written.

A sample with a committed clean text (samples/NAME.txt) must give exactly that, spaces that mean
something included. Every other issue must give every string of its YAML, those of the sections in
their order.
"""

import re

import pdfplumber
import yaml

from measure import ONE_AT_A_TIME
from report import output

CHECK = "text"
WIDE_SPACE = "\u3000"
SPACES = re.compile(r"[ \u00a0\u3000]+")


def check(files, report):
    for file in files:
        text = extract(file.pdf)
        if file.clean_text.exists():
            lines = file.clean_text.read_text(encoding="utf-8").splitlines()
            difference = first_difference(text, lines)
            report.add(f"{CHECK}: committed text", file.name, not difference, difference)
            found, wanted = wide_spaces(file.pdf), "".join(lines).count(WIDE_SPACE)
            report.add(
                f"{CHECK}: ideographic spaces", file.name, found == wanted, f"{found}, not {wanted}"
            )
        missing = missing_strings(text, yaml.load(file.source.read_text(encoding="utf-8"), Words))
        report.add(f"{CHECK}: strings of the YAML", file.name, not missing, "; ".join(missing))


def extract(pdf):
    """Text of all pages without page numbers and without the line ends of the layout."""
    kept = []
    for number, page in enumerate(output(["pdftotext", "-raw", pdf, "-"]).split("\f"), start=1):
        lines = page.splitlines()
        # The dashes are drawn as rules: only the digits are text.
        if lines and lines[-1].strip("— ") == str(number):
            lines.pop()
        kept += lines
    return join(kept)


def wide_spaces(pdf):
    """Ideographic spaces among the characters of the file: those that mean something."""
    with ONE_AT_A_TIME, pdfplumber.open(pdf) as document:
        return sum(c["text"].count(WIDE_SPACE) for page in document.pages for c in page.chars)


def join(lines):
    """Lines as one string. A line that ends and goes on in Latin letters was broken at a space."""
    text = ""
    for line in lines:
        if text and line and is_latin(text[-1]) and is_latin(line[0]):
            text += " "
        text += line
    return text


def is_latin(character):
    return character.isascii() and character.isalnum()


def first_difference(text, lines):
    """Where a text parts from the lines that it should be, in words that can be read.

    Between two lines the page may have white (office and date stand on one row): there, and only
    there, a space may stand or not. poppler writes every white space as U+0020.
    """
    at = 0
    for line in lines:
        if text[at : at + 1] == " ":
            at += 1
        for wanted in line.replace(WIDE_SPACE, " "):
            if text[at : at + 1] != wanted:
                return f"at character {at}: …{text[at - 8 : at + 12]!r} in {line[:16]!r}…"
            at += 1
    return f"more than wanted: {text[at : at + 20]!r}" if text[at:] else ""


class Words(yaml.SafeLoader):
    """Reads every scalar as the text that it is: 000017 stays 000017."""


Words.yaml_implicit_resolvers = {}

# Keys whose values are settings or are printed in another form.
NOT_PRINTED = {
    "schema", "模式版本", "layout", "版式", "numbering", "编号方式", "kind", "刊别", "类别",
    "date", "日期", "印发日期", "year", "年度", "年份", "contents", "本期要目", "要目", "目录",
}
IN_ORDER = {"sections", "栏目", "items", "条目", "信息", "body", "正文", "points", "要点"}
ENTRIES = {"entries", "各单位", "单位条目"}


def leaves(node, key=""):
    """Every string below a node in the order of writing; keys of a round-up are units."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name in NOT_PRINTED:
                continue
            if key in ENTRIES and isinstance(value, str) and not {"unit", "单位"} & node.keys():
                yield name
            yield from leaves(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value, key)
    elif isinstance(node, str) and node and not node.isdigit():
        yield node


def compact(text):
    """Without white space and without the marks of emphasis."""
    return SPACES.sub("", text).replace("**", "").replace("\n", "")


def missing_strings(text, issue):
    """Strings of an issue that its PDF does not give back."""
    text = compact(text)
    missing = []
    for key, part in issue.items():
        position = 0
        for string in leaves(part, key) if key not in NOT_PRINTED else ():
            wanted = compact(string)
            at = text.find(wanted, position if key in IN_ORDER else 0)
            if at < 0:
                missing.append(f"{string[:24]}… not found" + (" in its place" if position else ""))
            elif key in IN_ORDER:
                position = at + len(wanted)
    return missing
