"""Issues as DOCX and PDF; the PDF also in the fonts that LibreOffice is given for comparing."""

import pathlib
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import Optional

import yaml

import pages as pdf

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent.parent
LAYOUT = re.compile(r"^(layout|版式): *(\S+).*$", re.M)


@dataclass
class Issue:
    """One issue, built."""

    name: str
    source: pathlib.Path
    docx: pathlib.Path
    # Our pages: as they are; in one face; in one face with LibreOffice's gap at Han and digits.
    ours: pdf.Pages
    one_face: Optional[pdf.Pages] = None
    with_gap: Optional[pdf.Pages] = None
    # First words of paragraphs that were set a line longer or shorter to solve the last page.
    varied: tuple = ()
    # LibreOffice's pages in one face.
    office: Optional[pdf.Pages] = None


def layouts(folder):
    """Copies of the bundled layouts: all Chinese type of one face; and that with a gap."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in (ROOT / "layouts").glob("*.yaml"):
        layout = load(path)
        named = set(layout.get("styles") or {})
        base = layout.get("base")
        if base:
            named |= set(load(path.with_name(f"{base}.yaml"))["styles"])
        styles = layout.setdefault("styles", {})
        for role in named:
            styles.setdefault(role, {})["font"] = "宋体"
        dump(layout, folder / f"{path.stem}-face.yaml")
        layout.setdefault("typography", {})["autospace"] = "0.2字"
        dump(layout, folder / f"{path.stem}-gap.yaml")


def load(path):
    # Every scalar as it is written: 是 and 否 are words, and so is everything else.
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def dump(layout, path):
    text = yaml.dump(layout, Dumper=Plain, allow_unicode=True, sort_keys=False, width=1000)
    path.write_text(text, encoding="utf-8")


class Plain(yaml.SafeDumper):
    """Numbers and booleans that are text here are written without quotes."""


def plain(dumper, text):
    number = re.fullmatch(r"-?\d+(\.\d+)?", text) is not None
    return dumper.represent_scalar("tag:yaml.org,2002:int" if number else "tag:yaml.org,2002:str", text)


Plain.add_representer(str, plain)


def in_layout(text, folder, kind):
    """The issue's text naming the copy of its layout."""
    found = LAYOUT.search(text)
    name = found.group(2) if found else "kuaibao"
    line = f"layout: {folder / f'{name}-{kind}.yaml'}"
    return LAYOUT.sub(line, text) if found else f"{line}\n{text}"


def run(binary, source, out, *arguments):
    """Runs `hongtou build` into a new folder; returns what it said."""
    shutil.rmtree(out, ignore_errors=True)
    done = subprocess.run(
        [str(binary), "build", str(source), "-o", str(out), *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    return done


def one(out, extension):
    found = sorted(out.glob(f"*.{extension}"))
    if len(found) != 1:
        raise RuntimeError(f"{out}: {len(found)} {extension} files")
    return found[0]


def build(binary, source, work):
    """One issue in all the ways that are needed; None if its layout has no place for a field."""
    name = source.stem
    done = run(binary, source, work / "built" / name)
    if done.returncode == 1 and "没有" in done.stderr and "的位置" in done.stderr:
        return None
    if done.returncode != 0:
        raise RuntimeError(f"{name}: exit code {done.returncode}\n{done.stderr}{done.stdout}")
    kept = work / "docx" / f"{name}.docx"
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(one(work / "built" / name, "docx"), kept)
    issue = Issue(name, source, kept, pdf.read(one(work / "built" / name, "pdf")))
    text = source.read_text(encoding="utf-8")
    for kind in ("face", "gap"):
        copy = work / "copies" / f"{name}-{kind}.yaml"
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(in_layout(text, work / "layouts", kind), encoding="utf-8")
        out = work / "built" / f"{name}-{kind}"
        done = run(binary, copy, out, "--to", "pdf", "--report")
        if done.returncode != 0:
            raise RuntimeError(f"{copy.name}: {done.stderr}{done.stdout}")
        if kind == "face":
            issue.one_face = pdf.read(one(out, "pdf"))
            issue.varied = tuple(re.findall(r"“([^”]*(?:“[^”]*)?)…”一段排[松紧]一行", done.stdout))
        else:
            issue.with_gap = pdf.read(one(out, "pdf"))
    return issue


def samples():
    return sorted(p for p in (ROOT / "samples").glob("*.yaml") if p.name != "hongtou.yaml")


def generated(folder, count, seed):
    if count == 0:
        return []
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(
        ["cargo", "run", "--quiet", "--locked", "--example", "generate", "--",
         "--seed", str(seed), "--count", str(count), "--out", str(folder)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return sorted(folder.glob("*.yaml"))


def progress(text):
    print(text, file=sys.stderr, flush=True)
