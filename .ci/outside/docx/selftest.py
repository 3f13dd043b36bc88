#!/usr/bin/env python3
"""The DOCX checks can fail: each is shown something wrong."""

import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))

import agreement
import geometry
import pages
import validator
import words
from report import Report


def line(page, baseline, text, left=28.0, right=184.0, size=5.64):
    return pages.Line(page, baseline, left, right, size, text)


def fails(name, run):
    report = Report(quiet=True)
    run(report)
    if not report.failed():
        sys.exit(f"{name}: nothing was found wrong")


def full_page(lines, characters):
    office = pages.Pages(4)
    office.lines = [
        line(2, 42.97 + 10.44 * row, "国" * characters) for row in range(lines)
    ]
    return office


def main():
    fails("21 lines", lambda report: geometry.full_page(full_page(21, 28), report))
    fails("27 characters", lambda report: geometry.full_page(full_page(22, 27), report))

    fails("other pages", lambda report: agreement.few(44, "the same pages", ["one: 3 pages, 4"], report))
    fails("a long run", lambda report: agreement.few(204, "the same pages", ["one"] * 5, report))

    good = Report(quiet=True)
    agreement.few(44, "the same pages", [], good)
    geometry.full_page(full_page(22, 28), good)
    if good.failed():
        sys.exit(f"a full page is refused: {good.failed()}")

    some = pages.Pages(1)
    some.lines = [line(1, 50, "第一行文字"), line(1, 60, "第二行。")]
    shares = pages.share_out(some, ["第一行\u3000文字第二行。"])
    assert [len(share) for share in shares] == [2]
    for paragraphs in (["第一行文字"], ["第一行文字第二行。多"], ["第二行。第一行文字"]):
        try:
            pages.share_out(some, paragraphs)
        except pages.Unlike:
            continue
        sys.exit(f"{paragraphs} is taken for what it is not")

    one, two = [line(1, 50, "甲" * 20)], [line(1, 50, "甲" * 18), line(1, 60, "甲甲")]
    long = [line(1, 50, "甲" * 10), line(1, 60, "甲" * 10)]
    assert agreement.cause_of("甲" * 20, (1, 2, 1), two, one, ()) == agreement.SHORT_LINE
    assert agreement.cause_of("甲" * 20, (2, 1, 2), one, long, ()) is None
    assert agreement.cause_of("甲" * 20, (2, 1, 2), one, long, ("甲甲",)) == agreement.LAST_PAGE
    assert agreement.ends_of(two) == {18}

    assert words.difference("甲乙", "甲丙").startswith("at character 1")
    assert words.difference("甲", "甲") == ""
    assert validator.CHECK
    print("selftest: ok")


if __name__ == "__main__":
    main()
