"""What stands on the pages of a PDF: lines of text and rules, in millimetres from the top left."""

import re
from dataclasses import dataclass, field

import pdfplumber

MM = 25.4 / 72
# The em box of Chinese type: 0.88 above the baseline and 0.12 below it.
ASCENT = 0.88


@dataclass
class Line:
    """Characters on one baseline."""

    page: int
    baseline: float
    left: float
    right: float
    size: float
    text: str

    @property
    def top(self):
        """Upper edge of the em box."""
        return self.baseline - ASCENT * self.size

    @property
    def bottom(self):
        return self.baseline + (1 - ASCENT) * self.size


@dataclass
class Rule:
    """A horizontal rule."""

    page: int
    left: float
    right: float
    middle: float
    weight: float


@dataclass
class Pages:
    """A PDF."""

    count: int
    lines: list = field(default_factory=list)
    numbers: list = field(default_factory=list)
    rules: list = field(default_factory=list)

    def on(self, page):
        return [line for line in self.lines if line.page == page]


def read(path, foot=265.0):
    """Reads a PDF. Text below `foot` is the page number."""
    with pdfplumber.open(path) as pdf:
        pages = Pages(len(pdf.pages))
        for number, page in enumerate(pdf.pages, start=1):
            for line in lines(page, number):
                (pages.numbers if line.baseline > foot else pages.lines).append(line)
            pages.rules += rules(page, number)
    return pages


def lines(page, number):
    """Characters of one baseline make a line, whatever fonts they are of."""
    rows = []
    height = float(page.height)
    for char in sorted(page.chars, key=lambda char: -char["matrix"][5]):
        baseline = height - char["matrix"][5]
        if rows and abs(rows[-1][0] - baseline) < 4:
            rows[-1][1].append(char)
        else:
            rows.append((baseline, [char]))
    found = []
    for baseline, chars in rows:
        chars = in_order(chars)
        text = re.sub(r"\s", "", "".join(char["text"] for char in chars))
        visible = [char for char in chars if char["text"].strip()]
        if text:
            size = max(char["size"] for char in visible)
            found.append(
                Line(number, baseline * MM, visible[0]["x0"] * MM, visible[-1]["x1"] * MM, size * MM, text)
            )
    return found


def in_order(chars):
    """From left to right. Marks whose white is cut off may begin where the one before them does, or
    a hair earlier: they stand as they were written."""
    written = {id(char): place for place, char in enumerate(chars)}
    chars = sorted(chars, key=lambda char: char["x0"])
    for i in range(1, len(chars)):
        a, b = chars[i - 1], chars[i]
        if b["x0"] - a["x0"] < 2 and written[id(b)] < written[id(a)]:
            chars[i - 1], chars[i] = b, a
    return chars


def rules(page, number):
    """Lines and flat rectangles of more than half the page's width; each once."""
    found = {}
    for thing in page.lines + page.rects + page.curves:
        if thing["width"] > float(page.width) / 2 and thing["height"] < 8:
            is_rectangle = thing["object_type"] == "rect" and thing["height"] > 0.1
            weight = thing["height"] if is_rectangle else thing["linewidth"] or 0
            middle = (thing["top"] + thing["bottom"]) / 2 * MM
            rule = Rule(number, thing["x0"] * MM, thing["x1"] * MM, middle, weight * MM)
            found.setdefault(round(middle, 1), rule)
    return [found[key] for key in sorted(found)]


def squeezed(text):
    """Text without white space: what a line of a PDF can be compared by."""
    return re.sub(r"\s", "", text)


class Unlike(Exception):
    """The lines do not say what the paragraphs say."""


def share_out(pages, paragraphs):
    """The lines of each paragraph: `[[Line, …], …]`.

    Raises Unlike when a line is not made of the words that are next.
    """
    shares = []
    at = 0
    for paragraph in paragraphs:
        rest = squeezed(paragraph)
        share = []
        while rest:
            if at == len(pages.lines):
                raise Unlike(f"no line for …{rest[:20]}")
            line = pages.lines[at]
            if not rest.startswith(line.text):
                raise Unlike(f"page {line.page}: {line.text[:30]!r} where {rest[:30]!r} should be")
            rest = rest[len(line.text) :]
            share.append(line)
            at += 1
        shares.append(share)
    if at < len(pages.lines):
        raise Unlike(f"nobody wrote {pages.lines[at].text!r}")
    return shares
