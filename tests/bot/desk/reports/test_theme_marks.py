"""Two readers mark the themes of what people wrote; where they differ, somebody decides."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from analysis.sections.themes import themes
from bot.desk.people.personal_data import personal_copy, personal_data_of
from bot.desk.reports.own_words import TextPlace
from bot.desk.reports.theme_marks import (
    ThemesMarked,
    decide,
    mark,
    take_back,
)
from bot.desk.reports.theme_reading import (
    agreement_of_readers,
    differing_texts,
    list_differing,
    list_to_mark,
    texts_to_mark,
)
from bot.settings.office import Office
from storage.database import Conflict, Database, NotFound
from storage.erasure.erasing import erase
from storage.erasure.merging import merge
from storage.fieldwork.next_contact import Rules
from storage.office.audit import Act, entries
from storage.office.staff import NewMember, StaffRole, add_member
from storage.people.participants import get_participant
from storage.responses.open_answers import delete_texts
from storage.schema import theme_marks
from surveys.planning.plans_file import packaged_plans
from tests.analysis.builder import CUT_OFF, READ_AT
from tests.analysis.quoting import SAID, told
from tests.analysis.theming import write_book

OFFICE = Office(Rules(packaged_plans(), ("telegram",)))
EVA, FAY, GUS = (OFFICE.acting_as(f"S-{name}") for name in ("EVA", "FAY", "GUS"))
NOW = CUT_OFF


class Desk:
    """The desk of an office with three themes, over a story of six people who wrote an example each."""

    def __init__(self, url: str) -> None:
        self.story, self.cases = told(SAID, url=url)
        write_book(self.story)
        self.story.connection.commit()
        self.database = Database(url)

    def marks(
        self, themes: str, by: Office = EVA, number: int = 0, read: str = ""
    ) -> ThemesMarked:
        place = TextPlace(self.cases[number], "example", read)
        return self.database.run(mark, by, place, themes.split(), NOW)

    def decides(self, themes: str, by: Office = GUS, number: int = 0) -> ThemesMarked:
        place = TextPlace(self.cases[number], "example")
        return self.database.run(decide, by, place, themes.split(), NOW)

    def takes_back(self, done: ThemesMarked, by: Office = EVA) -> ThemesMarked:
        return self.database.run(take_back, by, done.undo, TextPlace(done.case, done.item), NOW)

    def waiting(self, by: Office) -> list[tuple[int, int]]:
        found = self.database.read(texts_to_mark, by.acting, (), NOW)
        return [(self.cases.index(one.case), one.others) for one in found]

    def differing(self) -> list[tuple[int, list[set[str]]]]:
        found = self.database.read(differing_texts, (), NOW)
        return [
            (self.cases.index(one.text.case), [set(each.themes) for each in one.readings])
            for one in found
        ]

    def rows(self) -> int:
        return self.database.read(
            lambda c: c.scalar(select(func.count()).select_from(theme_marks)) or 0
        )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(f"sqlite:///{tmp_path / 'themes.sqlite3'}")
    yield desk
    desk.database.close()
    desk.story.close()


def test_a_text_is_read_by_two_each_once_and_by_no_third(desk: Desk) -> None:
    assert desk.waiting(EVA) == [(n, 0) for n in range(6)]
    done = desk.marks("targeting teaching")
    assert done.said == f"Marked with targeting, teaching: text example of case {desk.cases[0]}."
    assert desk.waiting(EVA) == [(n, 0) for n in range(1, 6)]
    assert desk.waiting(FAY) == [*((n, 0) for n in range(1, 6)), (0, 1)], "unread ones come first"
    desk.marks("none", FAY)
    assert desk.waiting(GUS) == [(n, 0) for n in range(1, 6)]
    with pytest.raises(Conflict, match="Two have read"):
        desk.marks("teaching", GUS)


def test_the_second_reader_is_told_nothing_of_the_first_before_both_have_read(desk: Desk) -> None:
    desk.marks("seizures")
    texts = list_to_mark(desk.database, FAY, (), NOW)
    assert "seizures" not in str(texts)
    assert desk.differing() == []
    log = desk.database.read(entries)
    assert log[0].act is Act.THEMES_MARKED
    assert not any("seizures" in f"{one.about}{one.counts}" for one in log)
    desk.marks("teaching", FAY)
    assert desk.differing() == [(0, [{"seizures"}, {"teaching"}])]


def test_a_reader_may_change_the_own_marks_until_the_other_has_read(desk: Desk) -> None:
    desk.marks("seizures")
    assert "so already" in desk.marks("seizures").said
    desk.marks("teaching")
    desk.marks("teaching", FAY)
    with pytest.raises(Conflict, match="`followup theme decide"):
        desk.marks("seizures")
    assert desk.differing() == []


def test_where_two_differ_somebody_decides_and_it_is_undone(desk: Desk) -> None:
    with pytest.raises(Conflict, match="waits until two have read it"):
        desk.decides("teaching")
    desk.marks("seizures")
    desk.marks("teaching", FAY)
    done = desk.decides("seizures teaching")
    assert desk.differing() == []
    assert not desk.decides("teaching seizures").changed
    assert desk.takes_back(done).changed
    assert len(desk.differing()) == 1
    desk.marks("none", number=1)
    desk.marks("none", FAY, number=1)
    with pytest.raises(Conflict, match="nothing to decide"):
        desk.decides("none", number=1)


def test_marks_are_taken_back_unless_somebody_has_marked_since(desk: Desk) -> None:
    first = desk.marks("seizures")
    again = desk.marks("teaching")
    back = desk.takes_back(again)
    assert back.said == f"Taken back: text example of case {desk.cases[0]} is as it was before."
    assert "so already" in desk.marks("seizures").said
    assert "since. Nothing was changed." in desk.takes_back(first).said
    desk.takes_back(back)
    second = desk.marks("seizures", FAY)
    assert "since. Nothing was changed." in desk.takes_back(again).said
    assert desk.takes_back(second, FAY).changed
    assert desk.waiting(FAY)[-1] == (0, 1)


def test_an_answer_that_was_changed_comes_back_to_be_read(desk: Desk) -> None:
    read = desk.database.read(texts_to_mark, "S-EVA", (), NOW)[0].fingerprint
    desk.marks("seizures", read=read)
    desk.story.changes(desk.cases[0], "example", "Another text", READ_AT)
    desk.story.connection.commit()
    with pytest.raises(Conflict, match="was changed since you read it"):
        desk.marks("seizures", FAY, read=read)
    assert desk.waiting(EVA)[0] == (0, 0)
    desk.marks("teaching")
    assert desk.rows() == 2


def test_what_nobody_may_quote_gets_themes_too_and_a_title_gets_none(desk: Desk) -> None:
    desk.story.changes(desk.cases[0], "quote", "no", READ_AT)
    named = desk.story.answers(
        desk.story.person("TFA", "FJ"), "M12", job="same", project_name="X", quote="no"
    )
    desk.story.connection.commit()
    assert desk.marks("targeting").changed
    with pytest.raises(Conflict, match="is a title"):
        desk.database.run(mark, EVA, TextPlace(named, "project_name"), ["none"], NOW)
    with pytest.raises(Conflict, match="has no text 'job'"):
        desk.database.run(mark, EVA, TextPlace(desk.cases[0], "job"), ["none"], NOW)


def test_agreement_is_counted_once_two_have_read(desk: Desk) -> None:
    desk.marks("targeting")
    assert desk.database.read(agreement_of_readers, (), NOW) == ()
    desk.marks("targeting seizures", FAY)
    found = {one.theme: one for one in desk.database.read(agreement_of_readers, ["TFA"], NOW)}
    assert (found["targeting"].both, found["seizures"].only_second) == (1, 1)
    assert (found[""].texts, found[""].kappa) == (1, None)


def test_reading_and_each_act_are_in_the_audit_log(desk: Desk) -> None:
    desk.database.run(
        lambda c: add_member(
            c, NewMember("S-FAY", StaffRole.ORGANISER, "Fay", (), "command line"), "SECRET", NOW
        )
    )
    list_to_mark(desk.database, EVA, (), NOW, by="s-fay")
    list_differing(desk.database, EVA, (), NOW)
    place = TextPlace(desk.cases[0], "example", by="S-FAY")
    desk.database.run(mark, EVA, place, ["none"], NOW)
    with pytest.raises(NotFound):
        list_to_mark(desk.database, EVA, ["NO"], NOW)
    log = [(one.act, one.about) for one in desk.database.read(entries)]
    assert log == [
        (Act.TEXTS_READ, "all workshops own words"),
        (Act.THEMES_MARKED, f"case {desk.cases[0]} example by S-FAY"),
    ]


@pytest.mark.parametrize("keep_answers", [False, True])
def test_erasing_the_person_erases_the_marks(desk: Desk, keep_answers: bool) -> None:
    desk.marks("targeting")
    desk.marks("targeting", number=1)
    desk.database.run(lambda c: erase(c, 1, NOW, keep_answers=keep_answers))
    assert desk.rows() == 1


def test_an_undo_does_not_take_back_marks_of_another_text_that_got_its_number(desk: Desk) -> None:
    done = desk.marks("targeting")
    desk.database.run(lambda c: erase(c, 1, NOW, keep_answers=False))
    other = desk.marks("seizures", number=1)
    assert other.undo == done.undo
    assert other.undo_command == f"followup theme take-back {done.undo} {desk.cases[1]} example"
    with pytest.raises(NotFound, match="Nothing was changed"):
        desk.takes_back(done)
    assert desk.rows() == 1


def test_themes_are_counted_after_the_texts_are_deleted_and_tell_nothing_of_them(
    database: Database,
) -> None:
    desk = Desk(database.url.render_as_string(hide_password=False))
    for number in range(5):
        desk.marks("targeting", number=number)
    desk.story.changes(desk.cases[0], "example", "Another text", READ_AT)
    desk.story.connection.commit()
    desk.marks("seizures")
    for before, rows in ((NOW - timedelta(days=1000), 6), (NOW, 5), (NOW, 5)):
        desk.database.run(delete_texts, before)
        assert desk.rows() == rows
    known = select(theme_marks.c.fingerprint).distinct()
    assert desk.database.read(lambda c: c.scalars(known).all()) == [""]
    found = themes(desk.story.reading()).tables[0]
    assert [row[1] for row in found.rows] == [4, 0, 1, 0]
    assert desk.waiting(FAY) == [], "there is no text to read"
    desk.database.close()
    desk.story.close()


def test_marks_stay_when_two_entries_of_one_person_are_merged(desk: Desk) -> None:
    desk.story.workshop("RM")
    entry = desk.story.person("RM", "FJ")
    desk.cases.append(desk.story.answers(entry, "M3", job="same", example="A course", quote="no"))
    desk.story.connection.commit()
    desk.marks("targeting")
    desk.marks("seizures", number=6)
    kept, other = (desk.database.read(get_participant, number) for number in (1, entry))
    desk.database.run(merge, kept, other, NOW)
    assert desk.rows() == 2
    assert "so already" in desk.marks("targeting").said
    assert "so already" in desk.marks("seizures", number=6).said


def test_a_person_gets_the_themes_with_the_copy_of_the_own_data(desk: Desk) -> None:
    desk.marks("targeting teaching")
    person = desk.database.read(get_participant, 1)
    copy = personal_copy(desk.database.read(personal_data_of, person, NOW))
    assert "'themes': ['targeting', 'teaching']" in str(copy)


def test_of_three_who_mark_at_once_two_are_readers(
    database: Database, overlapping: Callable[[Any, Any], tuple[Any, Any]]
) -> None:
    story, cases = told(SAID[:1], url=database.url.render_as_string(hide_password=False))
    write_book(story)
    story.connection.commit()
    story.close()

    def by(office: Office) -> Callable[[Connection], bool]:
        def act(connection: Connection) -> bool:
            try:
                place = TextPlace(cases[0], "example")
                return mark(connection, office, place, ["targeting"], NOW).changed
            except Conflict:
                return False

        return act

    assert database.run(by(EVA))
    assert sorted(overlapping(by(FAY), by(GUS))) == [False, True]
