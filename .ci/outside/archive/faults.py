#!/usr/bin/env python3
"""Disks that are full or may not be written, many runs at once, bits that turn."""

import argparse
import contextlib
import pathlib
import random
import shutil
import subprocess
import sys

import shelf
import trace

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from report import Report  # noqa: E402


def base(binary, folder, sm3=True):
    """An archive with two issues, the second corrected once."""
    desk = shelf.Shelf(binary, folder)
    option = ["--sm3"] if sm3 else []
    for number in (5, 6):
        desk.write("x.yaml", number=number)
        desk.run("add", "x.yaml", *option).check_returncode()
    desk.write("x.yaml", number=6, what="志愿活动")
    desk.run("add", "x.yaml", *option, "--correction", "更正").check_returncode()
    desk.write("new.yaml", number=7)
    return desk


def refused(report, check, desk, was, ended, words, subject):
    """A run that could not finish says so and leaves what was there. A bag that is there is whole;
    its line may be missing when that was what could not be written."""
    new = [path for path in desk.tree() if path not in was]
    kept = {path: one for path, one in was.items() if not path.endswith("ledger.txt")}
    now = desk.tree()
    good = (ended.returncode == 3 and any(word in ended.stderr for word in words)
            and all(now.get(path) == one for path, one in kept.items()))
    flaws = desk.flaws()
    good = good and flaws is not None and all(shelf.TOLD.search(flaw) for flaw in flaws)
    report.add(check, subject, good, f"{ended.returncode} {ended.stderr.strip()} {new} {flaws}")


def recovers(report, check, desk, subject):
    """The next run keeps the issue, once."""
    ended = desk.run("add", "new.yaml")
    good = (ended.returncode == 0 and desk.flaws() == [] and desk.leftovers() == []
            and desk.lines("kb/2019/7/r1") == 1)
    report.add(check, subject, good, f"{ended.stderr} {desk.flaws()} {desk.leftovers()}")


@contextlib.contextmanager
def small_disk(folder, kilobytes):
    """A file system of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    sudo = [] if pathlib.Path("/proc/self").owner() == "root" else ["sudo", "-n"]
    subprocess.run([*sudo, "mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=777", "tmpfs",
                    str(folder)], check=True)
    try:
        yield sudo
    finally:
        subprocess.run([*sudo, "umount", str(folder)], check=True)


def full_disk(report, binary, work, sizes):
    """Ever less room: wherever it ends, what was there is there."""
    model = base(binary, work / "full-model")
    outcomes = set()
    for room in sizes:
        disk = work / "full"
        with small_disk(disk, 8192):
            desk = model.copy(disk / "desk")
            was = desk.tree()
            ballast = disk / "ballast"
            free = shutil.disk_usage(disk).free - room * 1024
            ballast.write_bytes(bytes(free))
            ended = desk.run("add", "new.yaml")
            outcomes.add(ended.returncode)
            if ended.returncode:
                words = ["磁盘满了"]
                refused(report, "full disk", desk, was, ended, words, f"{room} kB of room")
            ballast.unlink()
            recovers(report, "full disk, the next run", desk, f"{room} kB of room")
    report.add("full disk", "both too small and large enough were tried", outcomes == {0, 3},
               f"{outcomes}")


def failing_calls(report, binary, work):
    """Each writing call fails once, as on a full disk and as on one that gives way."""
    model = base(binary, work / "calls-model", sm3=False)
    for error, words in (("ENOSPC", ["磁盘满了"]), ("EIO", ["系统的说法"])):
        for step in trace.steps(model.copy(work / "calls-trace"), "add", "new.yaml"):
            desk = model.copy(work / "calls")
            was = desk.tree()
            ended = desk.run("add", "new.yaml", before=trace.stop(desk, step, f"error={error}"))
            subject = f"{trace.name(step, 'kb/2019/7/r1')}: {step[0]} {step[1]}"
            refused(report, f"calls that fail with {error}", desk, was, ended, words, subject)
            recovers(report, "failed calls, the next run", desk, subject)


def read_only(report, binary, work):
    """A disk that may only be read: nothing is kept, everything is found."""
    model = base(binary, work / "read-only-model")
    disk = work / "read-only"
    with small_disk(disk, 8192) as sudo:
        desk = model.copy(disk / "desk")
        was = desk.tree()
        subprocess.run([*sudo, "mount", "-o", "remount,ro", str(disk)], check=True)
        ended = desk.run("add", "new.yaml")
        good = ended.returncode == 3 and "只能读" in ended.stderr and desk.tree() == was
        report.add("read-only disk", "add", good, ended.stderr)
        report.add("read-only disk", "verify", desk.flaws() == [], f"{desk.flaws()}")
        report.add("read-only disk", "list", desk.run("list").returncode == 0)
        got = work / "read-only-got"
        shutil.rmtree(got, ignore_errors=True)
        report.add("read-only disk", "get", desk.run("get", "6", "-o", got).returncode == 0)


def at_once(report, binary, work, rounds):
    """Several runs at once: of one issue, of two contents of it, of corrections, of different ones."""
    for number in range(rounds):
        desk = base(binary, work / "at-once", sm3=False) if number == 0 else \
            shelf.Shelf(binary, work / "at-once-model").copy(work / "at-once")
        if number == 0:
            desk.copy(work / "at-once-model")
        desk.write("new.yaml", number=7)
        desk.write("other.yaml", number=7, what="别的活动")
        desk.write("third.yaml", number=8)
        desk.write("correct.yaml", number=5, what="改过的活动")
        desk.write("correct2.yaml", number=5, what="又改过的活动")
        runs = [desk.start("add", name) for name in ("new.yaml", "new.yaml", "other.yaml", "third.yaml")]
        runs += [desk.start("add", name, "--correction", "改") for name in ("correct.yaml", "correct2.yaml")]
        said = [run.communicate() for run in runs]
        codes = [run.returncode for run in runs]
        # Either the two of one content or the other one: the rest is told that it differs.
        good = codes[:4] in ([0, 0, 1, 0], [1, 1, 0, 0]) and codes[4:] == [0, 0]
        bags = sorted(path.relative_to(desk.archive).as_posix()
                      for path in desk.archive.glob("kb/2019/*/r*"))
        wanted = ["kb/2019/5/r1", "kb/2019/5/r2", "kb/2019/5/r3", "kb/2019/6/r1", "kb/2019/6/r2",
                  "kb/2019/7/r1", "kb/2019/8/r1"]
        good = good and bags == wanted and all(desk.lines(bag) == 1 for bag in bags)
        report.add("runs at once", f"round {number}", good and desk.flaws() == [],
                   f"{codes} {bags} {desk.flaws()} {said}")
        # Whoever comes next has nothing to set right.
        ended = desk.run("add", "third.yaml")
        report.add("runs at once, the next run", f"round {number}",
                   ended.returncode == 0 and ended.stderr == "" and desk.leftovers() == [],
                   ended.stderr)


def turned_bits(report, binary, work, times):
    """Bits that turn and files that are cut short, in each kind of file: each is named."""
    desk = base(binary, work / "bits")
    dice = random.Random(20190314)
    files = [path for path in sorted(desk.archive.rglob("*"))
             if path.is_file() and not shelf.is_own(path.relative_to(desk.archive).as_posix())]
    for path in files:
        name = path.relative_to(desk.archive).as_posix()
        kind = path.suffix if "data" in path.parts else path.name
        intact = path.read_bytes()
        holding = "/".join(name.split("/")[:4]) if not name.endswith(".txt") or name.count("/") > 2 \
            else name.rsplit("/", 1)[0]
        for _ in range(times):
            damaged = bytearray(intact)
            at = dice.randrange(len(damaged))
            damaged[at] ^= 1 << dice.randrange(8)
            path.write_bytes(damaged)
            said = desk.run("verify")
            report.add(f"turned bits: {kind}", f"{name} at {at}",
                       said.returncode == 4 and holding in said.stdout, said.stdout + said.stderr)
            path.write_bytes(intact[:at])
            said = desk.run("verify")
            # A ledger cut to nothing lacks the lines of its bags.
            report.add(f"cut short: {kind}", f"{name} to {at}",
                       said.returncode == 4 and holding in said.stdout, said.stdout + said.stderr)
        path.write_bytes(intact)
    report.add("turned bits", "intact again", desk.flaws() == [], f"{desk.flaws()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, default=shelf.ROOT / "target/release/hongtou")
    parser.add_argument("--work", type=pathlib.Path,
                        default=shelf.ROOT / "target/outside/archive/faults")
    parser.add_argument("--rounds", type=int, default=5, help="how often several runs at once")
    parser.add_argument("--bits", type=int, default=2, help="how many bits turn in each file")
    parser.add_argument("--room", type=int, default=24, help="steps of kB in which a disk gets room")
    arguments = parser.parse_args()
    work, binary = arguments.work, arguments.binary
    shutil.rmtree(work, ignore_errors=True)
    report = Report()
    full_disk(report, binary, work, range(0, 240, arguments.room))
    failing_calls(report, binary, work)
    read_only(report, binary, work)
    at_once(report, binary, work, arguments.rounds)
    turned_bits(report, binary, work, arguments.bits)
    report.print_table()
    sys.exit(bool(report.failed()))


if __name__ == "__main__":
    main()
