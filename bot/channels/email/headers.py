"""Headers of letters as they stand on the wire. They are written here and not by the mail library.

The library reads each value before it writes it. It takes what looks like an encoded word in a title
for one, so that a title could add headers, and it encodes identifiers and addresses of pages that do
not fit into a line, so that mail programs do not find them (RFC 2047 allows neither).
"""

import unicodedata
from email.header import Header
from email.policy import EmailPolicy
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import quote as percent_encoded

from surveys.clusters import shortened

LONGEST_SUBJECT = 150
LINE = 76
"""The longest line with an encoded word; the word has a letter less, and so is within 75."""
ENCODED_WORD = "=?"
"""How an encoded word begins. A text that has it is encoded itself, so that it is read as written."""
_OF_ADDRESSES = "%/:=&?~#+!$,;'@()*[]-._"
_WRITTEN = {
    "from", "to", "reply-to", "subject", "message-id", "in-reply-to", "references",
    "list-unsubscribe", "list-unsubscribe-post",
}  # fmt: skip


class AsWritten(EmailPolicy):
    """A policy under which the headers of this module stay as they were written."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Return the header as it is kept: one of this module without reading it."""
        return (
            (name, value) if name.lower() in _WRITTEN else super().header_store_parse(name, value)
        )


def policy_to(recipient: str) -> AsWritten:
    """Return the policy of letters to an address, which may be in any script."""
    return AsWritten(
        linesep="\r\n", max_line_length=LINE, refold_source="none", utf8=not recipient.isascii()
    )


def subject(text: str) -> str:
    """Return the value of Subject, cut between two visible characters if it is too long."""
    return _folded(shortened(one_line(text), LONGEST_SUBJECT), "Subject")


def sender(text: str, name: str) -> str:
    """Return the value of From or Reply-To for an address such as `Office <office@example.org>`."""
    title, address = parseaddr(text)
    title = one_line(title)
    if _is_plain(title):
        return formataddr((title, address))
    return f"{_folded(title, name)}\r\n <{address}>"


def page(url: str) -> str:
    """Return the address of a page as a value: on one line, however long it is."""
    return f"<{percent_encoded(url, safe=_OF_ADDRESSES)}>"


def one_line(text: str) -> str:
    """Return a text without line breaks and control characters."""
    kept = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    return " ".join(kept.split())


def _folded(text: str, name: str) -> str:
    """Return a text as the value of the header `name`, in encoded words if it needs them."""
    charset = "us-ascii" if _is_plain(text) else "utf-8"
    return Header(text, charset, LINE, name).encode(linesep="\r\n")


def _is_plain(text: str) -> bool:
    return text.isascii() and ENCODED_WORD not in text
