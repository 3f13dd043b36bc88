#!/usr/bin/env python3
"""Archives issue 155, imports its people from a table, writes their messages into a folder, and lets
two parsers that are not ours read them."""

import argparse
import csv
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))

import yaml

import built
import judge
import people
import read_python
from report import Report

SENDER = ["门头沟区创城办", "mtgccbxcz@163.com"]
TITLE = "门头沟区创建全国文明城市工作快报第155期"
ENCODINGS = {"gbk": "GBK", "gb18030": "GB18030", "utf-8-sig": "UTF-8 with its mark", "utf-8": "UTF-8", "utf-16": "UTF-16"}


def run(binary, work, *arguments):
    done = subprocess.run([str(binary), *arguments], cwd=work, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"hongtou {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}{done.stdout}")
    return done.stdout


def office(binary, work):
    """An office with issue 155 in its archive."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    shutil.copy(built.ROOT / "samples/mentougou-155.yaml", work / "155.yaml")
    sender = f"series: mtg-kuaibao\nmail: {{sender: {SENDER[0]} <{SENDER[1]}>}}\n"
    (work / "hongtou.yaml").write_text(sender, encoding="utf-8")
    run(binary, work, "archive", "add", "155.yaml")
    return work / "archive/mtg-kuaibao/2019/155/r1/data"


def write_table(path, rows, encoding, delimiter=","):
    with open(path, "w", encoding=encoding, newline="", errors="strict") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def check_import(binary, work, rows, report):
    """The table as Excel writes it, in each encoding: one and the same list, read by PyYAML."""
    texts = set()
    for encoding, name in ENCODINGS.items():
        fit = rows
        if encoding == "gbk":
            fit = [row for row in rows if all(encodes(cell, "gbk") for cell in row.values())]
        write_table(work / "people.csv", fit, encoding, "\t" if encoding == "utf-16" else ",")
        target = work / f"list-{encoding}.yaml"
        run(binary, work, "recipients", "import", "people.csv", "--list", target.name)
        read = listed(yaml.safe_load(target.read_text(encoding="utf-8")))
        wanted = sorted((row["分送"], row["组"], people.ascii_address(row["邮箱"])) for row in fit)
        report.add("import", name, read == wanted, f"{len(read)} people, not {len(wanted)}")
        if encoding != "gbk":
            texts.add(target.read_text(encoding="utf-8"))
        before = target.read_bytes()
        run(binary, work, "recipients", "import", "people.csv", "--list", target.name)
        report.add("import", f"{name}, again", target.read_bytes() == before, "the list changed")
    report.add("import", "one list", len(texts) == 1, f"{len(texts)} different ones")
    text = texts.pop() + "例外:\n  只发纸质: [区政协领导同志]\n"
    (work / "recipients.yaml").write_text(text, encoding="utf-8")


def encodes(text, encoding):
    try:
        text.encode(encoding)
        return True
    except UnicodeEncodeError:
        return False


def listed(tree):
    """Label, group and address of everyone in a list."""
    found = []
    for label, groups in tree.items():
        for group, persons in groups.items():
            for person in persons:
                if isinstance(person, dict):
                    address = person["邮箱"]
                else:
                    address = person.rsplit("<", 1)[-1].rstrip(">")
                found.append((label, group, address))
    return sorted(found)


def meant(row, data, lines):
    """What the message to one of the table must say."""
    files = [f"{TITLE}.{ending}" for ending in people.formats(row)]
    digest = lambda name: hashlib.sha256((data / name).read_bytes()).hexdigest()
    return {
        "from": SENDER,
        "to": [people.display(row), people.ascii_address(row["邮箱"])],
        "reply": ["", SENDER[1]],
        "subject": TITLE,
        "files": [(name, digest(name)) for name in files],
        "greeting": people.display(row),
        "lines": [*lines, "附件：" + "、".join(files)],
    }


def read_by_node(files, node_modules):
    done = subprocess.run(
        ["node", str(HERE / "read_node.mjs"), str(node_modules)],
        input="".join(f"{file}\n" for file in files), capture_output=True, text=True,
    )
    if done.returncode != 0:
        raise SystemExit(f"mailparser: {done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, default=built.ROOT / "target/release/hongtou")
    parser.add_argument("--work", type=pathlib.Path, default=built.ROOT / "target/outside-messages")
    parser.add_argument("--node-modules", type=pathlib.Path, required=True)
    parser.add_argument("--recipients", type=int, default=60, help="how many get the issue")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    binary, work, report = arguments.binary.resolve(), arguments.work.resolve(), Report()

    data = office(binary, work)
    rows = people.people(arguments.recipients, arguments.seed)
    check_import(binary, work, rows, report)
    run(binary, work, "send", "155.yaml", "--to-folder", "messages")
    first = {file.name: file.read_bytes() for file in (work / "messages").iterdir()}
    run(binary, work, "send", "155.yaml", "--to-folder", "again")
    second = {file.name: file.read_bytes() for file in (work / "again").iterdir()}
    report.add("folder", "the same bytes again", first == second, "they differ")
    report.add("folder", "one message each", len(first) == len(rows), f"{len(first)} of {len(rows)}")

    entry = json.loads((data / "issue.json").read_text(encoding="utf-8"))
    lines = [item["headline"] for item in entry["items"] if item["headline"]]
    report.note("Python's email", f"{len(lines)} headlines looked for in each of two texts")
    by_address = {people.ascii_address(row["邮箱"]): row for row in rows}
    files = sorted((work / "messages").iterdir())
    begin = time.monotonic()
    readings = {
        "Python's email": [read_python.read(file.read_bytes()) for file in files],
        "mailparser": read_by_node(files, arguments.node_modules),
    }
    report.note("mailparser", f"{len(files)} messages read by both in {time.monotonic() - begin:.1f} s")
    for name, said in readings.items():
        report.add(name, "all were read", len(said) == len(files), f"{len(said)} of {len(files)}")
        ids = {one["id"] for one in said}
        report.add(name, "a Message-ID each", len(ids) == len(files), f"{len(ids)} of {len(files)}")
        for file, one in zip(files, said):
            if one["to"]:
                # mailparser shows an international domain as it is read, not as it stands there.
                one["to"][1] = people.ascii_address(one["to"][1])
            row = by_address.get(one["to"][1] if one["to"] else None)
            found = judge.wrong(one, meant(row, data, lines)) if row else [f"to: {one['to']!r}"]
            report.add(name, file.name, not found, "; ".join(found))
    for file in files:
        found = judge.broken(file.read_bytes())
        report.add("bytes", file.name, not found, "; ".join(found))
    print(readings["Python's email"][0]["text"])
    report.print_table()
    sys.exit(bool(report.failed()))


main()
