"""People who asked for help read in their next invitation what was done: once, and only if approved."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from bot.desk.asked.acts import approve, close, undo
from bot.desk.asked.listing import Wanted
from bot.desk.waves.previewing import preview_wave
from bot.desk.waves.sample_messages import sample_messages
from bot.desk.waves.texts import preview_text
from bot.fieldwork.help_done import help_done_told
from bot.outbox.after_restore import take_as_sent
from bot.wording.help_done import help_done_line
from storage import schema
from storage.database import Database
from storage.erasure.erasing import erase
from storage.erasure.merging import merge
from storage.people.participants import get_participant
from surveys.people import Participant
from surveys.wording import Words
from tests.bot.fieldwork_world import BLOCKED, ENDED, NETWORK, TIMED_OUT, Enrolled, World, utc
from tests.templates import ON_SQLITE

MAY, AUGUST, LATER = utc("2018-05-10T02:00"), utc("2018-08-09T02:00"), utc("2018-08-20T02:00")
WANTED = Wanted("RM", "templates")
SENTENCE = {"en": "Model texts are at https://example.org/texts.", "fr": "Les modèles sont là."}
SAID = "Since you asked in May 2018 for “Examples or templates”: " + SENTENCE["en"]
IN_FRENCH = "en mai 2018"


class Asking:
    """A wave three months after a workshop, in which Ada and Ben asked for templates, Cat for none."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.keeps_only("M3", "M6")
        world.workshop()
        self.people = {name: world.enrol(name) for name in ("Ada", "Ben", "Cat")}

    async def ask(self) -> None:
        await self.world.until(MAY)
        for name, value in (("Ada", "templates expert"), ("Ben", "templates"), ("Cat", "none")):
            self.world.database.run(self.answer, name, value)

    def answer(self, connection, name: str, value: str) -> None:  # type: ignore[no-untyped-def]
        case = self.world.cases()[name, "M3"].case.id
        told = {"case_id": case, "item": "help", "value": value, "state": "answered"}
        told |= {"language": "en", "channel": "demo"}
        connection.execute(insert(schema.answers).values(told | {"answered_at": MAY}))

    def act(self, act, *given: object) -> int:  # type: ignore[no-untyped-def]
        done = self.world.database.run(act, self.world.office, *given, self.world.now)
        return int(done.act)

    def done(self) -> None:
        self.act(close, WANTED, SENTENCE)
        self.act(approve, WANTED)

    def told(self, who: Enrolled | str) -> list[str]:
        chat = who if isinstance(who, str) else who.chat
        texts = self.world.channel.texts(chat)
        return [text.split("\n\n")[-1] for text in texts if "Since you asked" in text]


@pytest.fixture
def asking(office_database: Database) -> Iterator[Asking]:
    world = World(office_database, utc("2018-05-08T00:00"))
    yield Asking(world)
    world.close()


async def test_only_who_asked_is_told_once_what_was_done(asking: Asking) -> None:
    await asking.ask()
    asking.done()
    await asking.world.until(LATER)
    assert asking.told("ada") == asking.told("ben") == [SAID]
    assert asking.told("cat") == []
    assert len(asking.world.channel.texts("ada")) > 3  # with reminders, which do not say it again
    assert asking.world.count("help_told") == 2
    ada = asking.people["Ada"].participant
    asking.world.database.run(erase, ada, LATER, keep_answers=False)
    assert asking.world.count("help_told") == 1


@ON_SQLITE
async def test_a_sentence_that_nobody_approved_or_that_was_taken_back_is_not_sent(
    asking: Asking,
) -> None:
    await asking.ask()
    asking.act(close, WANTED, SENTENCE)
    approved = asking.act(approve, WANTED)
    asking.act(undo, approved)
    await asking.world.until(AUGUST)
    assert asking.told("ada") == asking.told("ben") == []
    assert asking.world.count("help_told") == 0


@ON_SQLITE
async def test_a_preview_shows_who_reads_what_before_it_leaves(asking: Asking) -> None:
    await asking.ask()
    asking.act(close, WANTED, SENTENCE)
    world, wave = asking.world, (asking.world.office, "RM", "M6", asking.world.now)
    waiting = world.database.read(preview_wave, *wave).help
    assert waiting.lines == ["For 2 people a sentence about it is not approved: it is not sent."]
    asking.act(approve, WANTED)
    preview = world.database.read(preview_wave, *wave)
    said = "2 people read what was done about the help they asked for."
    assert said in preview_text(preview).splitlines()
    (sample,) = world.database.read(sample_messages, *wave, preview.help.said)
    assert sample.text.split("\n\n")[-1] == SAID
    await world.until(AUGUST)
    assert world.database.read(preview_wave, *wave[:3], world.now).help.lines == []


@ON_SQLITE
async def test_each_reads_the_sentence_in_the_own_language_or_english_marked(
    asking: Asking,
) -> None:
    await asking.ask()
    asking.done()
    for name, language in (("Ada", "fr"), ("Ben", "th")):
        person = schema.participants.c.id == asking.people[name].participant
        speaks = update(schema.participants).where(person).values(language=language)
        asking.world.database.run(lambda c, one: c.execute(one), speaks)
    await asking.world.until(AUGUST)
    (ada,) = (text for text in asking.world.channel.texts("ada") if SENTENCE["fr"] in text)
    assert IN_FRENCH in ada and "English" not in ada
    (ben,) = (text for text in asking.world.channel.texts("ben") if SENTENCE["en"] in text)
    assert ben.splitlines()[-1].endswith(")") and "Since you asked" not in ben


@pytest.mark.parametrize(("failures", "times"), [([NETWORK], 1), ([TIMED_OUT], 0), ([BLOCKED], 0)])
@ON_SQLITE
async def test_it_is_told_with_the_message_that_arrives(
    asking: Asking, failures: list[Exception], times: int
) -> None:
    await asking.ask()
    asking.done()
    await asking.world.until(AUGUST - timedelta(days=1))
    asking.world.channel.failures["ada"] = list(failures)
    await asking.world.until(LATER)
    assert len(asking.told("ada")) == times


@ON_SQLITE
async def test_no_letter_has_it_and_the_page_of_its_link_says_it(asking: Asking) -> None:
    world = asking.world
    dee = world.enrol("Dee", chat="", email="dee@example.org")
    asking.people["Dee"] = dee
    await asking.ask()
    world.database.run(asking.answer, "Dee", "templates")
    asking.done()
    await world.until(AUGUST)
    assert len(world.mail.texts("dee@example.org")) > 1
    assert not [text for text in world.mail.texts("dee@example.org") if SENTENCE["en"] in text]
    (done,) = world.database.read(help_done_told, world.cases()["Dee", "M6"])
    assert help_done_line(Words(), done) == SAID


@ON_SQLITE
async def test_a_restart_between_two_invitations_tells_nobody_twice(asking: Asking) -> None:
    await asking.ask()
    asking.done()
    await asking.world.until(AUGUST)
    await asking.world.restart()
    await asking.world.until(LATER)
    assert asking.told("ada") == [SAID]


@ON_SQLITE
async def test_a_request_for_consent_that_a_backup_does_not_know_has_told_nothing(
    asking: Asking,
) -> None:
    world = asking.world
    await asking.ask()
    asking.done()
    world.workshop("TFA", ends=ENDED + timedelta(days=30))
    world.enrol("Ada", workshop="TFA", same_as=asking.people["Ada"], agreed=False)
    world.database.run(take_as_sent, world.office, utc("2018-07-01T00:00"))
    await world.until(LATER)
    assert asking.told("ada") == [SAID]


@pytest.mark.parametrize("by_message", [True, False])
async def test_a_merge_of_two_entries_tells_nobody_twice(asking: Asking, by_message: bool) -> None:
    """Also where all that was ever said about the first workshop was said on paper."""
    world = asking.world
    await asking.ask()
    asking.done()
    world.workshop("TFA", ends=ENDED + timedelta(days=30))
    world.enrol("Ada", workshop="TFA", same_as=asking.people["Ada"])
    other = world.enrol("Adah", workshop="TFA")
    await world.until(utc("2018-06-15T00:00"))
    assert asking.told("ada") == [SAID]
    if not by_message:
        world.database.run(forget_messages_about, asking.people["Ada"].enrolment)
    world.database.run(answers_in_tfa, other.enrolment)
    people = [other.participant, asking.people["Ada"].participant]
    world.database.run(lambda c: merge(c, *(participant(c, one) for one in people), world.now))
    await world.until(LATER)
    assert len(asking.told("ada") + asking.told("adah")) == 1
    assert world.count("help_told") == 2


def answers_in_tfa(connection: Connection, enrolment: int) -> None:
    """Store one answer of an enrolment, so that it is the one that stays."""
    case = connection.scalar(
        select(schema.cases.c.id).where(schema.cases.c.enrolment_id == enrolment)
    )
    told = {"case_id": case, "item": "help", "value": "none", "state": "answered"}
    told |= {"language": "en", "channel": "demo"}
    connection.execute(insert(schema.answers).values(told | {"answered_at": MAY}))


def participant(connection: Connection, number: int) -> Participant:
    found = get_participant(connection, number)
    assert found is not None
    return found


def forget_messages_about(connection: Connection, enrolment: int) -> None:
    mine = select(schema.cases.c.id).where(schema.cases.c.enrolment_id == enrolment)
    connection.execute(delete(schema.attempts).where(schema.attempts.c.case_id.in_(mine)))
