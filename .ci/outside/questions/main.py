#!/usr/bin/env python3
"""Files generated issues in an archive, asks it, and works the answers out again from the bags."""

import argparse
import collections
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[3]
HONGTOU = pathlib.Path(os.environ.get("HONGTOU", ROOT / "target/release/hongtou"))
SVG = "{http://www.w3.org/2000/svg}"


def output(command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if done.returncode:
        sys.exit(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def file_issues(work, count, seed):
    """An archive of generated issues and issue 155."""
    texts = work / "texts"
    output(["cargo", "run", "--quiet", "--locked", "--example", "generate", "--",
            "--seed", seed, "--count", count, "--out", texts], cwd=ROOT)
    # Each in a series of its own: one of many generated issues has the number 155 too.
    for series, files in (("jb", sorted(texts.iterdir())), ("mtg", [ROOT / "samples/mentougou-155.yaml"])):
        output([HONGTOU, "archive", "add", "--archive", work / "archive", "--series", series, *files])
    entries = [json.loads(path.read_text(encoding="utf-8"))
               for path in sorted((work / "archive").glob("*/*/*/r*/data/issue.json"))]
    if len(entries) != count + 1:
        sys.exit(f"{len(entries)} entries of {count + 1} issues")
    return entries


def letters(text):
    """What search compares, worked out in its own way: no spaces, no punctuation, width and case
    folded; a bar where a sentence ends."""
    out = []
    for c in text:
        for folded in unicodedata.normalize("NFKC", c).lower():
            if folded in "。！？；!?;":
                out.append("|")
            elif unicodedata.category(folded)[0] in "LN":
                out.append(folded)
            elif unicodedata.category(folded)[0] != "M":
                out.append(" ")
    return "".join(out)


def has(text, word):
    """Whether a text has a word: letters and digits whole, Han anywhere."""
    parts = re.findall(r"[0-9]+|[^\W\d_一-鿿㐀-䶿\U00020000-\U0003ffff]+|\w", letters(word))
    pattern = r"[ ]*".join(re.escape(part) for part in parts)
    if parts[0].isascii():
        same = "0-9" if parts[0].isdigit() else "a-z"
        pattern = f"(?<![{same}])" + pattern
    if parts[-1].isascii():
        same = "0-9" if parts[-1].isdigit() else "a-z"
        pattern += f"(?![{same}])"
    return re.search(pattern, letters(text)) is not None


def words_of(entries, count, seed):
    """Pieces of the issues' texts, one to six characters long, and pieces that hardly stand there."""
    dice = random.Random(seed)
    texts = [p["text"] for entry in entries for item in entry["items"] for p in item["paragraphs"]]
    words = ["155", "12345", "logo", "Ⅲ-17", "志愿", "的"]
    while len(words) < count:
        text = dice.choice(texts)
        start, length = dice.randrange(len(text)), dice.randint(1, 6)
        word = text[start:start + length]
        if dice.random() < 0.2:
            word = "".join(dice.sample(word, len(word)))
        # A piece that begins or ends within a number or a foreign word is no word.
        if re.fullmatch(r"[一-鿿“”、，]*[一-鿿][一-鿿“”、，]*", word) and "“" not in word[:-1]:
            words.append(word)
    return words


def check_search(work, entries, words):
    wrong = found = 0
    for word in words:
        answer = json.loads(output([HONGTOU, "archive", "search", "--archive", work / "archive",
                                    "--format", "json", "--", word]))
        got = collections.Counter((hit["issue"], hit["name"]) for hit in answer["hits"])
        want = collections.Counter()
        for entry in entries:
            for item in entry["items"]:
                texts = [p["text"] for p in item["paragraphs"]]
                texts += [item[key] for key in ("headline", "category") if item[key]]
                if any(has(text, word) for text in texts):
                    path = f"{entry['series']}/{entry['year']}/{entry['number']}/r{entry['revision']}"
                    want[path, item["name"]] += 1
        found += sum(want.values())
        if got != want:
            wrong += 1
            print(f"“{word}”: too many {dict(got - want)}, missing {dict(want - got)}")
        for hit in answer["hits"]:
            for excerpt in hit["excerpts"]:
                marked = [excerpt["text"][start:end] for start, end in excerpt["marks"]]
                if not marked or not all(has(one, word) for one in marked):
                    wrong += 1
                    print(f"“{word}”: marked {marked} in {excerpt['text']}")
    print(f"search: {len(words)} words, {found} items found, {wrong} wrong")
    return wrong == 0 and found > len(words)


def count_again(entries, per):
    """The rules of docs/archive-questions.md in a few lines."""
    counts = collections.Counter()
    for entry in entries:
        for item in entry["items"]:
            if per == "unit":
                notices = item.get("notices", [])
                units = collections.Counter(notices)
                units.update(unit for unit in item["units"] if unit not in notices)
                keys = units or {"未署名": 1}
            elif per == "section":
                keys = {item["section"] or "无栏目": 1}
            elif per == "ref":
                keys = {one["code"]: 1 for one in item["references"]} or {"未标指标": 1}
            else:
                keys = {entry["date"][:7]: 1}
            counts.update(keys)
    return counts


def check_stats(work, entries):
    good = True
    for per in ("unit", "section", "ref", "month"):
        answer = json.loads(output([HONGTOU, "archive", "stats", "--archive", work / "archive",
                                    "--per", per, "--format", "json"], cwd=work))
        got = {row["name"]: row["count"] for row in answer["rows"] if row["count"]}
        want = dict(count_again(entries, per))
        print(f"stats per {per}: {len(want)} rows, {sum(want.values())} counted, "
              f"{'the same' if got == want else f'got {got}, want {want}'}")
        good &= got == want and len(want) > 1
    return good


def check_index(work):
    path = work / "archive/index.sqlite"
    said = output(["sqlite3", path, "PRAGMA integrity_check"]).strip()
    print(f"index: sqlite3 says {said}")
    return said == "ok"


def check_charts(work):
    """Well-formed; drawn by rsvg as a PDF, poppler finds every text whole and on the page."""
    fonts = work / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{ROOT / 'fonts'}</dir><cachedir>{work / 'fc'}</cachedir>"
                     "</fontconfig>", encoding="utf-8")
    environment = os.environ | {"FONTCONFIG_FILE": str(fonts)}
    good = True
    for per in ("unit", "section", "ref", "month"):
        svg, pdf = work / f"{per}.svg", work / f"{per}.pdf"
        output([HONGTOU, "archive", "stats", "--archive", work / "archive", "--per", per,
                "--chart", svg], cwd=work)
        root = xml.etree.ElementTree.parse(svg).getroot()
        labels = [node.text for node in root.iter(f"{SVG}text")]
        output(["rsvg-convert", "-f", "pdf", "-o", pdf, svg], env=environment)
        output(["rsvg-convert", "--zoom", "1.5", "-o", pdf.with_suffix(".png"), svg], env=environment)
        squeeze = lambda text: re.sub(r"\s", "", text)
        drawn = squeeze(output(["pdftotext", "-raw", pdf, "-"]))
        missing = [label for label in labels if squeeze(label) not in drawn]
        boxes = output(["pdftotext", "-bbox", pdf, "-"])
        width, height = map(float, re.search(r'page width="([\d.]+)" height="([\d.]+)"', boxes).groups())
        places = [list(map(float, place)) for place in
                  re.findall(r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"', boxes)]
        outside = [place for place in places
                   if place[0] < -0.5 or place[1] < -0.5 or place[2] > width + 0.5 or place[3] > height + 0.5]
        embedded = "NotoSansSC" in output(["pdffonts", pdf])
        print(f"chart per {per}: {len(labels)} texts, {len(missing)} missing {missing[:3]}, "
              f"{len(outside)} of {len(places)} words outside")
        good &= not missing and not outside and len(labels) > 8 and len(places) > 8 and embedded
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--generated", type=int, default=20, help="how many generated issues")
    parser.add_argument("--words", type=int, default=120, help="how many words are searched")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=pathlib.Path, help="kept when given")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = arguments.work or pathlib.Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        entries = file_issues(work, arguments.generated, arguments.seed)
        words = words_of(entries, arguments.words, arguments.seed)
        checks = [check_search(work, entries, words), check_stats(work, entries),
                  check_index(work), check_charts(work)]
    return 0 if all(checks) else 1


if __name__ == "__main__":
    sys.exit(main())
