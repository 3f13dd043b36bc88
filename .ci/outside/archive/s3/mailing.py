"""Issues of an object store by mail: the journal lies beside the settings of the office, whichever of
its folders the program is called in."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "mail"))

from authority import Authority  # noqa: E402
from misbehave import Case, Server  # noqa: E402

CHECK = "mailed"
PASSWORD = "天书 s3cret"


def settings(desk, port, ca):
    path = desk.folder / "hongtou.yaml"
    office = json.loads(path.read_text(encoding="utf-8"))
    office["mail"] = {"server": "127.0.0.1", "port": port, "security": "starttls", "ca": str(ca),
                      "sender": "甲区创城办 <office@example.cn>", "user": "office@example.cn"}
    path.write_text(json.dumps(office, ensure_ascii=False), encoding="utf-8")
    people = {"报": {"区委": ["区委 <quwei@example.cn>"]}, "发": {"全区各单位": ["民政局 <minzheng@example.cn>"]}}
    (desk.folder / "recipients.yaml").write_text(json.dumps(people, ensure_ascii=False), encoding="utf-8")
    desk.environment["HONGTOU_SMTP_PASSWORD"] = PASSWORD


def check(desk, server, report, work):
    """The second issue, which has two revisions: sent, sent again, asked for, corrected."""
    authority = Authority(work / "authority")
    post = Server(Case("250", 0, "寄到1位", "sent"), {"good": authority.certificate("good")})
    post.start()
    settings(desk, post.port, authority.ca)
    trust = ("--trust-server", f"127.0.0.1:{post.port}")
    below = desk.folder / "2019"
    before = server.versions()
    code, said = desk.run("2.yaml", "--retries", "0", *trust, command="send")
    report.add(CHECK, "to two people", code == 0 and post.taken == 2, f"{code} {post.taken} {said}")
    journals = sorted(path.relative_to(desk.folder) for path in desk.folder.rglob("*.jsonl"))
    wanted = [pathlib.Path("archive/mail_journal/kuaibao/2019/2.jsonl")]
    report.add(CHECK, "the journal is beside hongtou.yaml", journals == wanted, f"{journals}")
    report.add(CHECK, "and nothing in the store", server.versions() == before)
    for where in (desk.folder, below):
        file = str(desk.folder / "2.yaml")
        code, said = desk.run(file, "--retries", "0", *trust, command="send", cwd=where)
        report.add(CHECK, f"nobody twice, from {where.name}", code == 0 and post.taken == 2, f"{code} {post.taken} {said}")
        code, said = desk.run("status", "2", "--format", "json", command="send", cwd=where)
        states = [one["state"] for one in json.loads(said)["recipients"]] if code == 0 else said
        report.add(CHECK, f"status, from {where.name}", states == ["sent", "sent"], f"{states}")
    desk.issue(2, "垃圾分类进小区，居民齐声好评。")
    code, said = desk.run("2.yaml", "--retries", "0", *trust, command="send")
    report.add(CHECK, "not before it is kept", code == 3 and post.taken == 2, f"{code} {said}")
    code, said = desk.run("add", "--correction", "文字有误", "2.yaml")
    code, said = desk.run("2.yaml", "--retries", "0", *trust, command="send")
    report.add(CHECK, "the correction, to both", code == 0 and post.taken == 4, f"{code} {post.taken} {said}")
    post.listener.close()
