"""No letter says anything untranslated: invitations, reminders and e-learning in a pseudo-language."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.channels.email import Letterhead
from bot.channels.email.composing import compose, mailbox
from bot.desk.people.participant_lists import import_participants
from bot.importing.files import open_list
from storage.database import Database
from storage.instruments.questionnaires import publish
from storage.people.participants import set_language
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from tests.bot.fieldwork_world import World, utc
from tests.pseudo import LANGUAGE, in_pseudo, pseudo, pseudo_language, said_in, untranslated

LIST = b"name,administration,email,elearning\nEve,CN,eve@example.org,not started\n"
HEAD = Letterhead("ROCB A/P <office@example.org>")
"""The name of the sender is a setting of the office."""


@pytest.fixture
def world(sqlite_database: Database, tmp_path: Path) -> Iterator[World]:
    """Eve and Gus, who are written to by letter; Gus has not agreed yet."""
    with pseudo_language(tmp_path):
        world = World(sqlite_database, utc("2018-01-31T00:00"))
        world.keeps_only("PRE", "M3")
        for key in packaged_keys():
            world.database.run(publish, in_pseudo(packaged_questionnaire(key)), world.now)
        world.workshop()
        for name, agreed in (("Eve", True), ("Gus", False)):
            who = world.enrol(
                name, "CN", chat="", email=f"{name.lower()}@example.org", agreed=agreed
            )
            world.database.run(set_language, who.participant, LANGUAGE)
        yield world
        world.close()


def read(letter: EmailMessage) -> str:
    """Return all that somebody reads of a letter: its subject, its text and its page."""
    text, page = (letter.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None and page is not None
    return "\n".join((str(letter["Subject"]), text.get_content(), said_in(page.get_content())))


async def test_letters_are_translated(world: World) -> None:
    listed = open_list(
        b"name,administration,email,elearning\nEve,CN,eve@example.org,not started\n", "people.csv"
    )
    import_participants(world.database, world.office, "RM", listed, world.now)
    for moment in ("2018-01-31T00:00", "2018-02-01T12:00", "2018-02-02T03:29"):
        await world.tick(utc(moment))
    await world.until(utc("2018-06-20T00:00"))
    letters = [
        compose(HEAD, mailbox("eve@example.org"), card, world.now) for card in world.mail.cards
    ]
    said = [read(letter) for letter in letters]
    for subject in ("E-learning before the workshop", "Three months after the workshop"):
        assert any(pseudo(subject) in one for one in said), subject
    links = [word for one in said for word in one.split() if word.startswith("https://")]
    allowed = ["Eve", "Gus", "Workshop RM", "Suva", *links]
    allowed += [world.office.name, world.office.contact]
    assert {one: left for one in said if (left := untranslated(one, allowed))} == {}
