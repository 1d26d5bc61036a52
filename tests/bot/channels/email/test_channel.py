"""Letters over SMTP: what arrives, what is refused, and which outcomes are unknown."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from bot.channels.email import EmailChannel, Letterhead, Server
from bot.messaging.messages import Card, DeliveryError, Envelope, File
from tests.bot.channels.email.post_office import GONE, SILENT, PostOffice, post_office
from tests.patience import BRIEF, PATIENCE

NOW = datetime(2018, 8, 9, 3, 0, tzinfo=UTC)
HEAD = Letterhead("ROCB A/P <followup@rocb.example>", "office@rocb.example")
AROUND = Envelope(
    subject="Six months after the workshop: Ôn tập, Hà Nội",
    language="en",
    label="Open the questionnaire",
    url="https://followup.example.org/q/secret-1",
    alone="This link is for you alone.",
    about="The office writes to you. Questions: office@rocb.example.",
    stop_label="Stop these messages",
    stop_url="https://followup.example.org/stop/secret-2",
    key="case7-1.20180808T210000",
)
CARD = Card("Hello An <b>Lê</b> & Co.\nOpen until 6 July.", envelope=AROUND)


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as office:
        yield office


def channel(office: PostOffice, **server: object) -> EmailChannel:
    settings = Server("127.0.0.1", office.port, tls="none", answer=PATIENCE)
    return EmailChannel(replace(settings, **server), HEAD, lambda: NOW)  # type: ignore[arg-type]


def body(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


async def refused(office: PostOffice, to: str = "an@ex.org", **server: object) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await channel(office, **server).send(to, CARD)
    return caught.value


async def test_a_letter_says_who_writes_and_how_to_end_it(office: PostOffice) -> None:
    ref = await channel(office).send("an@ex.org", CARD)
    (letter,) = office.to("an@ex.org")
    assert ref == AROUND.key
    assert {name: str(letter[name]) for name in letter if name not in ("MIME-Version",)} == {
        "From": "ROCB A/P <followup@rocb.example>",
        "To": "an@ex.org",
        "Reply-To": "office@rocb.example",
        "Subject": AROUND.subject,
        "Date": "Thu, 09 Aug 2018 03:00:00 +0000",
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<{AROUND.key}@rocb.example>",
        "List-Unsubscribe": f"<{AROUND.stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Content-Type": letter["Content-Type"],
    }


async def test_both_forms_hold_the_whole_text_and_the_html_takes_nothing_literally(
    office: PostOffice,
) -> None:
    await channel(office).send("an@ex.org", CARD)
    (letter,) = office.to("an@ex.org")
    text, html = (body(letter, kind) for kind in ("plain", "html"))
    assert CARD.text in text
    assert text.index(AROUND.url) < text.index(AROUND.alone) < text.index(AROUND.stop_url)
    assert ">Hello An &lt;b&gt;Lê&lt;/b&gt; &amp; Co.</p>" in html
    assert ">Open until 6 July.</p>" in html
    assert f'href="{AROUND.url}"' in html
    # Nothing is loaded from a server, so reading is not tracked.
    assert "<img" not in html
    assert html.count("http") == html.count("followup.example.org")


@pytest.mark.parametrize(("language", "colon"), [("zh", "："), ("fr", "\N{NO-BREAK SPACE}:")])
async def test_a_link_stands_after_the_colon_of_the_language(
    office: PostOffice, language: str, colon: str
) -> None:
    around = replace(AROUND, language=language)
    await channel(office).send("an@ex.org", replace(CARD, envelope=around))
    text = body(office.to("an@ex.org")[0], "plain")
    assert f"{AROUND.label}{colon}\n{AROUND.url}" in text
    assert f"{AROUND.stop_label}{colon}" in text


async def test_a_reminder_joins_the_thread_of_the_invitation(office: PostOffice) -> None:
    around = replace(AROUND, key="case7-2.20180808T210000", thread=AROUND.key)
    await channel(office).send("an@ex.org", Card("Again.", envelope=around))
    (letter,) = office.to("an@ex.org")
    first = f"<{AROUND.key}@rocb.example>"
    assert (letter["In-Reply-To"], letter["References"]) == (first, first)


async def test_d16_line_breaks_in_a_title_make_no_headers(office: PostOffice) -> None:
    around = replace(AROUND, subject="Risk\r\nBcc: all@ex.org\n\nbody\x00 " + "long " * 100)
    await channel(office).send("an@ex.org", Card("Hello A\r\nBcc: b@ex.org", envelope=around))
    (letter,) = office.to("an@ex.org")
    assert letter["Bcc"] is None
    assert letter["Subject"].startswith("Risk Bcc: all@ex.org body long")
    assert len(letter["Subject"]) <= 150
    assert [to for to, _ in office.letters] == ["an@ex.org"]


@pytest.mark.parametrize("to", ["a b@ex.org", "an@ex.org\r\nRCPT TO:<b@ex.org>", "an", "@", ""])
async def test_what_is_no_address_is_refused_before_anything_leaves(
    office: PostOffice, to: str
) -> None:
    problem = await refused(office, to)
    assert (problem.permanent, problem.reason) == (True, "no_mailbox")
    assert office.connections == 0


async def test_addresses_in_other_scripts_arrive(office: PostOffice) -> None:
    post = channel(office)
    await post.send("an@bücher.example", CARD)
    await post.send("ăn@ex.org", CARD)
    assert [to for to, _ in office.letters] == ["an@xn--bcher-kva.example", "ăn@ex.org"]


async def test_lines_on_the_wire_are_short_and_plain_whatever_the_text(office: PostOffice) -> None:
    text = "سلام " * 600 + "\n.\n" + "x" * 3000
    await channel(office).send("an@ex.org", Card(text, envelope=AROUND))
    (letter,) = office.to("an@ex.org")
    assert text in body(letter, "plain")
    assert all(len(line) <= 998 and line.isascii() for line in office.raw[0].split(b"\r\n"))


async def test_staff_get_a_plain_letter_and_a_file_keeps_its_name(office: PostOffice) -> None:
    post = channel(office)
    file = File("Báo cáo.pdf", b"%PDF-1.7")
    first = await post.send("eva@rocb.example", Card("RM M6 is open.\n16 people."))
    second = await post.send_file("eva@rocb.example", file, Card("RM: one page"))
    assert first != second
    plain, with_file = office.to("eva@rocb.example")
    assert plain["Subject"] == "RM M6 is open."
    assert "List-Unsubscribe" not in plain
    (part,) = with_file.iter_attachments()
    assert (part.get_filename(), part.get_content()) == ("Báo cáo.pdf", b"%PDF-1.7")


@pytest.mark.parametrize(
    ("answer", "reason", "permanent"),
    [
        ("550 5.1.1 no such user an@ex.org", "no_mailbox", True),
        ("553 unknown", "no_mailbox", True),
        ("552 5.2.2 mailbox full", "refused", False),
        ("554 5.7.1 relay access denied", "refused", False),
        ("450 4.2.0 greylisted", "server", False),
    ],
)
async def test_d06_an_answer_to_the_address_tells_the_address_from_the_moment(
    office: PostOffice, answer: str, reason: str, permanent: bool
) -> None:
    office.at_address["an@ex.org"] = [answer]
    problem = await refused(office)
    assert (problem.reason, problem.permanent, problem.outcome_unknown) == (
        reason, permanent, False
    )  # fmt: skip
    assert office.letters == []


@pytest.mark.parametrize(
    ("answer", "reason", "unknown"),
    [
        ("451 4.3.0 try again", "server", False),
        ("554 5.6.0 not liked", "refused", False),
        (SILENT, "timed_out", True),
        (GONE, "timed_out", True),
    ],
)
async def test_after_the_text_has_left_only_a_clear_answer_counts(
    office: PostOffice, answer: str, reason: str, unknown: bool
) -> None:
    office.after_text = [answer]
    problem = await refused(office, answer=BRIEF if answer == SILENT else PATIENCE)
    assert (problem.reason, problem.outcome_unknown) == (reason, unknown)
    # It may have arrived, and here it has, so it is not sent again.
    assert len(office.letters) == unknown


async def test_a_server_that_cannot_be_reached_is_left_alone_for_a_while() -> None:
    nobody = PostOffice(port=9)
    problem = await refused(nobody)
    assert (problem.reason, problem.retry_after) == ("network", 600.0)
    assert not problem.outcome_unknown


async def test_a_wrong_password_rests_the_channel_and_a_right_one_works() -> None:
    async with post_office("right") as office:
        problem = await refused(office, user="bot", password="wrong")
        assert (problem.reason, problem.retry_after) == ("login", 600.0)
        with pytest.raises(DeliveryError):
            await channel(office, user="bot", password="wrong").check()
        post = channel(office, user="bot", password="right")
        await post.check()
        await post.send("an@ex.org", CARD)
        assert len(office.letters) == 1


async def test_a_batch_shares_one_connection_and_a_bad_address_does_not_end_it(
    office: PostOffice,
) -> None:
    office.at_address["b@ex.org"] = ["550 5.1.1 no"]
    post = channel(office)
    names = ("a@ex.org", "b@ex.org", "c@ex.org", "d@ex.org")
    ended = await all_of(*(post.send(name, CARD) for name in names))
    assert [type(one) for one in ended] == [str, DeliveryError, str, str]
    assert [to for to, _ in office.letters] == ["a@ex.org", "c@ex.org", "d@ex.org"]
    assert office.connections == 1


async def test_a_server_that_ends_a_connection_between_letters_is_called_again(
    office: PostOffice,
) -> None:
    office.at_door = ["", "421 4.7.0 enough letters on this connection"]
    post = channel(office)
    await all_of(post.send("a@ex.org", CARD), post.send("b@ex.org", CARD))
    assert [to for to, _ in office.letters] == ["a@ex.org", "b@ex.org"]
    assert office.connections == 2


async def test_the_log_holds_the_servers_numbers_and_no_address(
    office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    office.at_address["an@ex.org"] = ["554 5.7.1 <an@ex.org> relay denied for secret"] * 2
    post = channel(office)
    with caplog.at_level(logging.DEBUG, "bot.email"):
        for _ in range(2):
            with pytest.raises(DeliveryError):
                await post.send("an@ex.org", CARD)
    (record,) = caplog.records
    assert "554 5.7.1" in record.getMessage()
    assert "ex.org" not in record.getMessage()


async def all_of(*work: Awaitable[str]) -> list[object]:
    return list(await asyncio.gather(*work, return_exceptions=True))
