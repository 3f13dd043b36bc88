"""The Open XML SDK finds no error."""

import json
import subprocess

CHECK = "Open XML SDK"


def errors(validator, path):
    """What the SDK says of a file."""
    done = subprocess.run([str(validator), str(path)], capture_output=True, text=True)
    # The program beside the wrapper always ends with 0: only what it says counts.
    said = json.loads(done.stdout)
    if said["ok"] != (done.returncode == 0):
        raise RuntimeError(f"{path}: exit code {done.returncode}, said {said['ok']}")
    return said["errors"]


def check(files, report, validator):
    for file in files:
        found = errors(validator, file.docx)
        report.add(CHECK, file.name, not found, f"{len(found)} errors, first: {found[:1]}")
