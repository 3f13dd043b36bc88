#!/usr/bin/env python3
"""Every purpose that `build` knows, for every sample and many generated issues: what each promises
is checked by programs that are not ours. `main.py` looks closer at the plain profiles."""

import argparse
import pathlib
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass

import at_once
import attachments
import built
import plates
import validity
from report import Report, output

# Name, options of `build`, standards promised (veraPDF's names).
PURPOSES = {
    "source": ("--embed-source=yaml,docx --to pdf,docx", "3a,ua1"),
    "press": ("--profile print", "2u"),
    "process": ("--profile print --ink process", "2u"),
    "preprinted": ("--profile print --preprinted", "2u"),
    "marks": ("--profile print --marks --bleed 3", "2u"),
    "screen": ("--profile screen", "2u"),
    "draft": ("--draft", "2a,ua1"),
}


@dataclass
class Made:
    """A PDF made of an issue for a purpose."""

    name: str
    purpose: str
    source: pathlib.Path
    pdf: pathlib.Path
    flavours: str


def make(binary, folder, source, purpose, report):
    """Builds an issue for a purpose; a failure is a failure of the check `build`."""
    options, flavours = PURPOSES[purpose]
    name = f"{source.stem} ({purpose})"
    out = folder / name
    options = options.split()
    if "--to" not in options:
        options += ["--to", "pdf"]
    done = subprocess.run(
        [str(binary), "build", str(source), "-o", str(out), *options],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    pdfs = list(out.glob("*.pdf"))
    good = done.returncode == 0 and len(pdfs) == 1
    report.add("build", name, good, f"exit code {done.returncode}\n{done.stderr}{done.stdout}")
    return Made(name, purpose, source, pdfs[0], flavours) if good else None


def check_plates(files, report):
    """Spot: black and red. Process: no cyan, as much magenta as yellow, on the first page only.
    Preprinted: black alone."""
    kinds = ("press", "process", "preprinted")
    chosen = [file for file in files if file.purpose in kinds]
    separated = at_once.each(lambda file: plates.separate(file.pdf), chosen)
    for file, pages in zip(chosen, separated):
        wrong = plates.faults(pages) if file.purpose == "press" else mixed(pages, file.purpose)
        report.add(f"plates: {file.purpose}", file.name, not wrong, "; ".join(wrong))
    # The check is checked: each kind, taken for another, has faults.
    for file, pages in zip(chosen[: len(kinds)], separated):
        for other in kinds:
            if other != file.purpose:
                found = plates.faults(pages) if other == "press" else mixed(pages, other)
                report.add("plates: fault is found", f"{file.name} as {other}", found, "passed as good")


def mixed(pages, purpose):
    """What is wrong with the plates of a file without spot colour."""
    wrong = [] if pages else ["no plates at all"]
    for page, inks in sorted(pages.items()):
        spots = [name for name, ink in inks.items() if name not in (*plates.PROCESS, "Black") and ink]
        cyan, magenta, yellow = (inks.get(name, 0.0) for name in plates.PROCESS)
        if spots:
            wrong.append(f"page {page} needs {spots}")
        if cyan:
            wrong.append(f"page {page} needs cyan")
        if not inks.get("Black", 0.0):
            wrong.append(f"page {page} has no black")
        red = purpose == "process" and page == 1
        # Smoothed edges are rounded on each plate apart.
        unlike = abs(magenta - yellow) > 0.01 * max(magenta, yellow)
        if (magenta > 0, yellow > 0) != (red, red) or unlike:
            wrong.append(f"page {page} has {magenta:.2f} of magenta and {yellow:.2f} of yellow")
    return wrong


def check_boxes(files, report):
    """Paper of A4 where nothing is cut; with marks, A4 as trim box, 3 mm of bleed around it."""
    for file in files:
        said = {}
        for line in output(["pdfinfo", "-box", file.pdf]).splitlines():
            key, _, value = line.partition(":")
            if key.endswith("Box"):
                said[key] = [float(number) / 72 * 25.4 for number in value.split()]
        left, bottom, right, top = said["TrimBox"]
        size, sheet = (right - left, top - bottom), said["MediaBox"]
        a4 = abs(size[0] - 210) < 0.05 and abs(size[1] - 297) < 0.05
        if file.purpose == "marks":
            bleed = said["BleedBox"]
            inside = abs(left - bleed[0] - 3) < 0.05 and abs(bleed[3] - top - 3) < 0.05
            good = a4 and inside and sheet[2] - sheet[0] > 216
        else:
            good = a4 and said["MediaBox"] == said["TrimBox"]
        report.add("boxes", file.name, good, str(said))


def check_words(files, report):
    """The watermark is no text, and no purpose changes a word but preprinted paper's."""
    texts = {}
    read = [file for file in files if file.purpose != "preprinted"]
    for file, text in zip(read, at_once.each(lambda f: output(["pdftotext", "-raw", f.pdf, "-"]), read)):
        texts.setdefault(file.source, {})[file.name] = text
    for source, found in texts.items():
        report.add("same words", source.stem, len(set(found.values())) == 1, str(list(found)))


def check_sizes(files, report):
    """The file for the screen is the smallest of those that show the same."""
    sizes = {}
    for file in files:
        sizes.setdefault(file.source, {})[file.purpose] = file.pdf.stat().st_size
    for source, found in sizes.items():
        smallest = all(found["screen"] <= found[name] for name in ("press", "process", "source"))
        report.add("smallest for the screen", source.stem, smallest, str(found))
    first = next(iter(sizes.items()))
    report.note("smallest for the screen", f"{first[0].stem}: {first[1]} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=pathlib.Path, default=built.ROOT / "target/release/hongtou")
    parser.add_argument("--work", type=pathlib.Path, default=built.ROOT / "target/outside/purposes")
    parser.add_argument("--generated", type=int, default=40, help="how many generated issues")
    parser.add_argument("--seed", type=int, default=1, help="the first of them")
    arguments, _ = parser.parse_known_args()

    begin = time.monotonic()
    report = Report()
    shutil.rmtree(arguments.work, ignore_errors=True)
    sources = built.samples()
    issues = arguments.work / "generated"
    sources += built.generated(issues, arguments.generated, arguments.seed)
    jobs = [(source, purpose) for source in sources for purpose in PURPOSES]
    folder = arguments.work / "files"
    made = at_once.each(lambda job: make(arguments.binary, folder, *job, report), jobs)
    files = [file for file in made if file]

    inside = [file for file in files if file.purpose == "source"]
    docx = [next(file.pdf.parent.glob("*.docx")) for file in inside]
    named = [(f.name, f.source, f.pdf, word) for f, word in zip(inside, docx)]
    at_once.run({
        "verapdf": lambda: validity.check_verapdf(files, report),
        "qpdf": lambda: validity.check_qpdf(files, report),
        "plates": lambda: check_plates(files, report),
        "boxes": lambda: check_boxes(files, report),
        "words": lambda: check_words(files, report),
        "sizes": lambda: check_sizes(files, report),
        "attachments": lambda: attachments.check(named, report, arguments.binary),
    })
    print(f"purposes: {time.monotonic() - begin:.1f} s", flush=True)
    report.print_table()
    sys.exit(bool(report.failed()))


if __name__ == "__main__":
    main()
