"""LibreOffice's pages beside ours, set in the same face.

A word processor fills line by line and squeezes nothing; our pages fit whole paragraphs, leave no
single character on the last line (GB/T 15834 5.1.11) and solve the last page. LibreOffice also has
a gap of its own between Han and digits that a document cannot switch off. The DOCX makes up for it
by the spacing of its characters, so nearly all paragraphs have as many lines, and so all issues as
many pages. Every paragraph that has another number of lines is put down to a cause; one without a
cause is a failure, and so are too many of them, another number of pages, a first page without text,
and a colophon alone, but under a text that is one paragraph: no document can say that two lines of
it go along, and all of it would leave the first page bare (GB/T 9704 7.3.3).
"""

import re
from collections import Counter

import pages as pdf
import words

CHECK = "agreement"
# What of all paragraphs must have the same number of lines.
WANTED = 0.97
# Of so many issues one may have another number of pages, and one a colophon alone: none of the
# samples and the 40 that every run has, a few of the hundreds of a long one.
ISSUES_PER_EXCEPTION = 50
LAST_PAGE = "ours is set a line longer or shorter, so that the last page comes out"
SHORT_LINE = "ours is squeezed, so that no character or two stand alone on the last line"
GAP = "LibreOffice's gap between Han and digits"
ADDRESS = "LibreOffice parts a web address elsewhere"
SQUEEZE = "our marks are squeezed where LibreOffice begins another line"
LONGER = "ours is spread, so that no character or two stand alone on the last line"
CLOSING = re.compile(r"[，。、；：？！”’）》〉】〕]")
WESTERN = re.compile(r"[\u3400-\u9fff][0-9A-Za-zⅠ-Ⅻ]|[0-9A-Za-z][\u3400-\u9fff]")


class Tally:
    """Counts over all issues."""

    def __init__(self):
        self.paragraphs = 0
        self.same = 0
        self.ends = 0
        self.ends_same = 0
        self.causes = Counter()
        self.rows = []
        self.other_pages = []
        self.alone = []
        self.one_paragraph = 0


def check(files, report):
    tally = Tally()
    for file in files:
        try:
            one(file, tally, report)
        except pdf.Unlike as unlike:
            report.add(CHECK, f"{file.name}: the same words", False, str(unlike))
    share = tally.same / max(tally.paragraphs, 1)
    same = f"paragraphs with the same number of lines: {tally.same} of {tally.paragraphs}, {share:.1%}"
    report.add(CHECK, "all paragraphs", share >= WANTED, same)
    few(len(files), "the same number of pages", tally.other_pages, report)
    few(len(files), "no colophon alone", tally.alone, report)
    print(f"\n{'issue':28}{'pages':>12}{'paragraphs':>12}{'same lines':>12}{'line ends':>16}")
    for row in tally.rows:
        print("{:28}{:>12}{:>12}{:>12}{:>16}".format(*row))
    report.note(CHECK, same)
    report.note(CHECK, f"issues with the same number of pages: {len(files) - len(tally.other_pages)} of {len(files)}")
    report.note(CHECK, f"colophons alone under a text of one paragraph: {tally.one_paragraph}")
    report.note(CHECK, f"line ends: {tally.ends_same} of {tally.ends}")
    for cause, count in tally.causes.most_common():
        report.note(CHECK, f"{count} paragraphs: {cause}")


def few(issues, what, exceptions, report):
    """None of some dozens of issues, hardly any of hundreds."""
    for exception in exceptions:
        report.note(CHECK, f"not {what}: {exception}")
    most = issues // ISSUES_PER_EXCEPTION
    report.add(CHECK, what, len(exceptions) <= most, f"{len(exceptions)} of {issues} issues not: {exceptions}")


def one(file, tally, report):
    read = words.paragraphs(file.docx)
    texts = [text for _, text, _ in read]
    body = [i for i, (name, text, table) in enumerate(read) if is_text(name, text, table)]
    ours = pdf.share_out(file.one_face, texts)
    gapped = pdf.share_out(file.with_gap, texts)
    theirs = pdf.share_out(file.office, texts)
    same = ends = ends_same = 0
    for i in body:
        tally.paragraphs += 1
        counts = (len(ours[i]), len(theirs[i]), len(gapped[i]))
        if counts[0] == counts[1]:
            same += 1
        else:
            cause = cause_of(texts[i], counts, theirs[i], ours[i], file.varied)
            tally.causes[cause or "no cause known"] += 1
            report.add(CHECK, f"{file.name}: {texts[i][:12]}", cause, f"lines {counts}, no cause")
        places = [ends_of(share) for share in (ours[i], theirs[i])]
        ends += len(places[0])
        ends_same += len(places[0] & places[1])
    tally.same += same
    tally.ends += ends
    tally.ends_same += ends_same
    pages = (file.one_face.count, file.office.count)
    if pages[0] != pages[1]:
        tally.other_pages.append(f"{file.name}: {pages[0]} pages, LibreOffice {pages[1]}")
    tally.rows.append(
        (file.name, f"{pages[0]} / {pages[1]}", len(body), f"{same} / {len(body)}", f"{ends_same} / {ends}")
    )
    colophon(file, read, theirs, tally, report)


def is_text(name, text, table):
    return bool(text) and not table and name not in HEAD


HEAD = {"简报冠名", "简报名称", "简报副名", "简报期号", "编发机关", "印发日期", "签发人", "密级", "份号",
        "紧急程度", "保存要求", "发文字号", "报头分隔线"}


TITLES = {"标题", "副标题", "要目标题", "栏目", "条目标题", "一级标题", "二级标题", "三级标题", "四级标题"}


def ends_of(share):
    """Places in the paragraph's text where lines end, the last apart."""
    at, places = 0, set()
    for line in share[:-1]:
        at += len(line.text)
        places.add(at)
    return places


def cause_of(text, counts, theirs, ours, varied):
    """Why a paragraph has another number of lines in LibreOffice than in our pages."""
    count, office, gapped = counts
    if any(text.startswith(start) for start in varied):
        return LAST_PAGE
    if re.search(r"https?://|www\.", text):
        return ADDRESS
    if office > count and short(theirs[-1]):
        return SHORT_LINE
    if WESTERN.search(text) and gapped == office:
        return GAP
    if office > count:
        return SQUEEZE
    if office < count and short(ours[-1], 5):
        return LONGER
    return None


def short(line, most=3):
    """Whether a last line has a character or two, closing marks apart."""
    return len(CLOSING.sub("", line.text)) <= most


def colophon(file, read, theirs, tally, report):
    """It stands with text, at the foot of the last page."""
    table = [share for (_, _, in_table), share in zip(read, theirs) if in_table and share]
    if not table:
        return
    page = {line.page for share in table for line in share}
    report.add("colophon", f"{file.name}: on the last page", page == {file.office.count}, str(page))
    first = table[0][0].baseline
    above = [line for line in file.office.on(file.office.count) if line.baseline < first - 1]
    least = min(2, sum(len(share) for (name, text, table), share in zip(read, theirs) if is_text(name, text, table)))
    texts = [(name, share) for (name, text, table), share in zip(read, theirs) if is_text(name, text, table)]
    shown = any(line.page == 1 for _, share in texts for line in share)
    report.add("first page", f"{file.name}: shows text", shown, "none")
    before = [share for name, share in texts if name not in TITLES and share and share[0].page < file.office.count]
    if len(above) < least and len(before) == 1:
        tally.one_paragraph += 1
    elif len(above) < least:
        tally.alone.append(f"{file.name}: {len(above)} lines above it, {why_alone(file, read, theirs, first)}")
    rules = [rule for rule in file.office.rules if rule.page == file.office.count and rule.middle > 150]
    wanted = [rule for rule in file.ours.rules if rule.page == file.ours.count and rule.middle > 150]
    last = rules[-1].middle + rules[-1].weight / 2 if rules else 0
    report.add("colophon", f"{file.name}: last rule", abs(last - 262) <= 1, f"at {last:.2f} mm")
    if len(rules) == len(wanted):
        far = max((abs(a.middle - b.middle) for a, b in zip(rules, wanted)), default=0)
        report.add("colophon", f"{file.name}: rules as in the PDF", far <= 1, f"{far:.2f} mm away")
    else:
        report.add("colophon", f"{file.name}: rules", False, f"{len(rules)}, ours {len(wanted)}")


def why_alone(file, read, theirs, first):
    """LibreOffice 7.4 moves only whole paragraphs with what follows them."""
    text = [share for (name, text, in_table), share in zip(read, theirs) if is_text(name, text, in_table)]
    height = file.office.on(file.office.count)[-1].baseline - first + 15
    room = int((225 - height) / 10.45)
    return f"the last paragraph has {len(text[-1]) if text else 0} lines, the room is for {room}"
