"""Fonts put into the DOCX are used where no other Chinese font is: LibreOffice prints with them."""

import pathlib
import shutil
import subprocess
from xml.sax.saxutils import escape

import built
import office
import pages as pdf
import validator

CHECK = "embedded fonts"
SAMPLES = ["mentougou-155", "quanbu-yaosu"]
OPTIONS = {
    "none": ["--docx-fonts", "open"],
    "used": ["--docx-fonts", "open", "--docx-embed"],
    "whole": ["--docx-fonts", "open", "--docx-embed=whole"],
}
# In Adobe's names, as LibreOffice writes them.
FONTS = {"NotoSerifSC-Bold", "ZhuqueFangsong-Regular", "NotoSansSC-Medium", "LXGWWenKaiGBLite-Regular"}
# Only that LibreOffice starts: it has no Chinese character, and the documents do not name it.
ONLY = "LiberationSerif-Italic.ttf"


def bare(folder, fonts):
    """A fontconfig file under which there is one font, of Western italics."""
    folder = folder.resolve()
    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    shutil.copy(pathlib.Path(fonts) / ONLY, folder / "fonts" / ONLY)
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{escape(str(folder / 'fonts'))}</dir>"
        f"<cachedir>{escape(str(folder / 'cache'))}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return path


def fonts_of(path):
    """The fonts of a PDF, without the tags of subsets."""
    said = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
    return {line.split()[0].rpartition("+")[2] for line in said.splitlines()[2:]}


def check(report, binary, tool, work, fonts):
    folder = work / "embedding"
    files = {}
    for name in SAMPLES:
        source = built.ROOT / "samples" / f"{name}.yaml"
        for kind, options in OPTIONS.items():
            if kind == "whole" and name != SAMPLES[0]:
                continue
            out = folder / "built" / f"{name}-{kind}"
            done = built.run(binary, source, out, *options)
            if done.returncode != 0:
                raise RuntimeError(f"{name}: {done.stderr}{done.stdout}")
            file = folder / f"{name}-{kind}.docx"
            shutil.copy(built.one(out, "docx"), file)
            files[name, kind] = (file, pdf.read(built.one(out, "pdf")))
    printed = {}
    for file, _ in files.values():
        # Each in a process and with a profile of its own: fonts of one document serve the next.
        profile = folder / f"profile-{file.stem}"
        printed |= office.printed([file], folder / "pdf", bare(folder, fonts), profile, folder)
    for (name, kind), (file, ours) in files.items():
        label = f"{name}, {kind}"
        report.note(CHECK, f"{label}: {file.stat().st_size / 1e6:.1f} MB")
        found = validator.errors(tool, file)
        report.add(CHECK, f"{label}: valid", not found, f"{len(found)} errors, first: {found[:1]}")
        result = printed.get(file.stem)
        if result is None:
            report.add(CHECK, f"{label}: printed", False, "LibreOffice did not print it")
            continue
        used = fonts_of(result)
        if kind == "none":
            # The check can tell: without fonts inside there are none of these on the page.
            report.add(CHECK, f"{label}: no Chinese font", not used & FONTS, str(sorted(used)))
            continue
        report.add(CHECK, f"{label}: fonts", FONTS <= used, f"missing {sorted(FONTS - used)}")
        strange = [font for font in used if "Italic" in font or "OpenSymbol" in font]
        report.add(CHECK, f"{label}: no other font", not strange, str(strange))
        count = pdf.read(result).count, ours.count
        report.add(CHECK, f"{label}: pages", abs(count[0] - count[1]) <= 1, f"{count[0]}, ours {count[1]}")
