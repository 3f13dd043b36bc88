"""What is inside a PDF/A-3 comes out byte for byte with a program that is not ours (pdfdetach), and
`hongtou verify` says of the file what is true."""

import json
import pathlib
import subprocess
import tempfile

import at_once
from report import output

CHECK = "attachments"
# Beside the DOCX, which is named after the issue.
NAMES = {"issue.yaml", "layout.yaml", "build.json"}


def check(files, report, binary):
    """`files`: (name, source, PDF with the source and the DOCX inside, that DOCX)."""


    def one(file):
        name, source, pdf, docx = file
        with tempfile.TemporaryDirectory() as folder:
            output(["pdfdetach", "-saveall", "-o", folder, pdf])
            found = {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}
        wrong = []
        # Settings of an office lie inside only where an issue takes some over.
        if set(found) - {"hongtou.yaml"} != NAMES | {docx.name}:
            wrong.append(f"found {sorted(found)}")
        for inside, outside in (("issue.yaml", source), (docx.name, docx)):
            if found.get(inside) != outside.read_bytes():
                wrong.append(f"{inside} is not {outside}")
        fonts = json.loads(found.get("build.json", b"{}")).get("fonts", [])
        if not fonts or any(len(font["sha256"]) != 64 for font in fonts):
            wrong.append("no fingerprints of fonts")
        report.add(CHECK, name, not wrong, "; ".join(wrong))
        verified(name, binary, pdf, source, report)

    at_once.each(one, files)


def verified(name, binary, pdf, source, report):
    """Same as it is; different after another program wrote it anew; same words even then."""
    verdict(f"{name}, as built", binary, pdf, "same", "same", 0, report)
    verdict(f"{name}, from its source", binary, pdf, "same", "same", 0, report, source)
    with tempfile.TemporaryDirectory() as folder:
        again = pathlib.Path(folder) / "again.pdf"
        output(["qpdf", "--object-streams=generate", "--recompress-flate", pdf, again])
        verdict(f"{name}, written by qpdf", binary, again, "different", "same", 4, report)


def verdict(name, binary, pdf, result, text, code, report, source=None):
    command = [str(binary), "verify", str(pdf), "--format", "json"]
    command += ["--source", str(source)] if source else []
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        said = json.loads(done.stdout)["files"][0]
    except (ValueError, KeyError, IndexError):
        said = {}
    good = (said.get("result"), said.get("text"), done.returncode) == (result, text, code)
    report.add("verify", name, good, f"{done.returncode} {done.stdout}{done.stderr}")
