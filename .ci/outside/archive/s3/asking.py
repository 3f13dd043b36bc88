"""Search and statistics in an object store: the index lies in the user's cache, and follows."""

import json
import shutil
import sqlite3

CHECK = "asked"


def asked(desk, *arguments, cwd=None):
    """The answer as JSON; what was said instead when there is none."""
    code, said = desk.run(*arguments, "--format", "json", cwd=cwd)
    try:
        return json.loads(said) if code == 0 else said
    except ValueError:
        return said


def found(desk, *words):
    """The bags in which something is found."""
    answer = asked(desk, "search", *words)
    return sorted(hit["issue"] for hit in answer["hits"]) if isinstance(answer, dict) else answer


def bags(*numbers):
    return sorted(f"kuaibao/2019/{number}" for number in numbers)


def check(desk, server, report):
    """Five issues are there, the third corrected once."""
    cache = desk.folder / "cache/hongtou"
    shutil.rmtree(cache, ignore_errors=True)
    hits = found(desk, "好评")
    report.add(CHECK, "every issue, the latest revision", hits == bags("1/r1", "2/r1", "3/r2", "4/r1", "5/r1"), f"{hits}")
    indexes = list(cache.glob("archive-*/index.sqlite"))
    sound = [sqlite3.connect(index).execute("PRAGMA integrity_check").fetchone() for index in indexes]
    report.add(CHECK, "one index, in the user's cache", sound == [("ok",)], f"{indexes} {sound}")
    there = [key for key in server.versions() if "index" in key]
    report.add(CHECK, "no index in the store", not there, f"{there}")

    before = server.reads
    hits = found(desk, "志愿服务")
    report.add(CHECK, "again, no bag is read", len(hits) == 5 and server.reads == before, f"{hits} {server.reads - before}")

    desk.issue(2, "垃圾分类进小区，居民一致好评。")
    code, said = desk.run("add", "--correction", "文字有误", "2.yaml")
    before = server.reads
    hits = found(desk, "垃圾分类")
    report.add(CHECK, "a second revision is seen", code == 0 and hits == bags("2/r2"), f"{said} {hits}")
    report.add(CHECK, "its bag alone is read", server.reads - before == 1, f"{server.reads - before} bags")
    hits = found(desk, "志愿服务")
    report.add(CHECK, "the first is left out", hits == bags("1/r1", "3/r2", "4/r1", "5/r1"), f"{hits}")
    hits = found(desk, "志愿服务", "--all-revisions")
    wanted = bags("1/r1", "2/r1", "3/r1", "3/r2", "4/r1", "5/r1")
    report.add(CHECK, "and found with --all-revisions", hits == wanted, f"{hits}")

    counts = asked(desk, "stats", "--per", "unit")
    rows = {row["name"]: row["count"] for row in counts["rows"]} if isinstance(counts, dict) else counts
    report.add(CHECK, "statistics", rows == {"区民政局": 5}, f"{rows}")
    elsewhere = desk.folder / "2019"
    elsewhere.mkdir()
    same = asked(desk, "stats", "--per", "unit", cwd=elsewhere)
    report.add(CHECK, "the same from a folder below", same == counts, f"{same}")
    indexes = list(cache.glob("archive-*/index.sqlite"))
    report.add(CHECK, "and of the same index", len(indexes) == 1, f"{indexes}")
    shutil.rmtree(cache)
    same = asked(desk, "stats", "--per", "unit")
    report.add(CHECK, "the same without the cache", same == counts, f"{same}")
