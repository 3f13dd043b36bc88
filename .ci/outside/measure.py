"""Where things stand on the page, measured in the finished PDF against GB/T 9704-2012.

Positions are those of the glyphs' origins, from which the em box follows (0.88 em above the
baseline, 0.12 em below), and of filled rectangles. The standard allows a millimetre for what a
press and a guillotine do; a program that computes has no use for it, so the limits here are a
tenth of that or less, and the greatest deviation that was seen is printed.
"""

import collections
import re
import threading
from dataclasses import dataclass, field

import pdfplumber

CHECK = "GB/T 9704"

# pdfplumber keeps tables that threads must not fill at once.
ONE_AT_A_TIME = threading.Lock()
MM = 72 / 25.4

WIDTH, HEIGHT = 210.0, 297.0  # §5.1
TOP, BOTTOM = 37.0, 262.0  # §5.2.1
BINDING, MEASURE = 28.0, 156.0  # §5.2.1
ROWS = 22  # §5.2.3
SIZE = 16.0  # 三号, pt
ASCENT = 0.88
SMALL = 14.0  # 四号, pt
PITCH = (BOTTOM - TOP - SIZE / MM) / (ROWS - 1)
NUMBER_CENTRE = 269.0  # §7.5: 7 mm below the type area
THICK, THIN = 0.35, 0.25  # §7.4.1

# Limits, mm.
ON_GRID = 0.05
AT_EDGE = 0.15
RULE_PLACE = 0.1
RULE_WEIGHT = 0.02

# Lines of text, titles (which are centred) not counted, of which no two need go along with a
# colophon that has no room below them: a paragraph of two is not torn.
LITTLE = 3

# A glyph that a fallback face raises or lowers by less than this stands on the line, pt.
JOINED = 1.0

# A line at least this wide is a full one.
FULL = 27.75 / 28 * MEASURE

@dataclass
class Line:
    """Glyphs on one baseline; mm from the top left corner of the paper."""

    baseline: float
    left: float
    right: float
    size: float
    text: str

    @property
    def row(self):
        """Row of the grid, 0 is the first; a fraction when it is off the grid."""
        return (self.baseline - TOP - ASCENT * SIZE / MM) / PITCH


@dataclass
class Bar:
    """A filled rectangle, mm."""

    left: float
    right: float
    top: float
    bottom: float
    red: bool

    @property
    def width(self):
        return self.right - self.left

    @property
    def weight(self):
        return self.bottom - self.top

    @property
    def centre(self):
        return (self.top + self.bottom) / 2


@dataclass
class Sheet:
    """One page as measured."""

    number: int
    last: bool
    mirrored: bool
    width: float
    height: float
    lines: list = field(default_factory=list)
    bars: list = field(default_factory=list)

    @property
    def left(self):
        """Left edge of the type area: the binding edge is on the right of even pages, on paper."""
        return BINDING if self.number % 2 or not self.mirrored else WIDTH - BINDING - MEASURE

    @property
    def head_end(self):
        """Lower edge of the red rule under the title block."""
        red = [bar.bottom for bar in self.bars if bar.red and bar.width > MEASURE / 2]
        return max(red) if red and self.number == 1 else 0.0

    @property
    def colophon(self):
        """The black rules across the measure, top to bottom."""
        rules = [bar for bar in self.bars if not bar.red and bar.width > MEASURE - 10]
        return sorted(rules, key=lambda bar: bar.top) if self.last else []

    @property
    def body(self):
        """Lines of the text: below the title block, above colophon and page number."""
        end = self.colophon[0].top if self.colophon else BOTTOM + 1
        return [line for line in self.lines if self.head_end < line.baseline < end]


def read(pdf, mirrored=True):
    """Measures every page of a file."""
    with ONE_AT_A_TIME, pdfplumber.open(pdf) as document:
        return [
            read_page(page, Sheet(
                number=number,
                last=number == len(document.pages),
                mirrored=mirrored,
                width=float(page.width) / MM,
                height=float(page.height) / MM,
            ))
            for number, page in enumerate(document.pages, start=1)
        ]


def read_page(page, sheet):
    """Fills in the lines and bars of a page."""
    glyphs = [c for c in page.chars if c["text"].strip()]
    # The commonest baseline first, so that a glyph that a fallback face raises joins its line.
    counts = collections.Counter(round(baseline(page, c), 2) for c in glyphs)
    lines = {}
    for c in glyphs:
        y = baseline(page, c)
        key = max(
            (k for k in counts if abs(k - y) < JOINED),
            key=lambda k: (counts[k], -abs(k - y)),
        )
        lines.setdefault(key, []).append(c)
    for y, members in sorted(lines.items()):
        members.sort(key=lambda c: c["matrix"][4])
        sizes = collections.Counter(round(c["size"], 1) for c in members)
        sheet.lines.append(
            Line(
                baseline=y / MM,
                left=members[0]["matrix"][4] / MM,
                right=max(c["x1"] for c in members) / MM,
                size=sizes.most_common(1)[0][0],
                text="".join(c["text"] for c in members),
            )
        )
    for shape in [*page.rects, *page.curves]:
        if shape.get("fill"):
            weight = (shape["bottom"] - shape["top"]) / MM
            sheet.bars.append(
                Bar(
                    left=shape["x0"] / MM,
                    right=shape["x1"] / MM,
                    top=shape["top"] / MM,
                    bottom=shape["bottom"] / MM,
                    red=is_red(shape.get("non_stroking_color"), weight),
                )
            )
    return sheet


def baseline(page, glyph):
    """Of a glyph, pt from the top of the paper."""
    return float(page.height) - glyph["matrix"][5]


def is_red(colour, weight):
    """Whether a rule has the red of the head.

    In a file for the press red is a plate of its own, of which only the tint is seen here: there
    the weight tells the rule of the head from those of the colophon. `plates.py` looks at the
    plates themselves.
    """
    if isinstance(colour, (tuple, list)) and len(colour) == 3:
        return colour[0] > 0.7 and colour[1] < 0.4 and colour[2] < 0.4
    return colour in (1.0, (1.0,), [1.0]) and weight > 1.5 * THICK


class Deviations:
    """The greatest deviation of each kind, over all files."""

    def __init__(self):
        self.greatest = collections.defaultdict(float)

    def within(self, kind, found, wanted, limit):
        """Whether a figure is within its limit; remembers how far it was off."""
        off = abs(found - wanted)
        self.greatest[kind] = max(self.greatest[kind], off)
        return off <= limit


def check(files, report):
    deviations = Deviations()
    full = pages = 0
    for file in files:
        sheets = read(file.pdf, mirrored=file.profile != "screen")
        for sheet, following in zip(sheets, [*sheets[1:], None]):
            wrong = check_sheet(sheet, deviations)
            wrong += check_rows_left_empty(sheet, following, file.adjustments)
            wrong += check_company(sheet, sheets, file.adjustments)
            report.add(CHECK, f"{file.name} page {sheet.number}", not wrong, "; ".join(wrong))
            pages += 1
            full += bool(sheet.body) and round(sheet.body[-1].row) == ROWS - 1
    for kind, off in sorted(deviations.greatest.items()):
        report.note(CHECK, f"greatest deviation, {kind}: {off:.3f} mm")
    report.note(CHECK, f"{full} of {pages} pages have their last line in row {ROWS}, ending at {BOTTOM:.0f} mm")


def check_sheet(sheet, deviations):
    """What is wrong with a page, in words."""
    within = deviations.within
    wrong = []
    if not (within("paper", sheet.width, WIDTH, 0.1) and within("paper", sheet.height, HEIGHT, 0.1)):
        wrong.append(f"§5.1 paper is {sheet.width:.2f} × {sheet.height:.2f} mm")
    wrong += check_body(sheet, within)
    wrong += check_edges(sheet, within)
    wrong += check_rules(sheet, within)
    wrong += check_number(sheet, within)
    return wrong


def check_body(sheet, within):
    """§5.2.3: at most 22 lines, on the grid that fills the type area from edge to edge."""
    wrong = []
    rows = [line for line in sheet.body if abs(line.size - SIZE) < 0.5]
    for line in rows:
        if not within("line from its row of the grid", line.row * PITCH, round(line.row) * PITCH, ON_GRID):
            wrong.append(f"§5.2.3 row {line.row + 1:.3f} is off the grid: {line.text[:12]}")
        if not -0.5 < line.row < ROWS - 0.5:
            wrong.append(f"§5.2.3 row {line.row + 1:.1f} of {ROWS}: {line.text[:12]}")
    if not rows:
        return wrong
    first, last = rows[0], rows[-1]
    if sheet.number > 1:
        top = first.baseline - ASCENT * SIZE / MM
        if round(first.row) == 0 and not within("first line's top from 37 mm", top, TOP, ON_GRID):
            wrong.append(f"§5.2.1 first line's top at {top:.2f} mm")
        if round(first.row) > 0 and first is sheet.body[0]:
            wrong.append(f"first line in row {first.row + 1:.0f}")
    if not sheet.last:
        bottom = last.baseline + (1 - ASCENT) * SIZE / MM
        if round(last.row) == ROWS - 1:
            if not within("full page's last line's bottom from 262 mm", bottom, BOTTOM, ON_GRID):
                wrong.append(f"§5.2.1 last line's bottom at {bottom:.2f} mm")
    return wrong


def check_rows_left_empty(sheet, following, adjustments):
    """§5.2.3: a page that leaves rows empty, to keep together what belongs together, is reported.

    Before 附件, which begin a new page (§7.3.7), and where the text ends, nothing is owed.
    """
    if following and following.body and following.body[0].text.startswith("附件"):
        return []
    if following and following.last and not following.body:
        return []
    rows = [line.row for line in sheet.body if abs(line.size - SIZE) < 0.5]
    if not rows:
        return []
    empty = ROWS - 1 - round(rows[-1]) if not sheet.last else 0
    reported = 0
    for adjustment in adjustments:
        words = re.fullmatch(r"第(\d+)页末空(\d+)行", adjustment)
        if words and int(words[1]) == sheet.number:
            reported = int(words[2])
    if empty != reported:
        return [f"§5.2.3 {empty} of {ROWS} rows are empty, {reported} reported"]
    return []


def check_company(sheet, sheets, adjustments):
    """§7.3.3: the first page shows text. The colophon is not alone, nor with a single line.

    Where an issue has so little text, and so tall a colophon, that both cannot be, the text stays
    on the first page; that is reported.
    """
    found, lines = len(sheet.body), sum(len(other.body) for other in sheets)
    if not sheet.last:
        return [] if found else ["no text"]
    if found >= 2 or found == lines:
        return []
    reported = f"第{sheet.number}页只有一行正文" if found else f"单独排在第{sheet.number}页"
    if not any(reported in adjustment for adjustment in adjustments):
        return [f"{found} lines of text with the colophon, not reported"]
    written = sum(line.left < other.left + 2.5 * SIZE / MM for other in sheets for line in other.body)
    free = (sheet.colophon[0].top - TOP) / PITCH if sheet.colophon else ROWS
    if written > LITTLE and free > 3:
        return [f"{found} of {lines} lines of text with the colophon"]
    return []


def is_han(character):
    return "\u4e00" <= character <= "\u9fff"


def check_edges(sheet, within):
    """§5.2.1: no line beyond the type area, and full lines reach both its edges."""
    wrong = []
    right = sheet.left + MEASURE
    for line in sheet.body:
        # A mark of punctuation may have its blank half outside; a Han character's cell may not.
        if line.left < sheet.left - SIZE / 2 / MM - AT_EDGE:
            wrong.append(f"§5.2.1 begins at {line.left:.2f} mm: {line.text[:12]}")
        if line.right > right + SIZE / 2 / MM + AT_EDGE:
            wrong.append(f"§5.2.1 ends at {line.right:.2f} mm: …{line.text[-12:]}")
        if line.right - line.left < FULL:
            continue
        if is_han(line.text[0]) and not within("left edge", line.left, sheet.left, AT_EDGE):
            wrong.append(f"§5.2.1 begins at {line.left:.2f} mm, not {sheet.left:.2f}: {line.text[:12]}")
        if is_han(line.text[-1]) and not within("right edge", line.right, right, AT_EDGE):
            wrong.append(f"§5.2.1 ends at {line.right:.2f} mm, not {right:.2f}: …{line.text[-12:]}")
    return wrong


def check_rules(sheet, within):
    """§7.2.7 red rule, §7.4.1 rules of the colophon."""
    wrong = []
    red = [bar for bar in sheet.bars if bar.red and bar.width > MEASURE / 2]
    if sheet.number == 1 and not red:
        wrong.append("§7.2.7 no red rule")
    for bar in [*red, *sheet.colophon]:
        if not (
            within("rule's left end", bar.left, sheet.left, RULE_PLACE)
            and within("rule's length", bar.width, MEASURE, RULE_PLACE)
        ):
            wrong.append(f"§7.2.7, §7.4.1 rule from {bar.left:.2f} to {bar.right:.2f} mm")
    rules = sheet.colophon
    if sheet.last and len(rules) < 2:
        return [*wrong, "§7.4.1 no colophon between two rules on the last page"]
    for place, rule in enumerate(rules):
        outer = place in (0, len(rules) - 1)
        if not within("rule's weight", rule.weight, THICK if outer else THIN, RULE_WEIGHT):
            wrong.append(f"§7.4.1 rule {place + 1} of {len(rules)} is {rule.weight:.3f} mm thick")
    if rules and not within("last rule from 262 mm", rules[-1].bottom, BOTTOM, RULE_PLACE):
        wrong.append(f"§7.4.1 last rule ends at {rules[-1].bottom:.2f} mm")
    return wrong


def check_number(sheet, within):
    """§7.5: a dash each side, centred 7 mm below the type area, 空一字 from its outer edge."""
    dashes = sorted(
        (bar for bar in sheet.bars if bar.centre > BOTTOM + 1 and bar.width < 20),
        key=lambda bar: bar.left,
    )
    digits = [line for line in sheet.lines if line.baseline > BOTTOM + 1]
    if len(dashes) != 2 or len(digits) != 1:
        return [f"§7.5 {len(dashes)} dashes and {len(digits)} lines of digits"]
    wrong = []
    number = digits[0].text.strip("—– ")
    if number != str(sheet.number):
        wrong.append(f"§7.5 page number {number!r} on page {sheet.number}")
    for dash in dashes:
        if not within("page number's dash from 269 mm", dash.centre, NUMBER_CENTRE, 0.05):
            wrong.append(f"§7.5 dash at {dash.centre:.2f} mm")
    inset = SMALL / MM
    if sheet.number % 2:
        outer, wanted = dashes[1].right, sheet.left + MEASURE - inset
    else:
        outer, wanted = dashes[0].left, sheet.left + inset
    # A dash is a little shorter than its em, by the white that the font gives it.
    if not within("page number's outer end", outer, wanted, 0.6):
        wrong.append(f"§7.5 page number's outer end at {outer:.2f} mm, not {wanted:.2f}")
    if not dashes[0].right < digits[0].left <= digits[0].right < dashes[1].left:
        wrong.append("§7.5 number is not between its dashes")
    return wrong
