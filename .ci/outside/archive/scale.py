#!/usr/bin/env python3
"""Many issues in one archive: how fast they are kept and verified, in how much memory."""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import time

import shelf


def measured(desk, *arguments):
    """Seconds, greatest memory in MB, what was said."""
    begin = time.monotonic()
    with (desk.folder / "said").open("w+", encoding="utf-8") as said:
        process = subprocess.Popen(desk.command(*arguments), cwd=desk.folder, stdout=said,
                                   stdin=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        said.seek(0)
        text = said.read()
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{arguments[0]} ended with {os.waitstatus_to_exitcode(status)}: {text[-2000:]}")
    return time.monotonic() - begin, used.ru_maxrss / 1024, text


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, default=shelf.ROOT / "target/release/hongtou")
    parser.add_argument("--generate", type=pathlib.Path,
                        default=shelf.ROOT / "target/debug/examples/generate")
    parser.add_argument("--work", type=pathlib.Path,
                        default=shelf.ROOT / "target/outside/archive/scale")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--keep", action="store_true", help="leave the archive there")
    arguments = parser.parse_args()
    shutil.rmtree(arguments.work, ignore_errors=True)
    desk = shelf.Shelf(arguments.binary, arguments.work)
    subprocess.run([arguments.generate, "--per-year", "500", "--count", str(arguments.count),
                    "--out", desk.folder / "issues"], check=True, stdout=subprocess.DEVNULL)
    issues = sorted((desk.folder / "issues").iterdir())

    seconds, memory, _ = measured(desk, "add", *issues)
    print(f"add: {len(issues)} issues in {seconds:.1f} s, {len(issues) / seconds:.1f} a second, "
          f"{memory:.0f} MB")
    size = sum(path.stat().st_size for path in desk.archive.rglob("*") if path.is_file())
    print(f"size: {size / 1e6:.0f} MB, {size / len(issues) / 1e3:.0f} kB an issue")
    seconds, memory, said = measured(desk, "verify")
    print(f"verify: {seconds:.1f} s, {size / seconds / 1e6:.0f} MB a second, {memory:.0f} MB: "
          f"{said.strip()}")
    good = f"核对了{len(issues)}个存档件" in said and "全部完好" in said
    # Bounded: what is remembered of an issue is its number and its digest.
    good = good and memory < 100 + len(issues) / 100
    seconds, memory, said = measured(desk, "list")
    print(f"list: {seconds:.2f} s, {memory:.0f} MB: {said.splitlines()[-1]}")
    good = good and said.endswith(f"共{len(issues)}期\n")
    seconds, _, said = measured(desk, "add", issues[0], issues[-1])
    print(f"add of two that are there: {seconds:.2f} s")
    good = good and said.count("完全相同") == 2
    if not arguments.keep:
        shutil.rmtree(arguments.work)
    sys.exit(not good)


if __name__ == "__main__":
    main()
