"""Issues to archive, and what a search among them must find, worked out without the page."""

import datetime
import json
import subprocess

# What breaks pages: markup, quotes, an entity, a template's gaps.
NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)>“引号”&amp;{{program}}"
UNITS = ["区民政局", "区教委", "城关街道", "永定镇", "区城管执法局"]
REFS = ["Ⅲ-17 志愿服务活动", "Ⅱ-27 城市管理和公共服务", "Ⅲ-58 城市精细化管理"]
TEXTS = ["组织志愿服务活动，居民一致好评。", "压实责任，明确任务。", "开展垃圾分类宣传，发放材料800余份。",
         "受理“12345”热线诉求，做到即接即办。", "整治背街小巷，改善人居环境。"]


def write(folder, count):
    """YAML files of so many issues over several years; paths in order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for index in range(count):
        year, number = 2018 + index % 3, 1 + index // 3
        date = datetime.date(year, 1, 8) + datetime.timedelta(days=9 * number)
        items = []
        for place in range(9):
            pick = index * 7 + place * 3
            words = "".join(TEXTS[(pick + step) % len(TEXTS)] for step in range(5 + place))
            headline = NASTY if (index, place) == (4, 1) else f"{UNITS[pick % 5]}第{place + 1}次推进重点工作"
            items.append({"headline": headline, "text": words, "refs": [REFS[pick % 3]],
                          "source": UNITS[pick % 5]})
        issue = {"layout": "kuaibao", "masthead": {"owner": "青山区", "name": "工作快报"},
                 "issue": {"number": number, "date": str(date), "office": "青山区文明办"},
                 "sections": [{"title": "工作动态", "items": items}],
                 "distribution": {"superiors": ["区委"], "subordinates": ["全区各单位"]}}
        path = folder / f"{year}-{number}.yaml"
        # JSON is YAML.
        path.write_text(json.dumps(issue, ensure_ascii=False), encoding="utf-8")
        paths.append(path)
    return paths


def archive(binary, root, paths, correct):
    """Adds them, and a correction of one of them."""
    run = [str(binary), "archive", "--archive", str(root), "add", "--series", "kuaibao"]
    subprocess.run([*run, *map(str, paths)], check=True, capture_output=True)
    changed = correct.with_name("corrected.yaml")
    changed.write_text(correct.read_text(encoding="utf-8").replace("压实责任", "压紧压实责任"), encoding="utf-8")
    subprocess.run([*run, "--correction", "数字有误", str(changed)], check=True, capture_output=True)


def entries(root):
    """What the latest revision of each issue says of itself."""
    latest = {}
    for path in root.glob("*/*/*/r*/data/issue.json"):
        entry = json.loads(path.read_text(encoding="utf-8"))
        key = (entry["series"], entry["year"], entry["kind"], entry["number"])
        if key not in latest or latest[key]["revision"] < entry["revision"]:
            latest[key] = entry
    return list(latest.values())


def expected(entries, words=(), unit=None, ref=None, begin="0", end="9"):
    """How many items have all the words and meet the conditions."""
    count = 0
    for entry in entries:
        if not begin <= entry["date"][:7] <= end:
            continue
        for item in entry["items"]:
            about = [item["name"], item["headline"] or "", item["section"] or "", *item["units"]]
            about += [f"{one['code']} {one['title'] or ''}" for one in item["references"]]
            hay = "\n".join(about + [part["text"] for part in item["paragraphs"]])
            count += (all(word in hay for word in words) and unit in (None, *item["units"])
                      and ref in (None, *(one["code"] for one in item["references"])))
    return count
