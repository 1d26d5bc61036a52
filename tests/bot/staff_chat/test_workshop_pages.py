"""Many workshops in chat: eight buttons on a page, more behind one, and a search by words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from bot.messaging.messages import Uploaded
from storage.fieldwork.workshops import put_workshop, set_cancelled
from tests.bot.stage import SUVA, Person, Stage


def many(connection: Connection) -> None:
    """Twenty workshops, one a month before the other; the newest is cancelled."""
    for number in range(20):
        day = SUVA.starts_on - timedelta(days=30 * number)
        put_workshop(
            connection,
            replace(
                SUVA, code=f"W{number:02}", title=f"No {number:02}", starts_on=day, ends_on=day
            ),
        )
    set_cancelled(connection, "W00", datetime(2018, 1, 1, tzinfo=UTC))


@pytest.fixture
async def eva(stage: Stage) -> Person:
    stage.at("2018-06-07 12:00")
    await stage.application.transactions.write(many)
    return stage.visitor("Eva", "901")


def beginnings(person: Person) -> list[str]:
    return [label[:5] for label in person.labels]


async def test_a_choice_has_eight_workshops_a_page(eva: Person) -> None:
    await eva.types("/wave")
    assert beginnings(eva) == [f"No {number:02}" for number in range(1, 9)] + ["More "]
    assert "8 of 20 workshops. To find another, send /wave and words of it" in eva.text
    await eva.taps("More")
    assert beginnings(eva)[:2] == ["No 09", "No 10"]
    assert eva.labels[-2:] == ["Back", "More …"]
    await eva.taps("More")
    assert beginnings(eva)[:4] == ["No 17", "No 18", "No 19", "Cance"]
    assert eva.text == "Which workshop? Page 3 of 3: past, cancelled."
    await eva.taps("No 19", "M12")
    assert eva.sees("M12")


async def test_words_after_a_command_find_a_workshop(eva: Person) -> None:
    await eva.types("/wave suva w13")
    assert beginnings(eva) == ["No 13"]
    await eva.types("/report w13")
    assert beginnings(eva) == ["No 13"]
    await eva.types("/room nowhere")
    assert "No workshop matches “nowhere”." in eva.text
    await eva.types("/workshops w13")
    assert eva.labels == ["W13"]


async def test_the_list_of_workshops_has_pages_under_headings(eva: Person) -> None:
    await eva.types("/workshops")
    assert eva.text.startswith("Past:\nW01: No 01")
    assert eva.labels[-1] == "More …"
    await eva.taps("More", "More")
    assert "Cancelled:\nW00: No 00" in eva.text
    await eva.taps("W19")
    assert eva.sees("W19: No 19")


async def test_a_list_of_people_finds_its_workshop_on_a_later_page(eva: Person) -> None:
    text = b"Name,Country\nAda Vea,Tonga\n"
    await eva.sends(Uploaded(eva.sender, "people.csv", text))
    assert len(eva.labels) == 10
    await eva.taps("More", "More", "No 17")
    assert "people.csv for No 17" in eva.text


async def test_a_manager_pages_through_the_reports_and_no_other_list(
    stage: Stage, eva: Person
) -> None:
    max_ = stage.visitor("Max", "903")
    await max_.types("/report")
    await max_.taps("More")
    assert beginnings(max_)[0] == "No 09"
    await eva.types("/wave")
    tap = eva.tap_on("More")
    await max_.sends(replace(tap, sender=max_.sender))
    assert max_.notice.startswith("You do not have access")
    await max_.sends(replace(tap, sender=max_.sender, token="1RM0.1"))
    assert "This list is old." in max_.text
