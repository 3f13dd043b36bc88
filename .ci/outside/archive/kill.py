#!/usr/bin/env python3
"""Kills `archive add` at every writing step, and looks what is there then and after the next run."""

import argparse
import collections
import concurrent.futures
import math
import os
import pathlib
import shutil
import sys

import shelf
import trace


def scenarios(binary, work):
    """Archives before the run, the run, and the bag that it puts."""
    base = shelf.Shelf(binary, work / "base")
    for number in (5, 6):
        base.write("x.yaml", number=number)
        base.run("add", "x.yaml").check_returncode()
    empty = shelf.Shelf(binary, work / "empty")
    next_year = base.copy(work / "next-year")
    base.write("new.yaml", number=7)
    empty.write("new.yaml", number=7)
    next_year.write("new.yaml", number=1, date="2020-01-02")
    corrected = base.copy(work / "corrected")
    corrected.write("new.yaml", number=6, what="志愿活动")
    return {
        "first issue": (empty, ["add", "new.yaml"], "kb/2019/7/r1"),
        "another issue": (base, ["add", "new.yaml", "--sm3"], "kb/2019/7/r1"),
        "a new year": (next_year, ["add", "new.yaml"], "kb/2020/1/r1"),
        "a correction": (corrected, ["add", "new.yaml", "--correction", "更正"], "kb/2019/6/r2"),
    }


def trial(number, work, before, arguments, new, step, wanted):
    """One run that is killed, and the next one. What became of it: (state, complaints)."""
    desk = before.copy(work / f"trial-{number}")
    year = new.split("/")[1]
    complaints = []

    def expect(holds, words):
        if not holds:
            complaints.append(words)

    was, lines_were = desk.tree(), {y: desk.ledger(y) for y in ("2019", "2020")}
    ended = desk.run(*arguments, before=trace.stop(desk, step, "signal=SIGKILL"))
    expect(ended.returncode in (-9, 137), f"not killed: {ended.returncode} {ended.stderr}")

    now = desk.tree()
    ledgers = {f"kb/{y}/ledger.txt" for y in lines_were}
    for path, content in was.items():
        if path not in ledgers:
            expect(now.get(path) == content, f"lost or changed: {path}")
    for y, lines in lines_were.items():
        expect(desk.ledger(y).startswith(lines), f"the ledger of {y} was changed")
    bag = {path: content for path, content in now.items() if path.startswith(new + "/")}
    whole = {path: content for path, content in wanted.items() if path.startswith(new + "/")}
    if bag:
        expect(bag == whole, "half a bag")
    others = [path for path, content in now.items()
              if path not in was and path not in bag and path not in ledgers and content]
    expect(not others, f"left in the archive: {others}")
    listed = desk.lines(new, year) == 1
    state = "whole, listed" if bag and listed else "whole, not listed" if bag else "as before"
    flaws = desk.flaws() if was or bag else []
    expect(flaws is not None and all(shelf.TOLD.search(flaw) for flaw in flaws), f"flaws: {flaws}")
    expect(bool(flaws) == (bag != {} and not listed) or not bag, f"flaws: {flaws}")
    left = desk.leftovers()

    again = desk.run(*arguments)
    expect(again.returncode == 0, f"the next run: {again.returncode} {again.stderr}")
    if left:
        expect("时中断" in again.stderr and "已清除" in again.stderr, "a leftover is not spoken of")
    if bag and not listed:
        expect("已补登" in again.stderr, "a bag without its line is not spoken of")
    expect(desk.leftovers() == [], "leftovers after the next run")
    expect(desk.lines(new, year) == 1, f"{desk.lines(new, year)} lines of the bag")
    after = desk.tree()
    same = {path: content for path, content in after.items() if path not in ledgers}
    expect(same == {path: content for path, content in wanted.items() if path not in ledgers},
           "not what an undisturbed run leaves")
    expect(desk.flaws() == [], f"flaws after the next run: {desk.flaws()}")
    lost = any(word.startswith(("lost", "half", "the ledger")) for word in complaints)
    doubled = desk.lines(new, year) > 1 or any("not what an" in word for word in complaints)
    shutil.rmtree(desk.folder, ignore_errors=True)
    return state, lost, doubled, complaints


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, default=shelf.ROOT / "target/release/hongtou")
    parser.add_argument("--work", type=pathlib.Path, default=shelf.ROOT / "target/outside/archive/kill")
    parser.add_argument("--kills", type=int, default=0, help="at least so many in all")
    parser.add_argument("--each", type=int, default=1, help="at least so many at each kind of step")
    arguments = parser.parse_args()
    shutil.rmtree(arguments.work, ignore_errors=True)

    jobs, kinds = [], collections.Counter()
    for title, (before, command, new) in scenarios(arguments.binary, arguments.work).items():
        model = before.copy(arguments.work / "model")
        found = trace.steps(model, *command)
        wanted = model.tree()
        for step in found:
            jobs.append((title, before, command, new, step, wanted))
            kinds[trace.name(step, new)] += 1
    rounds = max(1, math.ceil(arguments.kills / len(jobs)))
    work = [job for job in jobs
            for _ in range(max(rounds, math.ceil(arguments.each / kinds[trace.name(job[4], job[3])])))]
    print(f"{len(jobs)} steps of {len(kinds)} kinds in 4 situations; {len(work)} kills", flush=True)

    table = collections.defaultdict(collections.Counter)
    failures = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        futures = {pool.submit(trial, number, arguments.work, *job[1:]): job
                   for number, job in enumerate(work)}
        for future in concurrent.futures.as_completed(futures):
            title, _, _, new, step, _ = futures[future]
            state, lost, doubled, complaints = future.result()
            row = table[trace.name(step, new)]
            row["tried"] += 1
            row[state] += 1
            row["lost"] += lost
            row["doubled"] += doubled
            failures += [f"{title}, {step}: {complaint}" for complaint in complaints]

    columns = ["tried", "as before", "whole, not listed", "whole, listed", "lost", "doubled"]
    print(f"\n{'killed instead of':34}" + "".join(f"{column:>19}" for column in columns))
    order = list(dict.fromkeys(trace.name(job[4], job[3]) for job in jobs))
    for kind in [*order, "all"]:
        row = table[kind] if kind != "all" else sum(table.values(), collections.Counter())
        print(f"{kind:34}" + "".join(f"{row[column]:>19}" for column in columns))
    for failure in failures[:40]:
        print("FAILED", failure)
    print(f"{len(failures)} failures")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
