"""A large archive in the page: how long it takes to open, how long from a letter to its hits."""

import shutil
import subprocess
import time

from browser import Browser

# From the last letter until all is found, in a page that has its data; the rest is for typing.
SECONDS = 1.0
FIRST = 0.4

WATCH = """window.first = window.all = 0; window.begun = performance.now();
window.before = document.getElementById('status').textContent;
if (window.watch) { window.watch.disconnect(); }
window.watch = new MutationObserver(function () {
    var text = document.getElementById('status').textContent;
    if (text === window.before) { return; }
    if (!window.first) { window.first = performance.now() - window.begun; }
    if (/找到\\d+条，在|没有找到/.test(text)) { window.all = performance.now() - window.begun; }
});
window.watch.observe(document.getElementById('status'), {childList: true, subtree: true});
document.getElementById('words').focus(); document.getElementById('words').select(); 0"""


def measure(arguments, work, report):
    pdf = next((work / "web/pdf").rglob("*.pdf"))
    archive, web = work / "large-archive", work / "large-web"
    subprocess.run([str(arguments.shelve), "--count", str(arguments.large), "--year", "2000",
                    "--per-year", "500", "--pdf", str(pdf), "--out", str(archive)], check=True,
                   stdout=subprocess.DEVNULL)
    for what in ("first export", "second export"):
        begin = time.monotonic()
        subprocess.run([str(arguments.binary), "archive", "--archive", str(archive), "export", "-o", str(web)],
                       check=True, stdout=subprocess.DEVNULL)
        report.note("large archive", f"{what} of {arguments.large} issues: {time.monotonic() - begin:.1f} s")
    shutil.rmtree(archive)
    data = sum(path.stat().st_size for path in web.glob("data/*.js"))
    report.note("large archive", f"index.html {(web / 'index.html').stat().st_size} bytes, data {data / 1e6:.0f} MB "
                                 f"in {len(list(web.glob('data/*.js')))} files")
    with Browser(arguments.chromium) as browser:
        begin = time.monotonic()
        browser.open((web / "index.html").as_uri())
        browser.wait("document.querySelector('.issues li')")
        report.note("large archive", f"open, with the list of the last year: {time.monotonic() - begin:.2f} s")
        for index, word in enumerate(["无此", "责任", "民", "志愿服务活动", "责任 居民 街道", "iii-17"]):
            browser.run(WATCH)
            browser.type(word)
            browser.wait("window.all", 120)
            first, everything = browser.run("window.first / 1000"), browser.run("window.all / 1000")
            said = browser.run("document.getElementById('status').textContent")
            report.note("large archive", f"{word}: first {first * 1000:.0f} ms, all {everything * 1000:.0f} ms; {said}")
            # The first search of all loads all years.
            if index:
                report.add("large archive", word, everything < SECONDS and first < FIRST, f"{first}, {everything}")
        report.add("large archive", "console", not browser.complaints, str(browser.complaints[:3]))
    shutil.rmtree(web)
