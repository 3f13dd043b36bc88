"""Messages as Python's email package reads them: every defect, every header, every part."""

import email
import email.errors
import email.header
import email.policy
import hashlib


def read(data):
    """What a message says, and what is wrong with it."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    defects = []
    for part in message.walk():
        defects += [repr(defect) for defect in part.defects]
        for name, value in part.items():
            for defect in getattr(value, "defects", ()):
                if not expected(part, name, defect):
                    defects.append(f"{name}: {defect!r}")
    old = email.message_from_bytes(data, policy=email.policy.compat32)

    def one(name):
        addresses = message[name].addresses if message[name] else ()
        return mailbox(old[name], addresses[0]) if len(addresses) == 1 else None

    return {
        "defects": defects,
        "from": one("From"),
        "to": one("To"),
        "reply": one("Reply-To"),
        "subject": message["Subject"],
        "id": message["Message-ID"],
        "text": lines(message.get_body(("plain",)).get_content()),
        "html": lines(message.get_body(("html",)).get_content()),
        "files": [
            {
                "name": part.get_filename(),
                "type_name": part["Content-Type"].params.get("name"),
                "sha256": hashlib.sha256(part.get_content()).hexdigest(),
            }
            for part in message.iter_attachments()
        ],
    }


def expected(part, name, defect):
    """The name of a file stands in encoded words in the quotes of `name=`, for the programs that read
    it only there. RFC 2047 forbids it, and Python says so."""
    return (
        name == "Content-Type"
        and part.is_attachment()
        and isinstance(defect, email.errors.InvalidHeaderDefect)
        and "encoded" in str(defect)
    )


def mailbox(raw, address):
    """Name and address. The newer reader of names puts a space between encoded words (Python 3.11),
    against RFC 2047 section 6.2; the older one does not."""
    shown = str(email.header.make_header(email.header.decode_header(raw)))
    name = shown.rpartition("<")[0].strip()
    if len(name) > 1 and name[0] == name[-1] == '"' and "=?" not in raw:
        name = name[1:-1]
    return [name, address.addr_spec]


def lines(text):
    return text.replace("\r\n", "\n")
