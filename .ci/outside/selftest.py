#!/usr/bin/env python3
"""The checks are checked: a good file passes each of them, and each finds the fault it is for.

The good file is issue 155 as built; the faults are made by `broken.py`.
"""

import argparse
import dataclasses
import pathlib
import shutil
import sys

import at_once
import boxes
import broken
import built
import fonts
import measure
import pictures
import plates
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
    (broken.page_moved, boxes.check),
    (broken.run_moved, measure.check),
    (broken.rules_thicker, measure.check),
    (broken.rule_missing, measure.check),
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
    good = built.Built(source.stem, source, pdf, "archive", adjustments)
    result = Report()

    def passes(check):
        report = Report(quiet=True)
        check([good], report)
        result.add("good file passes", name(check), not report.failed(), str(report.failed())[:300])

    def is_found(case):
        fault, check = case
        path = arguments.work / f"{fault.__name__}.pdf"
        report = Report(quiet=True)
        try:
            check([dataclasses.replace(good, pdf=path)], report)
            found = report.failed()
        except Exception as error:  # a program that cannot read the file has found the fault too
            found = [str(error)]
        result.add("fault is found", f"{fault.__name__} by {name(check)}", found, "passed as good")

    for fault in dict.fromkeys(fault for fault, _ in CASES):
        fault(pdf, arguments.work / f"{fault.__name__}.pdf")
    at_once.each(passes, dict.fromkeys(check for _, check in CASES))
    at_once.each(is_found, CASES)

    other = arguments.work / "another_byte" / pdf.name
    other.parent.mkdir()
    broken.another_byte(pdf, other)
    report = Report(quiet=True)
    repeat.compare(good, other, report)
    result.add("fault is found", "another_byte by repeat", report.failed(), "passed as good")

    # Colours of the screen, handed in as a file for the press.
    faults = plates.faults(plates.separate(pdf))
    result.add("fault is found", "colours of the screen by plates", faults, "passed as good")

    for fault in (broken.text_missing, broken.rule_missing):
        path = arguments.work / f"{fault.__name__}.pdf"
        fault(pdf, path)
        worst = one_draws_another(pdf, path)
        result.note("fault is found", f"pictures, {fault.__name__}: differ by {worst:.3f}")
        result.add(
            "fault is found",
            f"{fault.__name__} by pictures",
            worst > pictures.THRESHOLD,
            f"differs by {worst:.3f} only",
        )

    result.print_table()
    sys.exit(bool(result.failed()))


def one_draws_another(good, bad):
    """As if hayro drew the broken file and the others the good one: the greatest difference."""
    files = {name: bad if name == "hayro" else good for name in pictures.PROGRAMS}
    drawn = dict(zip(files, at_once.each(lambda one: pictures.draw(*one), files.items())))
    return max(worst for _, worst, program in pictures.compare(drawn) if program == "hayro")


def name(check):
    return f"{check.__module__}.{check.__name__}"


if __name__ == "__main__":
    main()
