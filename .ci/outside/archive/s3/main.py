#!/usr/bin/env python3
"""An archive in an object store: kept, given back, verified, asked, mailed; added to by several at
once; killed."""

import argparse
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile

import boto3

ROOT = pathlib.Path(__file__).resolve().parents[4]
sys.path.insert(0, str(ROOT / ".ci/outside"))

import asking  # noqa: E402
import mailing  # noqa: E402
from report import Report  # noqa: E402

BUCKET, PREFIX = "jianbao", "cundang/2019"
LINE = re.compile(r"/ledger/\d+\.txt$")


class Server:
    """A server with a bucket that keeps all versions, so that what was replaced is seen."""

    def __init__(self, *flags):
        # Four calls make the bucket and its user; after that every key is checked.
        environment = {**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": "5"}
        self.process = subprocess.Popen(
            [sys.executable, pathlib.Path(__file__).with_name("server.py"), *flags], env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.endpoint = f"http://127.0.0.1:{int(self.process.stdout.readline())}"
        # Called with what the server does before it does it: "upload", "begin", "end", "read", and what.
        self.heard, self.reads = None, 0
        threading.Thread(target=self.listen, daemon=True).start()
        first = {"endpoint_url": self.endpoint, "region_name": "us-east-1", "aws_access_key_id": "x",
                 "aws_secret_access_key": "y"}
        iam, s3 = boto3.client("iam", **first), boto3.client("s3", **first)
        s3.create_bucket(Bucket=BUCKET)
        s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        iam.create_user(UserName="editor")
        may = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
        iam.put_user_policy(UserName="editor", PolicyName="all", PolicyDocument=json.dumps(may))
        key = iam.create_access_key(UserName="editor")["AccessKey"]
        self.access, self.secret = key["AccessKeyId"], key["SecretAccessKey"]
        self.s3 = boto3.client("s3", endpoint_url=self.endpoint, region_name="us-east-1",
                               aws_access_key_id=self.access, aws_secret_access_key=self.secret)

    def listen(self):
        for line in self.process.stdout:
            when, number, key = line.split()
            self.reads += when == "read"
            if self.heard:
                self.heard(when, key)
            self.process.stdin.write(f"{number}\n")
            self.process.stdin.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def versions(self):
        """How many versions each object has; deletions count as one."""
        count = {}
        for page in self.s3.get_paginator("list_object_versions").paginate(Bucket=BUCKET):
            for one in page.get("Versions", []) + page.get("DeleteMarkers", []):
                count[one["Key"]] = count.get(one["Key"], 0) + 1
        return count

    def read(self, key):
        return self.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()


class Desk:
    """A folder with issues and the settings of an office."""

    def __init__(self, folder, binary, server, bucket=BUCKET, endpoint=None, access=None, secret=None):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.binary = folder, binary
        self.keys = [access or server.access, secret or server.secret]
        settings = {"series": "kuaibao", "archive": {"path": f"s3://{bucket}/{PREFIX}",
                                                     "endpoint": endpoint or server.endpoint}}
        (folder / "hongtou.yaml").write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")
        self.environment = {**os.environ, "AWS_ACCESS_KEY_ID": self.keys[0], "AWS_SECRET_ACCESS_KEY": self.keys[1],
                            "NO_PROXY": "127.0.0.1", "XDG_CACHE_HOME": str(folder / "cache")}
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
            self.environment.pop(name, None)

    def issue(self, number, text="开展志愿服务活动，居民一致好评。"):
        path = self.folder / f"{number}.yaml"
        issue = {"masthead": {"owner": "青山区", "name": "工作快报"},
                 "issue": {"number": number, "date": "2019-03-14", "office": "青山区办公室"},
                 "sections": [{"items": [{"headline": "区民政局开展活动", "text": text, "source": "区民政局"}]}],
                 "distribution": {"superiors": ["区委"], "subordinates": ["全区各单位"]}}
        path.write_text(json.dumps(issue, ensure_ascii=False), encoding="utf-8")
        return path.name

    def start(self, *arguments, command="archive", cwd=None):
        return subprocess.Popen([self.binary, command, *arguments], cwd=cwd or self.folder, env=self.environment,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def run(self, *arguments, **how):
        process = self.start(*arguments, **how)
        said = process.communicate(timeout=300)[0]
        return process.returncode, said


def keeps(desk, server, report, work):
    """Added, listed, got back byte for byte, as from a folder."""
    files = [desk.issue(number) for number in range(1, 6)]
    code, said = desk.run("add", *files)
    report.add("add", "five issues", code == 0, said)
    code, said = desk.run("--archive", str(work / "folder"), "add", *files)
    report.add("add", "the same to a folder", code == 0, said)
    code, said = desk.run("list")
    report.add("list", "five issues", code == 0 and all(f"第{n}期" in said for n in range(1, 6)), said)
    desk.run("get", "3", "-o", str(work / "from-s3"))
    desk.run("--archive", str(work / "folder"), "get", "3", "-o", str(work / "from-folder"))
    same = subprocess.run(["diff", "-r", work / "from-s3", work / "from-folder"], capture_output=True, text=True)
    got = [path for path in (work / "from-s3").rglob("*") if path.is_file()]
    report.add("get", f"{len(got)} files as from a folder", same.returncode == 0 and len(got) > 3, same.stdout)
    code, said = desk.run("add", desk.issue(3))
    report.add("add", "again", code == 0 and len(bags(server)) == 5, said)
    desk.issue(3, "开展志愿服务活动，居民好评如潮。")
    code, said = desk.run("add", "3.yaml")
    report.add("add", "other content is refused", code == 1 and len(bags(server)) == 5, said)
    code, said = desk.run("add", "--correction", "文字有误", "3.yaml")
    report.add("add", "correction", code == 0 and f"{PREFIX}/kuaibao/2019/3/r2.zip" in bags(server), said)
    code, said = desk.run("search", "好评")
    report.add("search", "in the store", code == 0 and "第3期" in said, said)
    code, said = desk.run("export", "-o", str(work / "web"))
    report.add("export", "six PDFs", code == 0 and len(list((work / "web").rglob("*.pdf"))) == 6, said)


def bags(server):
    return [key for key in server.versions() if key.endswith(".zip")]


def checks(server, report):
    """Every bag is a zip file whose manifest is right, judged without hongtou."""
    for key in bags(server):
        with zipfile.ZipFile(io.BytesIO(server.read(key))) as bag:
            lines = bag.read("manifest-sha256.txt").decode().splitlines()
            wrong = [path for digest, path in (line.split("  ", 1) for line in lines)
                     if hashlib.sha256(bag.read(path)).hexdigest() != digest]
            report.add("bags", key, bag.testzip() is None and lines and not wrong, str(wrong))


def sound(desk, server, report, what, most):
    """Verified; nothing was ever replaced; each issue stands in the ledger once."""
    code, said = desk.run("verify")
    report.add("verify", what, code == 0, said)
    twice = [key for key, count in server.versions().items() if count > 1]
    report.add("nothing replaced", what, not twice, str(twice))
    keys = [key for key in server.versions() if LINE.search(key)]
    lines = [server.read(key).decode() for key in sorted(keys)]
    named = [re.search(r"kuaibao/2019/\w+/r\d+", line) for line in lines]
    named = [found.group(0) for found in named if found]
    want = sorted(key.removeprefix(f"{PREFIX}/").removesuffix(".zip") for key in bags(server))
    report.add("ledger", what, sorted(named) == want and len(want) <= most, f"{sorted(named)} {want}")


def at_once(desk, server, report, numbers):
    """Several add different issues at once, and some the same."""
    before = len(bags(server))
    files = [desk.issue(number) for number in numbers]
    runs = [desk.start("add", file) for file in [*files, *files[:1] * 3]]
    said = [run.communicate(timeout=300)[0] for run in runs]
    report.add("at once", f"{len(runs)} runs", all(run.returncode == 0 for run in runs), "".join(said))
    report.add("at once", "each issue once", len(bags(server)) - before == len(numbers), str(len(bags(server))))


# What is being put when the killer comes.
STEPS = [(when, what) for what in (".hongtou-probe", ".zip", ".txt")
         for when in ("upload", "begin", "end")]


def killed(desk, server, report, times, first):
    """SIGKILL at each step of an add: the next add makes it good."""
    table = {step: [0, {}] for step in STEPS}
    for index in range(times):
        number, (when, what) = first + index, STEPS[index % len(STEPS)]
        name = desk.issue(number)
        started, running = threading.Event(), []

        def kill(now, key):
            started.wait()
            if now == when and key.endswith(what):
                running[0].kill()

        server.heard = kill
        running.append(desk.start("add", name))
        started.set()
        running[0].communicate()
        server.heard = None
        table[when, what][0] += running[0].returncode == -signal.SIGKILL
        # The server may still be at what it was asked for.
        time.sleep(0.1)
        there = server.versions()
        bag = f"{PREFIX}/kuaibao/2019/{number}/r1.zip" in there
        line = any(f"kuaibao/2019/{number}/r1" in server.read(key).decode()
                   for key in there if LINE.search(key))
        state = "bag and line" if line else "bag" if bag else "nothing"
        table[when, what][1][state] = table[when, what][1].get(state, 0) + 1
        report.add("killed", f"issue {number}: no line without bag", bag or not line, str(there))
        code, said = desk.run("add", name)
        report.add("killed", f"issue {number}: added then", code == 0, said)
    for (when, what), (hits, states) in table.items():
        report.note("killed", f"{when} of {what}: killed {hits} times; there was then: {states}")
        report.add("killed", f"every step is hit: {when} {what}", hits >= times // len(STEPS), str(hits))


def half(desk, server, report, number):
    """As a run leaves it that was killed between bag and ledger: the next one says so and writes it."""
    desk.run("add", desk.issue(number))
    keys = sorted(key for key in server.versions() if LINE.search(key))
    last = server.s3.list_object_versions(Bucket=BUCKET, Prefix=keys[-1])["Versions"][0]
    server.s3.delete_object(Bucket=BUCKET, Key=keys[-1], VersionId=last["VersionId"])
    code, said = desk.run("add", desk.issue(number + 1))
    report.add("killed", "bag without line is written in", code == 0 and f"{number}/r1" in said, said)


def refuses(desk_of, server, report, work, binary):
    """What is wrong is said in plain words, with exit code 3 and without the keys."""
    gone = "http://127.0.0.1:9"
    cases = {
        "no such bucket": ({"bucket": "nicht-da"}, "没有存储桶“nicht-da”"),
        "wrong secret": ({"secret": "wrong-secret-key"}, "密钥不对"),
        "wrong key": ({"access": "AKIAWRONGWRONG"}, "密钥不对"),
        "not there": ({"endpoint": gone}, f"连不上“{gone}”"),
    }
    for name, (how, words) in cases.items():
        desk = desk_of(work / name.replace(" ", "-"), **how)
        code, said = desk.run("add", desk.issue(1))
        hidden = not any(key in said for key in desk.keys)
        report.add("refused", name, code == 3 and words in said and hidden, f"{code}: {said}")
    desk = desk_of(work / "no-key")
    del desk.environment["AWS_SECRET_ACCESS_KEY"]
    code, said = desk.run("list")
    report.add("refused", "no key", code == 3 and "AWS_SECRET_ACCESS_KEY" in said, said)
    with Server("--forgetful") as forgetful:
        desk = Desk(work / "forgetful", binary, forgetful)
        code, said = desk.run("add", desk.issue(1))
        report.add("refused", "server that replaces", code == 3 and "If-None-Match" in said and not bags(forgetful), said)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "target/debug/hongtou")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "target/outside/s3")
    parser.add_argument("--kills", type=int, default=45)
    parser.add_argument("--issues", type=int, default=10, help="how many at once")
    arguments = parser.parse_args()
    report, work = Report(), arguments.work
    shutil.rmtree(work, ignore_errors=True)
    with Server() as server:
        def desk_of(folder, **how):
            return Desk(folder, arguments.binary, server, **how)
        desk = desk_of(work / "desk")
        keeps(desk, server, report, work)
        sound(desk, server, report, "after adding", 6)
        asking.check(desk, server, report)
        mailing.check(desk, server, report, work)
        at_once(desk, server, report, list(range(6, 6 + arguments.issues)))
        sound(desk, server, report, "after adding at once", 8 + arguments.issues)
        first = 6 + arguments.issues
        killed(desk, server, report, arguments.kills, first)
        sound(desk, server, report, "after kills", 8 + first + arguments.kills)
        refuses(desk_of, server, report, work, arguments.binary)
        half(desk, server, report, first + arguments.kills + 1)
        checks(server, report)
    report.print_table()
    sys.exit(bool(report.failed()))


if __name__ == "__main__":
    main()
