#!/usr/bin/env python3
"""`sha256sum` and Python's bagit look at every bag; `get` gives back what went in."""

import argparse
import logging
import pathlib
import shutil
import subprocess
import sys

import bagit
import shelf

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import built  # noqa: E402
from report import Report  # noqa: E402


def look(report, bag):
    """What others say of a bag."""
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        done = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", manifest], cwd=bag,
                              capture_output=True, text=True, check=False)
        report.add("sha256sum", f"{bag}/{manifest}", done.returncode == 0, done.stdout + done.stderr)
    try:
        read = bagit.Bag(str(bag))
        read.validate()
        good, detail = True, ""
    except bagit.BagError as error:
        good, detail, read = False, str(error), None
    report.add("bagit", bag, good, detail)
    if read:
        name = "/".join(bag.parts[-4:])
        info = read.info
        report.add("bag-info", bag, info["External-Identifier"] == name and info["期号"]
                   and read.version_info == (1, 0), f"{info}")


def look_damaged(report, bag):
    """The same must refuse a bag with one byte more, or this check could not fail."""
    path = next(bag.glob("data/*.pdf"))
    intact = path.read_bytes()
    path.write_bytes(intact[:-1] + bytes([intact[-1] ^ 1]))
    refused = Report(quiet=True)
    look(refused, bag)
    path.write_bytes(intact)
    report.add("damage is seen", bag, len(refused.failed()) >= 2)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, default=shelf.ROOT / "target/release/hongtou")
    parser.add_argument("--work", type=pathlib.Path,
                        default=shelf.ROOT / "target/outside/archive/bags")
    parser.add_argument("--generated", type=int, default=12)
    arguments = parser.parse_args()
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    shutil.rmtree(arguments.work, ignore_errors=True)
    report = Report()
    for sm3 in ([], ["--sm3"]):
        desk = shelf.Shelf(arguments.binary, arguments.work / ("sm3" if sm3 else "sha256"))
        issues = built.generated(desk.folder / "issues", arguments.generated, 1)
        issues = [*built.samples(), *issues]
        for issue in issues:
            # Each into a series of its own: samples of several bulletins share their numbers.
            series = "s-" + "".join(c for c in issue.stem.lower() if c.isalnum() and c.isascii())
            ended = desk.run("add", issue, "--series", series, *sm3)
            report.add("add", issue, ended.returncode == 0, ended.stderr)
        bags = sorted(path for path in desk.archive.glob("*/*/*/r*") if path.is_dir())
        report.add("bags", desk.archive, len(bags) == len(issues), f"{len(bags)} of {len(issues)}")
        for bag in bags:
            look(report, bag)
            out = desk.folder / "got" / bag.parts[-4]
            desk.run("get", "/".join(bag.parts[-4:]), "-o", out)
            same = {path.name: path.read_bytes() for path in (bag / "data").iterdir()} == \
                {path.name: path.read_bytes() for path in out.iterdir()}
            report.add("get", bag, same)
        look_damaged(report, bags[0])
        report.add("verify", desk.archive, not [f for f in desk.flaws() if "期" not in f],
                   f"{desk.flaws()}")
    report.print_table()
    sys.exit(bool(report.failed()))


if __name__ == "__main__":
    main()
