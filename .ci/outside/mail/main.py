"""Mail over real servers. See `run`."""

import argparse
import pathlib
import shutil
import sys
import tempfile

import confirm
import keyring
import kill
import misbehave
from authority import Authority
from office import Office
from postfix import PASSWORD, USER, Postfix


def first(number, prefix="p"):
    return [f"{prefix}{index:03}@example.cn" for index in range(number)]


def postfix_answers(folder, postfix, ca):
    """What a real server says to what users do wrong; and that what arrives is what was archived."""
    wrong = []
    people = ["wang@example.cn", "nosuch@example.cn", "grey@example.cn"]
    for security, port in (("starttls", postfix.starttls), ("smtps", postfix.smtps)):
        office = Office(folder / security, people, port, security, ca, PASSWORD, USER)
        result = office.send()
        states = {address: one["reason"] or one["state"] for address, one in office.states().items()}
        print(f"{security}: exit {result.returncode}, {states}")
        if (result.returncode, list(states.values())) != (4, ["sent", "no-such-user", "greylisted"]):
            wrong.append(f"{security}: {result.stdout}{result.stderr}")
            continue
        (message,) = [message for box, message in postfix.messages() if box == "wang"]
        (document,) = [part for part in message.walk() if part.get_filename()]
        archived = next((office.folder / "archive/kb/2019/7/r1/data").glob("*.docx"))
        if document.get_payload(decode=True) != archived.read_bytes() or not message["Message-ID"]:
            wrong.append(f"{security}: the attachment is not the archived file")
        test = office.send("--test", "editor@example.cn")
        if test.returncode or postfix.counts()["editor"] != 1 or "editor@example.cn" in office.states():
            wrong.append(f"{security}: test: {test.stdout}{test.stderr}")
        postfix.clear()
        for name, more, said in (("password", {"password": "wrong"}, "用户名或密码不对"), ("no login", {"user": None}, "")):
            options = {"password": PASSWORD, "user": USER} | more
            other = Office(folder / f"{security}-{name}", people[:1], port, security, ca, **options)
            result = other.send()
            print(f"{security}, {name}: exit {result.returncode}, {result.stdout.splitlines()[2:3]}")
            if result.returncode == 0 or said not in result.stdout:
                wrong.append(f"{security}, {name}: {result.stdout}{result.stderr}")
    return wrong


def speed(folder, postfix, ca, number):
    office = Office(folder / "speed", first(number, "s"), postfix.smtps, "smtps", ca, PASSWORD, USER)
    result = office.send()
    counts = postfix.counts()
    size = max(len(message.as_bytes()) for _, message in postfix.messages())
    print(f"{number} messages of {size} bytes over one connection: {result.seconds:.2f} s, {number / result.seconds:.0f} per second")
    bad = [f"speed: exit {result.returncode}\n{result.stdout}"] if result.returncode else []
    bad += [f"speed: {box}: {count}" for box, count in counts.items() if count != 1]
    return bad + ([] if len(counts) == number else [f"speed: {len(counts)} of {number}"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--recipients", type=int, default=40)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skip-misbehaving", action="store_true")
    arguments = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="hongtou-mail-"))
    # Postfix's own users must reach their files.
    folder.chmod(0o755)
    wrong = []
    try:
        authority, stranger = Authority(folder / "authority"), Authority(folder / "stranger")
        if not arguments.skip_misbehaving:
            print("== a server that nobody said yes to")
            wrong += confirm.check(folder / "confirm", authority)
            print("== a server that misbehaves")
            wrong += misbehave.check(folder / "misbehave", authority, stranger)
        postfix = Postfix(folder / "postfix", *authority.certificate("postfix"))
        try:
            print("== Postfix")
            wrong += postfix_answers(folder / "answers", postfix, authority.ca)
            postfix.clear()
            wrong += speed(folder, postfix, authority.ca, max(30, arguments.recipients))
            postfix.clear()
            print("== the password in the system's keyring")
            wrong += keyring.check(folder / "keyring", postfix, authority.ca, PASSWORD, USER)
            print("== killed and started again")
            recipients = first(arguments.recipients)
            office = Office(folder / "kill", recipients, postfix.starttls, "starttls", authority.ca, PASSWORD, USER)
            wrong += kill.check(office, postfix, recipients, arguments.kills, arguments.seed)
        finally:
            postfix.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for one in wrong:
        print(f"WRONG: {one}", file=sys.stderr)
    print(f"mail: {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
