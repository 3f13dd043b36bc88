"""Whether what a parser read is what was meant, and whether the bytes keep the rules."""

import base64
import html.parser
import re

HEADERS = {
    "date", "from", "to", "reply-to", "subject", "message-id", "list-id", "auto-submitted",
    "x-auto-response-suppress", "precedence", "content-language", "x-unsent", "mime-version", "content-type",
}


def wrong(said, meant):
    """The fields that differ from what was meant."""
    found = []
    for key in ("from", "to", "reply", "subject"):
        if said[key] != meant[key]:
            found.append(f"{key}: {said[key]!r}, not {meant[key]!r}")
    if [(file["name"], file["sha256"]) for file in said["files"]] != meant["files"]:
        found.append(f"files: {said['files']!r}")
    for file in said["files"]:
        if file["type_name"] != file["name"]:
            found.append(f"name= says {file['type_name']!r}")
    if not re.fullmatch(r"<mtg-kuaibao\.2019\.155\.r1\.(test\.)?[0-9a-f]{32}@163\.com>", said["id"] or ""):
        found.append(f"id: {said['id']!r}")
    for line in [meant["greeting"] + "：", *meant["lines"]]:
        if line not in said["text"].split("\n") and f"{line}" not in said["text"]:
            found.append(f"the text lacks {line!r}")
    words = Words()
    words.feed(said["html"])
    for line in [meant["greeting"] + "：", *meant["lines"]]:
        bare = re.sub(r"^\d+\. ", "", line)
        if bare not in words.text:
            found.append(f"the HTML lacks {bare!r}")
    if words.fetched:
        found.append(f"the HTML fetches {words.fetched}")
    return found + [f"defect: {defect}" for defect in said.get("defects", ())]


class Words(html.parser.HTMLParser):
    """The text of an HTML part, and what it would fetch."""

    def __init__(self):
        super().__init__()
        self.text, self.fetched = "", []

    def handle_data(self, data):
        self.text += data

    def handle_starttag(self, tag, attributes):
        self.fetched += [value for name, value in attributes if name in ("src", "background")]
        if tag in ("script", "link", "img", "iframe", "table"):
            self.fetched.append(tag)


def broken(data):
    """Rules of the bytes that are broken (RFC 5322, 2045, 2047)."""
    found = []
    if not data.isascii():
        found.append("bytes beyond ASCII")
    text = data.decode("ascii", "replace")
    if re.search(r"(?<!\r)\n|\r(?!\n)|\0", text):
        found.append("a bare CR, LF or NUL")
    if max(len(line) for line in text.split("\r\n")) > 998:
        found.append("a line of more than 998 characters")
    head = text.split("\r\n\r\n")[0]
    for line in head.split("\r\n"):
        if len(line) > 78:
            found.append(f"a header line of {len(line)} characters: {line}")
        if not line.startswith(" ") and line.split(":")[0].lower() not in HEADERS:
            found.append(f"a header that was not meant: {line}")
    for word in re.findall(r"=\?[^? ]+\?[^? ]\?[^? ]*\?=", text):
        if len(word) > 75:
            found.append(f"an encoded word of {len(word)} characters")
        try:
            base64.b64decode(word.split("?")[3], validate=True).decode("utf-8")
        except ValueError:
            found.append(f"an encoded word that is not whole by itself: {word}")
    return found
