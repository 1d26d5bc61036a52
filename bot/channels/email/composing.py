"""Composes a letter: the text and HTML of a card with its links. Knows no server.

`bot.channels.email.headers` writes its headers: nothing that a list or a name contained adds one.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from mimetypes import guess_type

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.channels.email.headers import ENCODED_WORD, one_line, page, policy_to, sender, subject
from bot.messaging.messages import Card, DeliveryError, Envelope, File
from surveys.bidi import direction
from surveys.wording import Words

NO_MAILBOX = "no_mailbox"
_NEITHER = r"[^@\s\x00-\x1f\x7f,;:<>()\[\]\\\"]+"
_MAILBOX = re.compile(f"(?!.*=\\?)(?P<local>{_NEITHER})@(?P<domain>{_NEITHER})")


@dataclass(frozen=True)
class Letterhead:
    """The sender of all letters: From and Reply-To, such as `Office <office@example.org>`."""

    sender: str
    reply_to: str = ""

    @property
    def address(self) -> str:
        """Return the address of the sender without the name."""
        return parseaddr(self.sender)[1]

    @property
    def domain(self) -> str:
        """Return the domain of the sender, which makes message ids globally unique."""
        return self.address.rpartition("@")[2]

    def message_id(self, key: str) -> str:
        """Return the Message-ID of a letter with this key."""
        return f"<{key}@{self.domain}>"


def mailbox(identifier: str) -> Address:
    """Return an address for mail servers: the domain in ASCII, the local part as written.

    Raises DeliveryError if `identifier` is not an address.
    """
    found = _MAILBOX.fullmatch(identifier)
    domain = ""
    if found is not None:
        with suppress(UnicodeError):
            domain = found["domain"].encode("idna").decode()
    if found is None or not domain:
        raise DeliveryError(NO_MAILBOX, permanent=True)
    return Address(username=found["local"], domain=domain)


def compose(
    head: Letterhead, to: Address, card: Card, date: datetime, file: File | None = None
) -> EmailMessage:
    """Return the letter of a card. Without an envelope (for staff) the first line is its subject."""
    envelope = card.envelope
    letter = EmailMessage(policy=policy_to(to.addr_spec))
    letter["From"] = sender(head.sender, "From")
    letter["To"] = to.addr_spec
    if head.reply_to:
        letter["Reply-To"] = sender(head.reply_to, "Reply-To")
    first_line = card.text.strip().partition("\n")[0]
    letter["Subject"] = subject(envelope.subject if envelope else first_line)
    letter["Date"] = format_datetime(date)
    letter["Auto-Submitted"] = "auto-generated"
    if envelope is not None:
        _set_ids(letter, head, envelope)
    letter.set_content(_text(card), cte="quoted-printable")
    if envelope is not None:
        letter.add_alternative(_html(card, envelope), subtype="html", cte="quoted-printable")
    if file is not None:
        kind = guess_type(file.name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        letter.add_attachment(file.content, main, sub, filename=_file_name(file))
    return letter


def _set_ids(letter: EmailMessage, head: Letterhead, envelope: Envelope) -> None:
    """Set the headers to identify, group and unsubscribe from letters (RFC 5322, RFC 8058)."""
    letter["Message-ID"] = head.message_id(envelope.key)
    if envelope.thread:
        letter["In-Reply-To"] = head.message_id(envelope.thread)
        letter["References"] = head.message_id(envelope.thread)
    letter["List-Unsubscribe"] = page(envelope.stop_url)
    letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _file_name(file: File) -> str:
    """Return a name that the mail library does not take for an encoded word."""
    return one_line(file.name).replace(ENCODED_WORD, "=")


def _text(card: Card) -> str:
    """Return the plain text of a letter."""
    envelope = card.envelope
    if envelope is None:
        return card.text
    colon = Words(envelope.language).colon
    parts = [
        card.text,
        f"{envelope.label}{colon.rstrip()}\n{envelope.url}",
        envelope.alone,
        f"-- \n{envelope.about}\n{envelope.stop_label}{colon}{envelope.stop_url}",
    ]
    return "\n\n".join(parts)


def _html(card: Card, envelope: Envelope) -> str:
    paragraphs = [part.split("\n") for part in card.text.split("\n\n")]
    return _template().render(
        paragraphs=paragraphs, letter=envelope, direction=direction(envelope.language)
    )


@lru_cache
def _template() -> Template:
    loader = PackageLoader("bot.channels.email")
    place = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return place.get_template("letter.html")
