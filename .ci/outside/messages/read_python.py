"""Messages as Python's email package reads them: every defect, every header, every part."""

import email
import email.errors
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
    one = lambda name: message[name].addresses[0] if message[name] and len(message[name].addresses) == 1 else None
    return {
        "defects": defects,
        "from": mailbox(one("From")),
        "to": mailbox(one("To")),
        "reply": mailbox(one("Reply-To")),
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


def mailbox(address):
    return None if address is None else [address.display_name, address.addr_spec]


def lines(text):
    return text.replace("\r\n", "\n")
