#!/usr/bin/env python3
"""The checks are checked: a good file passes each of them, and each finds the fault it is for.

The good file is issue 155 as built; the faults are made by `broken.py`.
"""

import argparse
import dataclasses
import pathlib
import shutil
import sys

import broken
import built
import fonts
import measure
import pictures
import repeat
import validity
import words
from report import Report

# Fault, and a check that must find it.
CASES = [
    (broken.without_font_programs, fonts.check),
    (broken.without_font_programs, validity.check_verapdf),
    (broken.without_metadata, validity.check_verapdf),
    (broken.cut_short, validity.check_qpdf),
    (broken.page_moved, measure.check),
    (broken.run_moved, measure.check),
    (broken.rules_thicker, measure.check),
    (broken.text_missing, words.check),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, default=built.ROOT / "target/release/hongtou")
    parser.add_argument("--work", type=pathlib.Path, default=built.ROOT / "target/outside/selftest")
    arguments = parser.parse_args()
    shutil.rmtree(arguments.work, ignore_errors=True)
    arguments.work.mkdir(parents=True)

    source = built.ROOT / "samples/mentougou-155.yaml"
    pdf, adjustments = built.build(arguments.binary, source, arguments.work / "good")
    good = built.Built(source.stem, source, pdf, adjustments=adjustments)
    result = Report()

    for check in dict.fromkeys(check for _, check in CASES):
        report = Report(quiet=True)
        check([good], report)
        result.add("good file passes", name(check), not report.failed(), str(report.failed())[:300])

    for fault, check in CASES:
        path = arguments.work / f"{fault.__name__}.pdf"
        fault(pdf, path)
        report = Report(quiet=True)
        try:
            check([dataclasses.replace(good, pdf=path)], report)
            found = report.failed()
        except Exception as error:  # a program that cannot read the file has found the fault too
            found = [str(error)]
        result.add("fault is found", f"{fault.__name__} by {name(check)}", found, "passed as good")

    other = arguments.work / "another_byte" / pdf.name
    other.parent.mkdir()
    broken.another_byte(pdf, other)
    report = Report(quiet=True)
    repeat.compare(good, other, report)
    result.add("fault is found", "another_byte by repeat", report.failed(), "passed as good")

    worst = difference_from(pdf, arguments.work / "text_missing.pdf")
    result.note("fault is found", f"pictures with and without the text differ by {worst:.3f}")
    result.add(
        "fault is found", "text_missing by pictures", worst > pictures.THRESHOLD, f"only {worst:.3f}"
    )

    result.print_table()
    sys.exit(bool(result.failed()))


def difference_from(good, bad):
    """As if MuPDF drew the broken file where poppler draws the good one."""
    pairs = zip(pictures.draw("poppler", good), pictures.draw("mupdf", bad))
    return max(pictures.difference(a, b) for a, b in pairs)


def name(check):
    return f"{check.__module__}.{check.__name__}"


if __name__ == "__main__":
    main()
