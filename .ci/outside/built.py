"""Builds the issues that the checks look at."""

import json
import os
import pathlib
import shutil
import subprocess
from dataclasses import dataclass

import at_once

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

# What each profile of `build` promises, in veraPDF's names. The first is the default.
FLAVOURS = {"archive": "2a,ua1", "print": "2u", "screen": "2u"}


@dataclass
class Built:
    """One issue and the PDF made of it."""

    name: str
    source: pathlib.Path
    pdf: pathlib.Path
    profile: str = "archive"
    # What `hongtou build` said it did to bring the pages about.
    adjustments: tuple = ()

    @property
    def flavours(self):
        """The standards that the file must keep."""
        return FLAVOURS[self.profile]

    @property
    def clean_text(self):
        """The committed text that the PDF must give back, where there is one."""
        return self.source.with_suffix(".txt")


class BuildFailed(Exception):
    """`hongtou build` did not make the PDF; the message is what it said."""


def build(binary, source, out, arguments=(), environment=None, cwd=None):
    """Builds the PDF of one issue into a new folder; returns its path and what was adjusted."""
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)
    done = subprocess.run(
        [str(binary), "build", str(source), "-o", str(out), "--to", "pdf", "--format", "json", *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **(environment or {})},
        cwd=cwd,
    )
    pdfs = sorted(out.glob("*.pdf"))
    if done.returncode != 0 or len(pdfs) != 1:
        raise BuildFailed(f"exit code {done.returncode}, {len(pdfs)} PDF files\n{done.stderr}{done.stdout}")
    return pdfs[0], tuple(json.loads(done.stdout)["issues"][0]["adjustments"])


def samples():
    """Issue files of the folder `samples` (settings and layouts lie there too)."""
    found = []
    for path in sorted((ROOT / "samples").glob("*.yaml")):
        if path.name != "hongtou.yaml":
            found.append(path)
    if not found:
        raise BuildFailed("no samples")
    return found


def generated(folder, count, seed):
    """Issues of the tests' own generator."""
    if count == 0:
        return []
    if folder.exists():
        shutil.rmtree(folder)
    subprocess.run(
        ["cargo", "run", "--quiet", "--locked", "--example", "generate", "--",
         "--seed", str(seed), "--count", str(count), "--out", str(folder)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    found = sorted(folder.glob("*.yaml"))
    if len(found) != count:
        raise BuildFailed(f"the generator wrote {len(found)} issues, not {count}")
    return found


def build_all(binary, folder, sources, report):
    """Builds every issue as (source, profile); those that fail are failures of the check `build`."""

    def one(job):
        source, profile = job
        name = source.stem if profile == "archive" else f"{source.stem} ({profile})"
        try:
            pdf, adjustments = build(binary, source, folder / name, ("--profile", profile))
        except BuildFailed as error:
            report.add("build", name, False, str(error))
            return None
        report.add("build", name, True)
        return Built(name, source, pdf, profile, adjustments)

    return [file for file in at_once.each(one, sources) if file]
