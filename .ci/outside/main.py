#!/usr/bin/env python3
"""Builds every sample and many generated issues, and lets other programs judge the PDF files."""

import argparse
import pathlib
import shutil
import sys

import at_once
import boxes
import built
import fonts
import measure
import pictures
import repeat
import validity
import words
from report import Report


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, default=built.ROOT / "target/release/hongtou")
    parser.add_argument("--work", type=pathlib.Path, default=built.ROOT / "target/outside")
    parser.add_argument("--generated", type=int, default=40, help="how many generated issues")
    parser.add_argument("--seed", type=int, default=1, help="the first of them")
    parser.add_argument("--only", default="", help="names of checks, with commas between")
    arguments = parser.parse_args()

    report = Report()
    work = arguments.work
    shutil.rmtree(work / "pdf", ignore_errors=True)
    issues = built.generated(work / "generated", arguments.generated, arguments.seed)
    sources = [(sample, profile) for sample in built.samples() for profile in built.FLAVOURS]
    sources += [(issue, "archive") for issue in issues]
    files = built.build_all(arguments.binary, work / "pdf", sources, report)

    checks = {
        "verapdf": lambda: validity.check_verapdf(files, report),
        "qpdf": lambda: validity.check_qpdf(files, report),
        "fonts": lambda: fonts.check(files, report),
        "words": lambda: words.check(files, report),
        "measure": lambda: measure.check(files, report),
        "boxes": lambda: boxes.check(files, report),
        "pictures": lambda: pictures.check(files, report),
        "repeat": lambda: repeat.check(files, report, arguments.binary, work / "again"),
    }
    chosen = arguments.only.split(",") if arguments.only else list(checks)
    at_once.run({name: checks[name] for name in chosen})
    report.print_table()
    sys.exit(bool(report.failed()))


if __name__ == "__main__":
    main()
