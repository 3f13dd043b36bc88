"""The same issue gives the same bytes: another folder, another time zone, another language."""

import at_once
from built import build

CHECK = "same bytes"


def check(files, report, binary, folder):
    def again(file):
        second, _ = build(
            binary,
            file.source.resolve(),
            folder / file.name,
            ("--profile", file.profile),
            environment={"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "HOME": str(folder)},
            cwd=folder,
        )
        compare(file, second, report)

    at_once.each(again, files)


def compare(file, again, report):
    first, second = file.pdf.read_bytes(), again.read_bytes()
    at = next((i for i, (a, b) in enumerate(zip(first, second)) if a != b), min(len(first), len(second)))
    same = first == second and file.pdf.name == again.name
    report.add(CHECK, file.name, same, f"{len(first)} and {len(second)} bytes, differ at {at}")
