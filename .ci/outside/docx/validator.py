"""The Open XML SDK finds no error."""

import json
import subprocess

import at_once

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
    found_in = at_once.each(lambda file: errors(validator, file.docx), files)
    for file, found in zip(files, found_in):
        report.add(CHECK, file.name, not found, f"{len(found)} errors, first: {found[:1]}")
