"""An office: settings, a list of recipients, an archived issue; and its runs of `hongtou`."""

import json
import os
import pathlib
import subprocess
import time

BINARY = pathlib.Path(os.environ.get("HONGTOU_BINARY", "target/release/hongtou")).resolve()


class Office:
    def __init__(self, folder: pathlib.Path, recipients, port, security, ca, password=None, user=None, more=""):
        self.folder, self.password = folder, password
        # A server that gets a password must be confirmed; here nobody sits at a terminal.
        self.trust = ("--trust-server", f"127.0.0.1:{port}")
        folder.mkdir(parents=True)
        user = f"  user: {user}\n" if user else ""
        self.write("hongtou.yaml", f"series: kb\nmail:\n  server: 127.0.0.1\n  port: {port}\n  security: {security}\n"
                   f"  ca: {ca}\n  sender: 甲区创城办 <office@example.cn>\n{user}{more}")
        people = "".join(f"    - 单位{index} <{address}>\n" for index, address in enumerate(recipients))
        self.write("recipients.yaml", f"发:\n  各单位:\n{people}")
        self.write("7.yaml", "masthead: {owner: 青山区, name: 工作快报}\n"
                   "issue: {number: 7, date: 2019-03-14, office: 青山区办公室}\n"
                   "text: 近日，区民政局开展活动。\ndistribution: {subordinates: [各单位]}\n")
        added = self.run("archive", "add", "7.yaml")
        if added.returncode:
            raise SystemExit(added.stdout + added.stderr)

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def run(self, *arguments, before=(), stdin="", timeout=120):
        environment = dict(os.environ)
        if self.password is not None:
            environment["HONGTOU_SMTP_PASSWORD"] = self.password
        began = time.monotonic()
        result = subprocess.run([*before, BINARY, *map(str, arguments)], cwd=self.folder, env=environment,
                                input=stdin, capture_output=True, text=True, timeout=timeout)
        result.seconds = time.monotonic() - began
        said = result.stdout + result.stderr
        if self.password and self.password in said:
            raise SystemExit(f"the password is shown:\n{said}")
        return result

    def send(self, *arguments, **options):
        return self.run("send", "7.yaml", "--retries", 0, *self.trust, *arguments, **options)

    def states(self):
        """What the journal says of each recipient, as `send status` reads it."""
        status = self.run("send", "status", "7", "--format", "json")
        if status.returncode:
            return {}
        return {one["address"]: one for one in json.loads(status.stdout)["recipients"]}
