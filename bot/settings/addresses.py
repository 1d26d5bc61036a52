"""Addresses in the settings: of the page, and of who writes the letters."""

import re
from email.utils import parseaddr
from urllib.parse import urlsplit

_MAILBOX = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")
_ON_THE_WIRE = re.compile(r"[!-~]*")
"""ASCII without spaces: a name in another script is written as xn--…"""


def check_page_address(value: str | None) -> str | None:
    """Return the address of the page without a slash at its end. Raises ValueError if it is none."""
    parts = urlsplit(value or "https://example.org")
    plain = not (parts.query or parts.fragment or parts.username)
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise ValueError("This is not an address such as https://followup.example.org")
    if value and not _ON_THE_WIRE.fullmatch(value):
        raise ValueError("Write the address in ASCII, such as https://xn--bcher-kva.example")
    return value.rstrip("/") if value else None


def check_sender(value: str) -> str:
    """Return an address with or without a name. Raises ValueError if it is none."""
    address = parseaddr(value)[1]
    if value and not (_MAILBOX.fullmatch(address) and _ON_THE_WIRE.fullmatch(address)):
        raise ValueError("This is not an address in ASCII such as Office <office@example.org>")
    return value
