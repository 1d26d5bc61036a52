"""The headers of a letter on the wire: their raw bytes, and what mail programs read in them."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.policy import compat32, default
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.channels.email import Letterhead
from bot.channels.email.composing import compose, mailbox
from bot.messaging.messages import Card, DeliveryError, Envelope, File
from surveys.wording import Words, worded_languages

LANGUAGES = worded_languages()
NOW = datetime(2018, 8, 9, 3, 0, tzinfo=UTC)
HEAD = Letterhead(
    "Văn phòng khu vực ROCB A/P của Tổ chức Hải quan Thế giới tại châu Á <followup@rocb.example>",
    "office@rocb.example",
)
TO = Address(username="an", domain="ex.org")
LONG = "https://followup.asia-pacific.customs-capacity-building.example.org/answers/of/officers"
ENVELOPE = Envelope(
    subject="Six months after the workshop",
    language="en",
    label="Open the questionnaire",
    url=f"{LONG}/q/secret",
    alone="This link is for you alone.",
    about="The office writes to you.",
    stop_label="Stop these messages",
    stop_url=f"{LONG}/stop/{'s' * 43}",
    key="case7-2.20180808T210000",
    thread="case7-1.20180808T210000",
)
NAMES = [
    "From", "To", "Reply-To", "Subject", "Date", "Auto-Submitted", "Message-ID", "In-Reply-To",
    "References", "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type",
]  # fmt: skip
HOSTILE = "x =?utf-8?q?=0D=0ABcc:_all=40ex.org=0D=0A=0D=0Abody?= y"
PIECES = [
    "=?",
    "?=",
    "=?utf-8?q?",
    "=0D=0A",
    "\r\n",
    "\n",
    "Bcc: a@ex.org",
    "\u2028",
    "\x00",
    "ក្ម",
    "👨‍👩‍👧",
    " ",
]
TEXTS = st.lists(st.one_of(st.text(max_size=40), st.sampled_from(PIECES)), max_size=12).map(
    "".join
)
WORKSHOP = "Combating counterfeiting and piracy in the Pacific, and what came after it"


def raw(subject: str = ENVELOPE.subject, to: Address = TO, **changed: str) -> bytes:
    envelope = replace(ENVELOPE, subject=subject, **changed)
    return compose(HEAD, to, Card("Hello An.", envelope=envelope), NOW).as_bytes()


def head_of(letter: bytes) -> list[bytes]:
    return letter.partition(b"\r\n\r\n")[0].split(b"\r\n")


def line_of(letter: bytes, name: str) -> str:
    """The one line of a header that is not folded."""
    lines = head_of(letter)
    (at,) = [n for n, line in enumerate(lines) if line.startswith(f"{name}: ".encode())]
    assert not lines[at + 1].startswith(b" "), lines[at + 1]
    return lines[at].decode().partition(": ")[2]


def subjects(letter: bytes) -> tuple[str, str]:
    """The subject as programs read it that know the newer and the older library."""
    old = message_from_bytes(letter, policy=compat32)["Subject"]
    return message_from_bytes(letter, policy=default)["Subject"], str(
        make_header(decode_header(old))
    )


def plain(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-/", max_size=700))
def test_what_programs_read_stays_on_one_line_however_long_the_address_is(path: str) -> None:
    url = f"https://followup.example.org/{path}"
    letter = raw(stop_url=url)
    assert line_of(letter, "List-Unsubscribe") == f"<{url}>"
    assert message_from_bytes(letter, policy=compat32)["List-Unsubscribe"] == f"<{url}>"


@pytest.mark.parametrize("length", [1, 20, 48, 78, 200])
def test_ids_stay_plain_however_long_the_domain_of_the_sender_is(length: int) -> None:
    domain = ".".join(["d" * 50] * (length // 50) + ["d" * (length % 50 or 1), "example"])
    head = replace(HEAD, sender=f"ROCB <followup@{domain}>")
    letter = compose(head, TO, Card("Hello.", envelope=ENVELOPE), NOW).as_bytes()
    assert line_of(letter, "Message-ID") == f"<{ENVELOPE.key}@{domain}>"
    for name in ("In-Reply-To", "References"):
        assert line_of(letter, name) == f"<{ENVELOPE.thread}@{domain}>"


@settings(max_examples=40)
@given(TEXTS)
@example(HOSTILE)
@example(f"{HOSTILE}\r\nBcc: all@ex.org")
def test_no_title_adds_a_header_and_programs_read_it_as_it_was_written(text: str) -> None:
    letter = raw(text)
    for policy in (default, compat32):
        assert message_from_bytes(letter, policy=policy).keys() == NAMES
    shown = plain(text)
    for read in subjects(letter):
        if len(shown) <= 150:
            assert plain(read) == shown
        else:
            assert read.endswith("…")
            assert shown.startswith(plain(read[:-1]))
            assert len(read) <= 150


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_encoded_words_are_within_75_letters_and_lines_within_78(text: str, language: str) -> None:
    words = Words(language)
    letter = raw(words("Stop these messages") + words.colon + text + WORKSHOP, language=language)
    for line in head_of(letter):
        assert line.isascii()
        for word in re.findall(rb"=\?[^?]*\?[^?]*\?[^?]*\?=", line):
            assert len(word) <= 75
            assert len(line) <= 76


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_subject_is_cut_between_visible_characters(language: str) -> None:
    """Of every length, so that the cut meets each place in the text once."""
    said = Words(language)("Stop these messages")
    for more in range(30):
        text = "x" * more + (said + " ") * 30
        for read in subjects(raw(text)):
            assert read.endswith("…")
            assert text.startswith(read[:-1])
            cut = len(read[:-1])
            assert not re.match(
                r"[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u17b4-\u17d3]", text[cut]
            )


@given(st.emails() | TEXTS.map(lambda text: f"{text}@ex.org"))
@example("=?utf-8?q?x=0D=0ABcc:_b=40ex.org?=@ex.org")
def test_no_address_adds_a_header(address: str) -> None:
    try:
        to = mailbox(address)
    except DeliveryError:
        return
    letter = raw(to=to)
    found = message_from_bytes(letter, policy=default)
    assert found.keys() == NAMES
    assert line_of(letter, "To") == to.addr_spec
    if to.addr_spec.isascii():
        assert [one.addr_spec for one in found["To"].addresses] == [to.addr_spec]


@given(TEXTS)
@example("=?utf-8?q?x=0D=0ABcc:_b=40ex.org?=.pdf")
def test_no_name_of_a_file_adds_a_header(name: str) -> None:
    letter = compose(HEAD, TO, Card("A report."), NOW, File(name, b"%PDF")).as_bytes()
    parts: Any = message_from_bytes(letter, policy=compat32).get_payload()
    _, part = parts
    assert sorted(part.keys()) == [
        "Content-Disposition", "Content-Transfer-Encoding", "Content-Type", "MIME-Version",
    ]  # fmt: skip
    assert b"Bcc:" not in re.split(rb"\r\n\r\n", letter)[0]


def test_a_long_name_of_the_office_is_read_whole_beside_its_address() -> None:
    letter = raw()
    (address,) = message_from_bytes(letter, policy=default)["From"].addresses
    assert address.addr_spec == "followup@rocb.example"
    written = message_from_bytes(letter, policy=compat32)["From"]
    assert str(make_header(decode_header(written))) == HEAD.sender


def test_lines_of_the_text_are_within_76_letters_as_the_encoding_asks() -> None:
    body = compose(HEAD, TO, Card("Một ngày dài " * 40), NOW).as_bytes().partition(b"\r\n\r\n")[2]
    assert max(len(line) for line in body.split(b"\r\n")) <= 76
