#!/usr/bin/env python3
"""The mail checks can fail: each is shown a message with one thing wrong."""

import hashlib
import sys

import judge
import read_python

NAME = "快报.docx"
GOOD = """From: =?UTF-8?B?5Yqe?= <mtgccbxcz@163.com>\r
To: =?UTF-8?B?546L6Iqz?= <a@b.cn>\r
Reply-To: mtgccbxcz@163.com\r
Subject: =?UTF-8?B?5b+r5oql?=\r
Message-ID: <mtg-kuaibao.2019.155.r1.00000000000000000000000000000000@163.com>\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary="m"\r
\r
--m\r
Content-Type: multipart/alternative; boundary="t"\r
\r
--t\r
Content-Type: text/plain; charset=utf-8\r
Content-Transfer-Encoding: base64\r
\r
546L6Iqz77yaDQoxLiDmoIfpopgNCg==\r
--t\r
Content-Type: text/html; charset=utf-8\r
Content-Transfer-Encoding: base64\r
\r
PHA+546L6Iqz77yaPC9wPjxsaT7moIfpopg8L2xpPg==\r
--t--\r
--m\r
Content-Type: application/octet-stream;\r
 name="=?UTF-8?B?5b+r5oqlLmRvY3g=?="\r
Content-Disposition: attachment;\r
 filename*=UTF-8''%E5%BF%AB%E6%8A%A5.docx\r
Content-Transfer-Encoding: base64\r
\r
UEs=\r
--m--\r
"""

MEANT = {
    "from": ["办", "mtgccbxcz@163.com"],
    "to": ["王芳", "a@b.cn"],
    "reply": ["", "mtgccbxcz@163.com"],
    "subject": "快报",
    "files": [(NAME, hashlib.sha256(b"PK").hexdigest())],
    "greeting": "王芳",
    "lines": ["标题"],
}

SLIPS = {
    "sender": ("<mtgccbxcz@163.com>\r\nTo", "<other@163.com>\r\nTo"),
    "recipient's name": ("5Yqe", "5aSn"),
    "second recipient": ("<a@b.cn>", "<a@b.cn>, <c@d.cn>"),
    "subject": ("5b+r5oql?=\r\nMessage", "5b+r?=\r\nMessage"),
    "greeting": ("546L6Iqz77yaDQo", "546L77yaDQo"),
    "headline in the HTML": ("7moIfpopg8", "7moIfpopk8"),
    "attachment": ("UEs=", "UEw="),
    "name in the disposition": ("%A5.docx", "%A6.docx"),
    "name in the type": ("5b+r5oqlLmRvY3g=", "5b+r5oqlLmRvYw=="),
    "missing boundary": ("--m--\r\n", ""),
    "Message-ID": ("155.r1", "156.r1"),
    "no base64": ("UEs=", "U*s"),
}

BYTES = {
    "header that was not meant": ("MIME-Version", "Bcc: x@y.cn\r\nMIME-Version"),
    "bare LF": ("MIME-Version: 1.0\r\n", "MIME-Version: 1.0\n"),
    "long line": ("UEs=", "UEs=" * 300),
    "split character": ("5b+r5oql?=\r\nMessage", "5b+r5g==?=\r\nMessage"),
    "long word": ("5b+r5oql?=\r\nMessage", "5b+r5oql" * 9 + "?=\r\nMessage"),
    "Chinese in a header": ("Subject: ", "Subject: 快报"),
}


def main():
    found = judge.wrong(read_python.read(GOOD.encode()), MEANT) + judge.broken(GOOD.encode())
    if found:
        sys.exit(f"the good message was found wrong: {found}")
    for name, (old, new) in SLIPS.items():
        changed = GOOD.replace(old, new, 1)
        if changed == GOOD:
            sys.exit(f"{name}: the slip is not in the message")
        try:
            found = judge.wrong(read_python.read(changed.encode()), MEANT)
        except Exception as error:
            found = [repr(error)]
        if not found:
            sys.exit(f"{name}: nothing was found wrong")
    for name, (old, new) in BYTES.items():
        changed = GOOD.replace(old, new, 1)
        if changed == GOOD or not judge.broken(changed.encode()):
            sys.exit(f"{name}: nothing was found wrong")
    print(f"{len(SLIPS) + len(BYTES)} slips found")


main()
