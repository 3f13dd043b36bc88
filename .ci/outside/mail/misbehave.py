"""A mail server that misbehaves on purpose, over STARTTLS, and what the user sees of it."""

import dataclasses
import pathlib
import socket
import ssl
import threading
import time

from office import Office


@dataclasses.dataclass
class Case:
    name: str
    exit: int
    said: str  # in what the user sees
    state: str  # of the recipient, by the journal
    taken: int = 0
    reason: str | None = None
    greeting: str = "220 scripted"
    starttls: bool = True
    certificate: str = "good"
    slipped: str = ""  # in clear, behind the answer to STARTTLS
    login: str = "235 2.7.0 ok"
    sender: str = "250 2.1.0 ok"
    recipient: str = "250 2.1.5 ok"
    end: str = "250 2.0.0 Ok: queued"
    pause: float = 0
    encoding: str = "utf-8"


CASES = [
    Case("250 (nothing wrong)", 0, "寄到1位", "sent", taken=1),
    Case("slow answer after the message", 0, "寄到1位", "sent", taken=1, pause=6),
    Case("421 at the greeting", 3, "发信服务器现在不接受连接", "waiting", reason="too-many-connections", greeting="421 4.7.0 Too many connections"),
    Case("554 at the greeting", 3, "不许这台机器连接", "waiting", reason="shut", greeting="554 5.7.1 No service"),
    Case("no STARTTLS", 3, "不提供加密（STARTTLS）", "waiting", reason="no-tls", starttls=False),
    Case("answers slipped in behind STARTTLS", 3, "多出了不加密的答复", "waiting", reason="tls-failed",
         slipped="\r\n250-x\r\n250 AUTH PLAIN\r\n235 ok\r\n250 x\r\n250 ok\r\n250 ok\r\n354 go\r\n250 ok"),
    Case("one answer slipped in behind STARTTLS", 3, "多出了不加密的答复", "waiting", reason="tls-failed",
         slipped="\r\n250-x\r\n250 AUTH PLAIN"),
    Case("certificate: another authority's", 3, "证书不可信", "waiting", reason="certificate-untrusted", certificate="stranger"),
    Case("certificate: signed by itself", 3, "证书不可信", "waiting", reason="certificate-untrusted", certificate="itself"),
    Case("certificate: expired", 3, "证书已过期", "waiting", reason="certificate-expired", certificate="expired"),
    Case("certificate: another name", 3, "发给别的名字", "waiting", reason="certificate-wrong-name", certificate="name"),
    Case("535 at AUTH", 3, "用户名或密码不对", "waiting", reason="wrong-password", login="535 5.7.8 authentication failed"),
    Case("454 at AUTH", 3, "现在不能核对密码", "waiting", reason="login-later", login="454 4.7.0 later"),
    Case("553 at MAIL FROM", 3, "不接受这个发件人", "waiting", reason="sender-refused", sender="553 5.7.1 Sender rejected"),
    Case("550 in GBK at RCPT TO", 4, "没有这个收件人", "failed", recipient="550 用户不存在", encoding="gbk", reason="no-such-user"),
    Case("250 in GBK after the message", 0, "寄到1位", "sent", taken=1, end="250 邮件已接收", encoding="gbk"),
    Case("no reply at RCPT TO", 4, "答复读不懂", "failed", recipient="hello?", reason="garbled"),
    Case("552 at MAIL FROM", 4, "邮件太大", "failed", sender="552 5.3.4 Message size exceeds limit", reason="too-large"),
    Case("450 at RCPT TO", 4, "暂时不收", "failed", recipient="450 4.2.0 Greylisted", reason="greylisted"),
    Case("452 at RCPT TO", 4, "邮箱满了", "failed", recipient="452 4.2.2 Over quota", reason="no-room"),
    Case("550 at RCPT TO", 4, "没有这个收件人", "failed", recipient="550 5.1.1 User unknown", reason="no-such-user"),
    Case("drops the line at RCPT TO", 4, "连接断了", "failed", recipient="DROP", reason="dropped"),
    Case("421 at RCPT TO", 4, "暂时不行", "failed", recipient="421 4.3.2 shutting down", reason="try-later"),
    # A short message is in the system's buffers as a whole before the drop shows.
    Case("drops the line in the message", 4, "不知道收到没有", "unknown", end="DROP-IN-TEXT"),
    Case("451 after the message", 4, "暂时不收", "failed", end="451 4.7.1 Try later", reason="greylisted"),
    Case("552 after the message", 4, "邮件太大", "failed", end="552 5.3.4 Too big", reason="too-large"),
    Case("554 after the message", 4, "拒收这封邮件", "failed", end="554 5.7.1 Spam", reason="content-refused"),
    Case("421 after the message", 4, "暂时不行", "failed", end="421 4.3.2 shutting down", reason="try-later"),
    Case("takes it, drops the line before the answer", 4, "不知道收到没有", "unknown", end="TAKE-DROP", taken=1),
    Case("drops it and the line before the answer", 4, "不知道收到没有", "unknown", end="DROP"),
    Case("drops the line after the answer", 0, "寄到1位", "sent", end="250-THEN-DROP", taken=1),
]


class Server(threading.Thread):
    def __init__(self, case, certificates):
        super().__init__(daemon=True)
        self.case, self.taken = case, 0
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(*certificates[case.certificate])
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def run(self):
        while True:
            try:
                stream, _ = self.listener.accept()
            except OSError:
                return
            try:
                self.talk(stream)
            except OSError:
                pass
            finally:
                stream.close()

    def talk(self, stream):
        case, secure = self.case, False
        stream.settimeout(20)
        lines = stream.makefile("rb")

        def say(text):
            stream.sendall(text.encode(case.encoding) + b"\r\n")

        say(case.greeting)
        while line := lines.readline():
            command = line.split()[0].upper() if line.split() else b""
            if command == b"EHLO":
                offers = ["scripted"] + (["STARTTLS"] if case.starttls and not secure else [])
                offers += ["AUTH PLAIN LOGIN"] if secure else []
                say("\r\n".join(f"250-{offer}" for offer in offers) + "\r\n250 HELP")
            elif command == b"STARTTLS":
                say("220 go" + case.slipped)
                stream = self.context.wrap_socket(stream, server_side=True)
                lines, secure = stream.makefile("rb"), True
            elif command == b"AUTH":
                say(case.login)
            elif command == b"MAIL":
                say(case.sender)
            elif command == b"RCPT":
                if case.recipient == "DROP":
                    return stream.close()
                say(case.recipient)
                if case.recipient.startswith("421"):
                    return stream.close()
            elif command == b"DATA":
                say("354 go")
                if case.end == "DROP-IN-TEXT":
                    lines.readline()
                    return stream.close()
                while (line := lines.readline()) != b".\r\n":
                    if not line:
                        return  # without its end there is no message
                time.sleep(case.pause)
                self.taken += case.end.startswith(("250", "TAKE"))
                if case.end in ("DROP", "TAKE-DROP"):
                    return stream.close()
                say("250 2.0.0 Ok: queued" if case.end == "250-THEN-DROP" else case.end)
                if case.end == "250-THEN-DROP" or case.end.startswith("421"):
                    return stream.close()
            elif command == b"QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")


def check(folder: pathlib.Path, authority, stranger):
    """Runs every case; prints the table; returns what is wrong."""
    certificates = {
        "good": authority.certificate("good"),
        "stranger": stranger.certificate("stranger"),
        "itself": authority.certificate("itself", signed=False),
        "expired": authority.certificate("expired", expired=True),
        "name": authority.certificate("name", alternative="DNS:mail.example.org"),
    }
    wrong = []
    print(f"{'answer':46} exit  journal   taken  the user sees")
    for index, case in enumerate(CASES):
        server = Server(case, certificates)
        server.start()
        office = Office(folder / str(index), ["wang@example.cn"], server.port, "starttls", authority.ca,
                        password="天书 s3cret", user="office@example.cn", more="  timeout: 4\n")
        result = office.send()
        state = office.states().get("wang@example.cn", {"state": "waiting", "reason": None})
        lines = (result.stdout + result.stderr).splitlines()
        at = next((at for at, line in enumerate(lines) if case.said in line), None)
        # What the server said to whom stands under the heading.
        seen = None if at is None else " ".join(line.strip() for line in lines[at:at + 1 + lines[at].endswith("：")])
        print(f"{case.name:46} {result.returncode:4}  {state['state']:8}  {server.taken:5}  {seen or lines}")
        found = (result.returncode, state["state"], state["reason"], server.taken, seen is not None)
        if found != (case.exit, case.state, case.reason, case.taken, True):
            wrong.append(f"{case.name}: {found}\n{result.stdout}{result.stderr}")
        # Once more: whoever has it, or may have it, gets no other.
        office.send()
        again = server.taken - case.taken
        if again:
            wrong.append(f"{case.name}: taken {again} more times by a second run")
        server.listener.close()
    return wrong
