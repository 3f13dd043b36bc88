"""Valid by two programs: veraPDF (the standard each profile promises), and qpdf (the file itself)."""

import pathlib
import subprocess

import at_once

VERAPDF = pathlib.Path(__file__).resolve().parent / "verapdf/verapdf"


def check_verapdf(files, report):
    """Few runs of the JVM, which takes seconds until it is quick: one for two cores, and no more files
    in one than a command line holds."""
    runs = max(1, min(at_once.CORES // 2, len(files) // 10), -(-len(files) // 1000))
    at_once.each(lambda share: verapdf(share, report), [files[i::runs] for i in range(runs)])


def verapdf(files, report):
    command = [str(VERAPDF)]
    expected = 0
    for flavours in dict.fromkeys(file.flavours for file in files):
        group = [file for file in files if file.flavours == flavours]
        expected += len(group) * len(flavours.split(","))
        command += ["--"] * (len(command) > 1) + [flavours, *(str(file.pdf) for file in group)]
    done = subprocess.run(command, capture_output=True, text=True)
    names = {str(file.pdf): file.name for file in files}
    results = 0
    lines = done.stdout.splitlines()
    for number, line in enumerate(lines):
        if line.startswith("   "):
            continue
        verdict, flavour, path, detail = line.split("\t", 3)
        rules = []
        for rule in lines[number + 1 :]:
            if not rule.startswith("   "):
                break
            rules.append(rule.strip())
        results += 1
        report.add(
            f"verapdf {flavour}", names[path], verdict == "PASS", "; ".join([detail, *rules])
        )
    if results != expected:
        report.add("verapdf", "all files", False, f"{results} of {expected} results: {done.stderr}")


def check_qpdf(files, report):
    """Structure, cross references, streams. Warnings are failures too (exit code 3)."""


    def one(file):
        done = subprocess.run(["qpdf", "--check", str(file.pdf)], capture_output=True, text=True)
        report.add("qpdf --check", file.name, done.returncode == 0, done.stdout + done.stderr)

    at_once.each(one, files)
