"""The queue of texts in people's own words: listed with marks, released, withheld, and read by two."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from analysis.facts.frames import load
from bot.desk.people.personal_data import personal_copy, personal_data_of
from bot.desk.reports.own_words import (
    TextDecided,
    TextPlace,
    list_own_words,
    own_words,
    read_again,
    release,
    withhold,
)
from bot.desk.reports.queued_texts import QueuedText, stored_texts
from bot.desk.reports.read_lately import decide_as_before, take_decision_back, words_at_desk
from bot.desk.reports.two_readers import check_two_readers, texts_with_one_reader
from bot.settings.office import Office
from storage.database import Conflict, Database, NotFound
from storage.erasure.erasing import erase
from storage.fieldwork.case_files import load_file
from storage.fieldwork.next_contact import Rules
from storage.office.audit import Act, entries
from storage.office.staff import NewMember, StaffRole, add_member
from storage.people.participants import get_participant
from storage.schema import answers, cases, text_decisions
from surveys.planning.plans_file import packaged_plans
from surveys.problems import BadInput
from surveys.withholding import Why
from tests.analysis.builder import CUT_OFF, READ_AT, Story
from tests.analysis.quoting import SAID, told
from tests.storage import world as world_of

OFFICE = Office(Rules(packaged_plans(), ("telegram",)))
EVA, FAY = OFFICE.acting_as("S-EVA"), OFFICE.acting_as("S-FAY")
NOW = CUT_OFF
FIRST = "Siosaia Vea wrote rule K-22/2018; ask him on +676 22 334 41"


class Desk:
    """The desk of an office over a story: seven people wrote an example each."""

    def __init__(self, url: str) -> None:
        self.story, self.cases = told([FIRST, *SAID], url=url)
        self.story.set("participants", 1, name="Siosaia Vea")
        self.story.connection.commit()
        self.database = Database(url)

    def run(self, act: Callable[..., Any], *given: Any) -> Any:
        return self.database.run(act, *given)

    def place(self, number: int = 0, read: str = "") -> TextPlace:
        return TextPlace(self.cases[number], "example", read)

    def queue(self, state: str = "", codes: tuple[str, ...] = ()) -> list[QueuedText]:
        return list_own_words(self.database, EVA, codes, state, NOW)

    def releases(self, number: int = 0, by: Office = EVA, text: str | None = None) -> TextDecided:
        done = self.run(release, by, self.place(number), NOW, text)
        assert isinstance(done, TextDecided)
        return done

    def acts(self) -> list[tuple[str, Act, str]]:
        return [(one.who, one.act, one.about) for one in self.database.read(entries)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(f"sqlite:///{tmp_path / 'words.sqlite3'}")
    yield desk
    desk.database.close()
    desk.story.close()


def test_the_texts_of_one_person_are_those_that_the_whole_workshop_has_of_them(desk: Desk) -> None:
    desk.releases(1)
    for number in desk.cases:
        who = desk.database.read(load_file, number).enrolment.id
        alone = desk.database.read(lambda c, who=who: [*stored_texts(c, ["TFA"], NOW, who)])
        whole = desk.database.read(lambda c: [*stored_texts(c, ["TFA"], NOW)])
        assert alone == [one for one in whole if one.case_id == number] != []


def test_the_queue_has_each_text_with_its_place_and_marks_unread_ones_first(desk: Desk) -> None:
    desk.releases(1)
    first, *others = desk.queue()
    assert (first.case, first.item, first.kind, first.text) == (
        *(desk.cases[0], "example", "words"),
        FIRST,
    )
    assert (first.workshop, first.wave, first.language, first.state) == (
        "TFA",
        "M3",
        "en",
        "unread",
    )
    assert [(mark.text, mark.kind) for mark in first.marks] == [
        ("Siosaia", "name"),
        ("Vea", "name"),
        ("+676 22 334 41", "phone number"),
        ("K-22/2018", "case number"),
    ]
    assert [one.text for one in others] == [*SAID[1:], SAID[0]]
    assert desk.acts()[-1] == ("S-EVA", Act.TEXTS_READ, "all workshops own words")


def test_the_queue_is_asked_by_workshop_and_state(desk: Desk) -> None:
    desk.releases(1)
    assert [one.text for one in desk.queue("released")] == [SAID[0]]
    assert len(desk.queue("unread", ("TFA",))) == 6
    before = desk.acts()
    assert desk.queue("withheld") == []
    with pytest.raises(NotFound):
        desk.queue("", ("NO-2017",))
    assert desk.acts() == before, "nothing was read"


def test_texts_of_people_who_did_not_agree_and_of_unusable_responses_are_not_in_it() -> None:
    """A title is own words too, but of contact points, who write for others."""
    story = Story().workshop("TFA")
    story.answers(story.person("TFA", "FJ"), "M3", example="not to be quoted", quote="no")
    story.answers(story.person("TFA", "FJ"), "M3", example="was not asked", job="same")
    story.broke_off(story.person("TFA", "FJ"), "M3", example="broke off", quote="named")
    person = story.person("TFA", "FJ")
    story.answers(person, "M3", example="agreed first", quote="named")
    story.answers(person, "M6", title_procedure="Order 7", quote="no")
    contact = story.person("TFA", "FJ", "contact_point")
    story.answers(contact, "FORENSICS", order_title="Order 8", readers="office")
    found = own_words(story.connection, (), "", NOW)
    assert [(one.text, one.quotable) for one in found] == [("Order 8", False)]


def test_a_text_is_released_whole_or_shortened_and_the_answer_stays(desk: Desk) -> None:
    assert desk.releases() == TextDecided(
        desk.cases[0], "example", "released", FIRST, ("S-EVA",), True
    )
    shorter = "[name] wrote rule …"
    assert desk.releases(text=shorter).released == shorter
    with pytest.raises(BadInput, match="is not made of the text"):
        desk.releases(text="Everybody wrote rule …")
    (one,) = desk.queue("released")
    assert (one.text, one.released) == (FIRST, shorter)
    kept = select(answers.c.value).where(answers.c.case_id == desk.cases[0])
    assert FIRST in desk.database.read(lambda c: list(c.scalars(kept)))


def test_a_text_is_withheld_and_read_again_and_repeating_it_changes_nothing(desk: Desk) -> None:
    for act, state in ((withhold, "withheld"), (read_again, "unread")):
        assert desk.run(act, EVA, desk.place(), NOW).changed is True
        assert desk.run(act, EVA, desk.place(), NOW).changed is False
        assert desk.queue()[0 if state == "unread" else -1].text == FIRST
    assert [desk.releases(1).changed for _ in range(2)] == [True, False]
    assert [act for _, act, _ in desk.acts() if act is not Act.TEXTS_READ] == [
        Act.TEXT_WITHHELD,
        Act.TEXT_UNREAD,
        Act.TEXT_RELEASED,
    ]
    assert ("S-EVA", Act.TEXT_WITHHELD, f"case {desk.cases[0]} example") in desk.acts()
    assert not any("Siosaia" in about for _, _, about in desk.acts())


def test_a_text_that_was_changed_since_it_was_read_is_not_released(desk: Desk) -> None:
    read = desk.queue()[0].fingerprint[:10]
    desk.story.changes(desk.cases[0], "example", "Another text", READ_AT)
    desk.story.connection.commit()
    with pytest.raises(Conflict, match="was changed since you read it"):
        desk.run(release, EVA, desk.place(0, read), NOW)
    now = next(one for one in desk.queue() if one.text == "Another text")
    assert desk.run(release, EVA, desk.place(0, now.fingerprint), NOW).released == "Another text"


def test_what_is_no_text_of_the_queue_is_refused_with_what_to_do(desk: Desk) -> None:
    for item in ("job", "title_procedure", "nothing"):
        with pytest.raises(Conflict, match="`followup words list TFA` shows the texts"):
            desk.run(release, EVA, TextPlace(desk.cases[0], item), NOW)
    with pytest.raises(NotFound):
        desk.run(release, EVA, TextPlace(999, "example"), NOW)


# Two readers


def test_a_second_member_confirms_what_was_released_and_not_the_whole(desk: Desk) -> None:
    desk.releases(text="[name] wrote rule …")
    assert desk.releases(by=EVA).changed is False
    second = desk.releases(by=FAY)
    assert (second.released, second.read_by) == ("[name] wrote rule …", ("S-EVA", "S-FAY"))
    assert desk.releases(by=OFFICE.acting_as("S-GUS")).changed is False
    again = desk.releases(by=FAY, text="… wrote rule …")
    assert again.read_by == ("S-FAY",), "nobody else has read it so"


def test_a_reader_at_the_command_line_may_be_named_by_the_staff_code(desk: Desk) -> None:
    desk.run(lambda c: add_member(c, _member("S-FAY"), "SECRET", NOW))
    desk.releases()
    place = TextPlace(desk.cases[0], "example", by="s-fay")
    assert desk.run(release, EVA, place, NOW).read_by == ("S-EVA", "S-FAY")
    assert desk.acts()[-1] == (
        *("S-EVA", Act.TEXT_RELEASED),
        f"case {desk.cases[0]} example by S-FAY",
    )
    with pytest.raises(NotFound):
        desk.run(release, EVA, TextPlace(desk.cases[0], "example", by="S-NONE"), NOW)


def _member(code: str) -> NewMember:
    return NewMember(code, StaffRole.ORGANISER, "Fay", (), "command line")


def test_a_final_report_waits_until_two_have_read_each_text_that_it_quotes(desk: Desk) -> None:
    assert desk.database.read(texts_with_one_reader, ["TFA"], NOW) == [], "it quotes nothing"
    for number in range(6):
        desk.releases(number)
    assert len(desk.database.read(texts_with_one_reader, ["TFA"], NOW)) == 6
    for number in range(5):
        desk.releases(number, FAY)
    (one,) = desk.database.read(texts_with_one_reader, [], NOW)
    assert one.text == SAID[4]
    words = f"`followup words release {one.case} example`"
    with pytest.raises(Conflict, match=words):
        desk.database.read(check_two_readers, ["TFA"], NOW)
    desk.releases(5, FAY)
    desk.database.read(check_two_readers, ["TFA"], NOW)


def test_a_quote_only_for_readers_outside_needs_two_readers_too() -> None:
    """Texts in a language of few come first for the office, and are left out for others."""
    story, written = told([*(f"A{number}" for number in range(4)), *SAID, "Y", "Z"])
    for case, text in zip(written, [*"AAAA", *SAID, "Y", "Z"], strict=True):
        story.decides(case, "example", by=("S-EVA", "" if text in "YZ" else "S-FAY"))
    assert texts_with_one_reader(story.connection, [], NOW) == [], "eight stand before them"
    for case in written[:4]:
        story.spoken(case, "th")
    found = texts_with_one_reader(story.connection, [], NOW)
    assert [one.text for one in found] == ["Y", "Z"]


def test_two_who_release_at_once_are_two_readers(
    database: Database, overlapping: Callable[[Any, Any], tuple[Any, Any]]
) -> None:
    world = database.run(world_of.made)
    database.run(_written, world.case)

    def by(office: Office) -> Callable[[Connection], TextDecided]:
        place, later = TextPlace(world.case, "title_procedure"), world_of.NOW + timedelta(days=1)
        return lambda connection: release(connection, office, place, later)

    done = overlapping(by(EVA), by(FAY))
    assert sorted(len(one.read_by) for one in done) == [1, 2]


def _written(connection: Connection, case: int) -> None:
    """Ada has written a title, may be quoted, and has completed the questionnaire."""
    how = {"case_id": case, "state": "answered", "language": "en", "channel": "demo"}
    for item, value in (("title_procedure", "Order 7"), ("quote", "anonymous")):
        row = {"item": item, "value": value, "answered_at": world_of.NOW}
        connection.execute(insert(answers).values(row | how))
    done = {"started_at": world_of.NOW, "completed_at": world_of.NOW, "answered": 1, "asked": 1}
    connection.execute(update(cases).where(cases.c.id == case).values(done))


# What is left of it


@pytest.mark.parametrize("keep_answers", [False, True])
def test_erasing_the_person_erases_what_was_released(desk: Desk, keep_answers: bool) -> None:
    desk.releases(text="[name] wrote rule …")
    desk.run(lambda c: erase(c, 1, NOW, keep_answers=keep_answers))
    assert desk.database.read(lambda c: c.execute(select(text_decisions)).all()) == []
    assert FIRST not in {one.text for one in desk.queue()}


def test_a_person_gets_what_was_released_with_the_copy_of_the_own_data(desk: Desk) -> None:
    desk.releases(text="[name] wrote rule …")
    person = desk.database.read(get_participant, 1)
    copy = personal_copy(desk.database.read(personal_data_of, person, NOW))
    assert "'text': '[name] wrote rule …'" in str(copy)


def test_why_a_text_is_withheld_is_kept_changed_and_taken_back_with_the_decision(
    desk: Desk,
) -> None:
    def withheld(why: Why | None) -> bool:
        done = desk.run(withhold, EVA, desk.place(), NOW, why)
        assert isinstance(done, TextDecided)
        return done.changed

    assert withheld(Why.WRITER)
    assert [one.why for one in desk.queue("withheld")] == ["shows who wrote it"]
    assert not withheld(Why.WRITER) and not withheld(None)
    assert withheld(Why.INSULT)
    (one,) = desk.queue("withheld")
    assert one.why == "insults somebody"
    (read,) = desk.database.read(words_at_desk, NOW).decided
    back = desk.run(take_decision_back, EVA, read.number, NOW)
    assert not any(one.why for one in desk.queue())
    desk.run(decide_as_before, EVA, back.undo, NOW)
    assert [one.why for one in desk.queue("withheld")] == ["insults somebody"]


def test_why_a_text_is_withheld_is_not_among_the_facts_of_reports(desk: Desk) -> None:
    desk.run(withhold, EVA, desk.place(), NOW, Why.WRITER)
    facts = desk.database.read(load, None).text_decisions
    assert list(facts["state"]) == ["withheld"]
    assert "reason" not in facts.columns and Why.WRITER not in facts.to_string()
