#!/usr/bin/env python3
"""Opens the exported page of an archive in Chromium, from the folder it lies in, and uses it."""

import argparse
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[4]
sys.path.insert(0, str(ROOT / ".ci/outside"))

import issues  # noqa: E402
import large  # noqa: E402
from browser import Browser  # noqa: E402
from report import Report, output  # noqa: E402

STATUS = "document.getElementById('status').textContent"


def ask(browser, address, **query):
    """Opens the page with a question, as a bookmark does; how many items it says it found."""
    hash_ = "&".join(f"{key}={value}" for key, value in query.items())
    browser.run(f"location.hash = {('#' + hash_)!r}; 0")
    browser.wait(f"/找到\\d+条，在|没有找到/.test({STATUS}) && window.asked !== location.hash", 30)
    browser.run("window.asked = location.hash; 0")
    return browser.run(f"+(/找到(\\d+)条，/.exec({STATUS}) || [0, 0])[1]")


def uses(browser, page, entries, report, name):
    """Lists, searches, filters, follows a hit."""
    browser.open(page.as_uri())
    browser.wait("document.querySelector('.issues li')")
    newest = max(entry["year"] for entry in entries)
    listed = browser.run("document.querySelectorAll('.issues > li').length")
    want = sum(entry["year"] == newest for entry in entries)
    report.add(f"{name}: list", str(newest), listed == want, f"{listed} issues, not {want}")

    for words in (["志愿服务"], ["居民"], ["民"], ["责任", "居民"], ["区民政局"], ["Ⅲ-58"], ["无此词语"]):
        got = ask(browser, page, q=" ".join(words))
        want = issues.expected(entries, words)
        report.add(f"{name}: search", " ".join(words), got == want, f"{got}, not {want}")
        marks = browser.run("document.querySelectorAll('.hits mark').length")
        report.add(f"{name}: marks", " ".join(words), bool(marks) == bool(want), f"{marks} marks")
    got, want = ask(browser, page, q="iii-58"), issues.expected(entries, ["Ⅲ-58"])
    report.add(f"{name}: search", "iii-58", got == want, f"{got}, not {want}")
    unit = issues.UNITS[0]
    got = ask(browser, page, q="责任", unit=unit, **{"from": "2019-01", "to": "2019-03"})
    want = issues.expected(entries, ["责任"], unit=unit, begin="2019-01", end="2019-03")
    report.add(f"{name}: filters", "unit and period", got == want > 0, f"{got}, not {want}")
    got, want = ask(browser, page, ref="Ⅱ-27"), issues.expected(entries, ref="Ⅱ-27")
    report.add(f"{name}: filters", "indicator", got == want > 0, f"{got}, not {want}")


def follows(browser, page, report, name):
    """The pages that hits lead to have the words."""
    ask(browser, page, q="垃圾分类")
    hits = browser.run("""[].slice.call(document.querySelectorAll('.hits > li')).map(function (hit) {
        return [hit.querySelector('.actions a').getAttribute('href'), hit.querySelector('mark').textContent,
                hit.querySelector('blockquote').textContent]; })""")
    pages = set()
    for href, mark, quote in hits[::4]:
        path, _, place = href.partition("#page=")
        number = place or "1"
        pages.add(number)
        text = output(["pdftotext", "-f", number, "-l", number, page.parent / path, "-"])
        text = "".join(text.split())
        report.add(f"{name}: page of a hit", href, mark in text and mark in quote, f"no {mark} on page {number}")
    report.add(f"{name}: page of a hit", "several pages", len(pages) > 1, str(pages))


def opens_pdf(browser, page, report):
    """The browser's own reader shows the page that is asked for, and another one without."""
    path = sorted(page.parent.glob("pdf/*/*/*.pdf"))[0]

    def seen(place, pause):
        browser.open("about:blank#" + place)
        browser.call("Page.navigate", url=path.as_uri() + place)
        time.sleep(pause)
        browser.settle()
        return browser.shot()

    # A busy machine draws late, and a picture that does not change yet may be an empty one: what
    # counts is three of which the first is seen again.
    for attempt in range(15):
        first, second, again = (seen(place, attempt * 0.4) for place in ("", "#page=2", ""))
        if first == again != second:
            break
    report.add("PDF in the browser", "page 2 is not page 1", first == again != second)


def is_safe(browser, page, report, name):
    """Markup in an issue is text."""
    ask(browser, page, q="script")
    shown = browser.run("document.querySelector('.hits h3').textContent")
    report.add(f"{name}: markup is text", "headline", shown == issues.NASTY, shown)
    scripts = browser.run("document.querySelectorAll('script').length")
    report.add(f"{name}: markup is text", "no script came in", scripts == 1, f"{scripts} scripts")


def has_corrections(browser, page, report, name):
    browser.run("location.hash = '#year=2018'; 0")
    browser.wait("document.querySelector('.issues .mark')")
    links = browser.run("""[].slice.call(document.querySelectorAll('.issues .mark')).map(function (mark) {
        return mark.parentNode.querySelector('a').getAttribute('href'); })""")
    there = [(page.parent / link).is_file() for link in links]
    report.add(f"{name}: corrections", "earlier revision", links and all(there), str(links))


def has_keys(browser, page, report, name):
    """Keyboard: / to the field, letters search, Esc clears, the browser goes back."""
    browser.run("location.hash = ''; document.activeElement.blur(); 0")
    browser.key("/", "Slash", 191)
    focused = browser.run("document.activeElement.id")
    report.add(f"{name}: keyboard", "/", focused == "words", focused)
    browser.type("垃圾分类")
    browser.wait("document.querySelector('.hits mark') && /q=/.test(location.hash)")
    browser.key("Escape", "Escape", 27)
    browser.wait("document.querySelector('.issues li') && document.getElementById('words').value === ''")
    browser.run("history.back(); 0")
    browser.wait("document.querySelector('.hits li') && document.getElementById('words').value === '垃圾分类'")
    report.add(f"{name}: keyboard", "Esc and back", True)


def is_accessible(browser, page, report, axe):
    """axe-core finds nothing against the guidelines for web content."""
    for what in ("#year=2018", "#q=责任"):
        browser.run(f"location.hash = {what!r}; 0")
        browser.wait("document.querySelector('.issues h3, .hits h3')")
        browser.run(axe.read_text(encoding="utf-8") + "; 0")
        found = browser.run("axe.run().then(function (found) { return found.violations.map(function (one) {"
                            " return one.id + ': ' + one.nodes[0].html; }); })")
        report.add("accessibility", what, not found, "; ".join(found))


def pictures(browser, page, folder):
    """For a person to look at."""
    for name, width, place in (("list", 1280, "#year=2018"), ("search", 1280, "#q=责任 居民"),
                               ("list-narrow", 390, "#year=2018"), ("search-narrow", 390, "#q=责任 居民")):
        browser.resize(width, 900)
        browser.run(f"location.hash = {place!r}; 0")
        browser.wait("document.querySelector('.issues h3, .hits h3')")
        browser.settle()
        browser.picture(folder / f"{name}.png")
    browser.print(folder / "search.pdf")
    browser.resize(1280, 900)


def is_old_javascript(page, acorn, report):
    """The program of the page, and the data, are JavaScript of 2009."""
    program = page.read_text(encoding="utf-8").split("<script>\n", 1)[1].split("</script>", 1)[0]
    (page.parent.parent / "program.js").write_text(program, encoding="utf-8")
    for path in [page.parent.parent / "program.js", *page.parent.glob("data/*.js")]:
        done = subprocess.run([str(acorn), "--ecma5", "--silent", str(path)], capture_output=True, text=True)
        report.add("JavaScript 5", path.name, done.returncode == 0, done.stderr[:200])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "target/release/hongtou")
    parser.add_argument("--shelve", type=pathlib.Path, help="example that fills large archives")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "target/outside/web")
    parser.add_argument("--node", type=pathlib.Path, required=True, help="where axe-core and acorn are")
    parser.add_argument("--chromium", default="chromium")
    parser.add_argument("--old", help="an old Chromium")
    parser.add_argument("--issues", type=int, default=15)
    parser.add_argument("--large", type=int, default=0, help="so many issues to measure with")
    arguments = parser.parse_args()
    report = Report()
    work = arguments.work
    shutil.rmtree(work, ignore_errors=True)
    paths = issues.write(work / "yaml", arguments.issues)
    issues.archive(arguments.binary, work / "archive", paths, paths[0])
    entries = issues.entries(work / "archive")
    export = [arguments.binary, "archive", "--archive", work / "archive", "export", "-o"]
    for name in ("web", "again", "web"):
        output([*export, work / name])
    same = subprocess.run(["diff", "-r", work / "web", work / "again"], capture_output=True, text=True)
    report.add("same bytes", "two exports", same.returncode == 0, same.stdout[:300])

    page = work / "web/index.html"
    is_old_javascript(page, arguments.node / "node_modules/.bin/acorn", report)
    for name, binary in (("Chromium", arguments.chromium), ("old Chromium", arguments.old)):
        if not binary:
            continue
        with Browser(binary) as browser:
            uses(browser, page, entries, report, name)
            follows(browser, page, report, name)
            is_safe(browser, page, report, name)
            has_corrections(browser, page, report, name)
            has_keys(browser, page, report, name)
            if name == "Chromium":
                is_accessible(browser, page, report, arguments.node / "node_modules/axe-core/axe.min.js")
                pictures(browser, page, work / "pictures")
            out = [url for url in browser.requests if not url.startswith(("file:", "data:"))]
            report.add(f"{name}: stays here", "requests", not out and len(browser.requests) > 3, str(out[:3]))
            report.add(f"{name}: no complaint", "console", not browser.complaints, str(browser.complaints[:3]))
            if name == "Chromium":
                opens_pdf(browser, page, report)
    if arguments.large:
        large.measure(arguments, work, report)
    report.print_table()
    sys.exit(bool(report.failed()))


if __name__ == "__main__":
    main()
