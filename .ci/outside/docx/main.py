#!/usr/bin/env python3
"""Builds every sample and many generated issues, and lets other programs judge the DOCX files."""

import argparse
import functools
import pathlib
import shutil
import sys
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))

import agreement
import at_once
import built
import edits
import embedding
import geometry
import office
import pages
import validator
import words
from report import Report


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, default=built.ROOT / "target/release/hongtou")
    parser.add_argument("--work", type=pathlib.Path, default=built.ROOT / "target/outside-docx")
    parser.add_argument("--fonts", type=pathlib.Path, default=built.ROOT / "fonts")
    parser.add_argument("--validator", type=pathlib.Path, required=True)
    parser.add_argument("--generated", type=int, default=40, help="how many generated issues")
    parser.add_argument("--seed", type=int, default=1, help="the first of them")
    parser.add_argument("--only", default="", help="names of checks, with commas between")
    arguments = parser.parse_args()

    report = Report()
    work = arguments.work.resolve()
    shutil.rmtree(work, ignore_errors=True)
    built.layouts(work / "layouts")
    sources = built.samples() + built.generated(work / "generated", arguments.generated, arguments.seed)
    build = functools.partial(built.build, arguments.binary, work=work)
    files = [file for file in at_once.each_in_processes(build, sources) if file]
    report.note("issues", f"{len(files)} of {len(sources)} built; the rest name a layout without their fields")
    report.add("issues", "enough", len(files) >= len(sources) * 0.9, f"{len(files)} of {len(sources)}")

    def convert(paths):
        return office.to_pdf(paths, work / "office", "count", work / "libreoffice", arguments.fonts)

    begin = time.monotonic()
    full = full_page(files[0].docx, work / "docx" / "full-page.docx")
    converted = convert([file.docx for file in files] + [full])
    for file in files:
        report.add("LibreOffice", file.name, file.name in converted, "it did not print the file")
        if file.name in converted:
            file.office = pages.read(converted[file.name])
    print(f"LibreOffice: {time.monotonic() - begin:.1f} s", flush=True)
    printed = [file for file in files if file.office]

    def check_geometry():
        geometry.check(printed, report)
        geometry.full_page(pages.read(converted[full.stem]), report)

    checks = {
        "validator": lambda: validator.check(files, report, arguments.validator),
        "words": lambda: words.check(files, report),
        "geometry": check_geometry,
        "agreement": lambda: agreement.check(printed, report),
        "edits": lambda: edits.check(printed[:12], report, convert),
        "embedding": lambda: embedding.check(
            report, arguments.binary, arguments.validator, work, arguments.fonts
        ),
    }
    for name in arguments.only.split(",") if arguments.only else list(checks):
        begin = time.monotonic()
        checks[name]()
        print(f"{name}: {time.monotonic() - begin:.1f} s", flush=True)
    report.print_table()
    sys.exit(bool(report.failed()))


def full_page(source, target):
    """The document with nothing but 国 for text, four pages of it."""
    text = "国" * (28 * 22 * 5)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                xml = data.decode()
                start = xml.index("<w:body>") + len("<w:body>")
                end = xml.rindex("<w:sectPr>")
                paragraph = f'<w:p><w:pPr><w:pStyle w:val="Body"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
                data = (xml[:start] + paragraph + xml[end:]).encode()
            new.writestr(name, data)
    return target


if __name__ == "__main__":
    main()
