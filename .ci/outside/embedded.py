"""What is inside the file comes out byte for byte (`pdfdetach`), and `hongtou verify` says so."""

import pathlib
import subprocess
import tempfile

from report import output

CHECK = "embedded source"
SAME, DIFFERENT = 0, 4


def check(files, report, binary):
    for file in files:
        found = detach(file.pdf)
        names = tuple(sorted(found))
        report.add(
            CHECK, f"{file.name}: files inside", names == file.profile.embedded, f"{names}"
        )
        if "issue.yaml" in file.profile.embedded:
            same = found.get("issue.yaml") == file.source.read_bytes()
            report.add(CHECK, f"{file.name}: issue.yaml", same, "other bytes than the source")
            status = verify(binary, file.pdf)
            report.add(CHECK, f"{file.name}: hongtou verify", status == SAME, f"exit code {status}")


def detach(pdf):
    """Files inside a PDF by name."""
    with tempfile.TemporaryDirectory() as folder:
        output(["pdfdetach", "-saveall", "-o", folder, pdf])
        return {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}


def verify(binary, pdf, *options):
    """Exit code of `hongtou verify`."""
    command = [str(binary), "verify", str(pdf), *(str(option) for option in options)]
    return subprocess.run(command, capture_output=True).returncode
