"""An archive to be tried: runs the program in it and says what lies in it."""

import hashlib
import json
import pathlib
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]
ISSUE = """\
masthead: {{owner: 青山区, name: 工作快报}}
issue: {{number: {number}, date: {date}, office: 青山区办公室}}
text: 近日，区民政局开展{what}。
"""


def is_own(name):
    """What is the program's own, and no part of what is kept: locks, leftovers, the index."""
    top = name.split("/")[0]
    return top == ".unfinished" or top.startswith((".lock", "index.sqlite"))


class Shelf:
    """A folder with an office's settings and an archive."""

    def __init__(self, binary, folder):
        self.binary, self.folder = pathlib.Path(binary).resolve(), pathlib.Path(folder).resolve()
        self.archive = self.folder / "archive"
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "hongtou.yaml").write_text("series: kb\n", encoding="utf-8")

    def write(self, name, number=7, what="活动", date="2019-03-14"):
        text = ISSUE.format(number=number, what=what, date=date)
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def command(self, *arguments):
        return [str(self.binary), "archive", *map(str, arguments), "--archive", str(self.archive)]

    def run(self, *arguments, before=()):
        """Runs `hongtou archive`, under another program if one is named."""
        return subprocess.run([*before, *self.command(*arguments)], cwd=self.folder, text=True,
                              capture_output=True, stdin=subprocess.DEVNULL, check=False)

    def start(self, *arguments):
        return subprocess.Popen(self.command(*arguments), cwd=self.folder, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)

    def copy(self, folder):
        """The same in another place."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        return Shelf(self.binary, folder)

    def tree(self):
        """Every file and its digest, every folder and nothing; the program's own apart."""
        found = {}
        for path in self.archive.rglob("*") if self.archive.exists() else []:
            name = path.relative_to(self.archive).as_posix()
            if not is_own(name):
                found[name] = "" if path.is_dir() else digest(path)
        return found

    def leftovers(self):
        aside = self.archive / ".unfinished"
        return sorted(path.name for path in aside.iterdir()) if aside.is_dir() else []

    def ledger(self, year="2019"):
        path = self.archive / "kb" / year / "ledger.txt"
        return path.read_bytes() if path.exists() else b""

    def lines(self, holding, year="2019"):
        """How often a bag stands in the ledger."""
        return sum(line.split(b" ")[3:4] == [holding.encode()]
                   for line in self.ledger(year).splitlines())

    def flaws(self):
        """What `verify` finds; None when it could not look."""
        ended = self.run("verify", "--format", "json")
        if ended.returncode not in (0, 4):
            return None
        return [flaw["message"] for flaw in json.loads(ended.stdout)["flaws"]]


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


# What the ledger file may be short of when a run was killed; all else would be damage.
TOLD = re.compile("没有登记|半行")
