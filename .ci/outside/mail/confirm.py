"""A person at the terminal is asked whether a server may have the password: once, and only yes is yes."""

import os
import pty
import select
import subprocess
import time

from misbehave import Case, Server
from office import BINARY, Office

PASSWORD = "天书 s3cret"


def at_terminal(office, answer, *arguments, home):
    """Runs on a terminal of its own and answers its question, if there is one: exit code and screen."""
    leader, follower = pty.openpty()
    environment = dict(os.environ) | {"HONGTOU_SMTP_PASSWORD": PASSWORD, "XDG_CONFIG_HOME": str(home)}
    process = subprocess.Popen([BINARY, *arguments], cwd=office.folder, env=environment, stdin=follower,
                               stdout=follower, stderr=follower, start_new_session=True)
    os.close(follower)
    screen, answered, until = b"", False, time.monotonic() + 60
    while time.monotonic() < until:
        if select.select([leader], [], [], 0.2)[0]:
            try:
                piece = os.read(leader, 65536)
            except OSError:  # the other end is closed: Linux's way to say so
                break
            if not piece:
                break
            screen += piece
        if not answered and "（是/否）".encode() in screen:
            os.write(leader, f"{answer}\n".encode())
            answered = True
    process.kill() if process.poll() is None and time.monotonic() >= until else None
    return process.wait(), screen.decode("utf-8", "replace"), answered


def check(folder, authority):
    server = Server(Case("250", 0, "寄到1位", "sent"), {"good": authority.certificate("asked")})
    server.start()
    office = Office(folder, ["wang@example.cn"], server.port, "starttls", authority.ca, PASSWORD, "office@example.cn")
    home = folder / "configuration"
    send = ("send", "7.yaml", "--retries", "0", "--test", "editor@example.cn")
    book = home / "hongtou" / "mail-servers.json"
    wrong = []

    def see(what, answer, code, asked, taken, said=""):
        found = at_terminal(office, answer, *send, home=home)
        print(f"{what}: exit {found[0]}, asked: {found[2]}, taken: {server.taken}")
        if (found[0], found[2], server.taken) != (code, asked, taken) or said not in found[1] or PASSWORD in found[1]:
            wrong.append(f"confirm: {what}: {found}, taken {server.taken}")

    see("no answer", "", 3, True, 0, "没有确认发信服务器")
    see("no", "否", 3, True, 0, str(office.folder / "hongtou.yaml"))
    if book.exists():
        wrong.append("confirm: kept without a yes")
    see("yes", "是", 0, True, 1, f"127.0.0.1:{server.port}")
    mode = book.stat().st_mode & 0o777
    if mode != 0o600:
        wrong.append(f"confirm: {book} has mode {mode:o}")
    see("not again", "否", 0, False, 2)
    settings = (office.folder / "hongtou.yaml").read_text(encoding="utf-8")
    office.write("hongtou.yaml", settings.replace("user: office", "user: other"))
    see("another user", "否", 3, True, 2, "other@example.cn")
    office.write("hongtou.yaml", settings.replace("127.0.0.1", "localhost"))
    see("another name", "否", 3, True, 2, "与上次确认的不同")
    server.listener.close()
    return wrong
