"""The code book: themes are added, worded, retired and put back; a code is never given twice."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.desk.reports.code_book import (
    ThemeChanged,
    active_themes,
    add,
    change,
    marked_themes,
    restore,
    retire,
    undo_change,
)
from bot.settings.office import Office
from storage.database import Conflict, Database, NotFound
from storage.fieldwork.next_contact import Rules
from storage.office.audit import Act, entries
from storage.office.themes import code_book
from surveys.planning.plans_file import packaged_plans
from surveys.problems import BadInput
from tests.analysis.builder import CUT_OFF, Story

OFFICE = Office(Rules(packaged_plans(), ("telegram",)))
EVA, FAY = OFFICE.acting_as("S-EVA"), OFFICE.acting_as("S-FAY")
TARGETING = ("Targeting", "Choosing what to check.", "We check by risk.")


class Book:
    """The code book of an office."""

    def __init__(self) -> None:
        self.story = Story()

    def does(
        self, act: Callable[..., ThemeChanged], *given: Any, by: Office = EVA
    ) -> ThemeChanged:
        return act(self.story.connection, by, *given, CUT_OFF)

    def names(self) -> dict[str, str]:
        return {one.code: one.content.name for one in active_themes(self.story.connection)}


@pytest.fixture
def book() -> Book:
    return Book()


def test_a_theme_is_added_worded_and_each_is_undone(book: Book) -> None:
    added = book.does(add, " Targeting", TARGETING)
    assert (added.code, added.said) == ("targeting", "targeting is in the code book: “Targeting”.")
    worded = book.does(change, "targeting", ("Risk targeting", None, None))
    assert worded.content.definition == "Choosing what to check."
    assert book.names() == {"targeting": "Risk targeting"}
    assert book.does(undo_change, worded.undo).said == "targeting is as it was before."
    assert book.names() == {"targeting": "Targeting"}
    log = [(one.act, one.about) for one in entries(book.story.connection)]
    assert log == [
        (Act.THEME_CHANGED, "targeting"),
        (Act.THEME_CHANGED, "targeting"),
        (Act.THEME_UNDONE, "targeting"),
    ]


def test_repeating_an_act_changes_nothing_and_says_so(book: Book) -> None:
    book.does(add, "targeting", TARGETING)
    for act, given in ((add, ("targeting", TARGETING)), (change, ("targeting", TARGETING))):
        done = book.does(act, *given)
        assert not done.changed
        assert "Nothing was changed" in done.said
    assert not book.does(restore, "targeting").changed
    assert book.does(retire, "targeting").changed
    assert not book.does(retire, "targeting").changed


def test_a_retired_theme_is_marked_no_more_and_its_code_is_never_given_again(book: Book) -> None:
    added = book.does(add, "targeting", TARGETING)
    assert book.does(undo_change, added.undo).said == "targeting is retired. Its code stays taken."
    with pytest.raises(Conflict, match="belongs to “Targeting” already"):
        book.does(add, "TARGETING", ("Tariffs", "", ""))
    with pytest.raises(Conflict, match="retired"):
        marked_themes(book.story.connection, ["targeting"])
    assert book.names() == {}
    book.does(restore, "targeting")
    assert marked_themes(book.story.connection, ["targeting"]) == {"targeting"}


def test_an_undo_names_who_has_changed_the_theme_since(book: Book) -> None:
    added = book.does(add, "targeting", TARGETING)
    book.does(change, "targeting", ("Risk", None, None), by=FAY)
    done = book.does(undo_change, added.undo)
    assert (done.changed, done.said) == (
        False,
        "targeting was changed since, by S-FAY. Nothing was changed.",
    )


@pytest.mark.parametrize(
    ("code", "wording", "said"),
    [
        ("two words", TARGETING, "is no code"),
        ("none", TARGETING, "is no code"),
        ("targeting", ("", "", ""), "is empty"),
        ("targeting", ("x" * 61, "", ""), "longer than 60"),
        ("targeting", ("Targeting", "x" * 501, ""), "longer than 500"),
    ],
)
def test_what_is_no_theme_is_refused(
    book: Book, code: str, wording: tuple[str, str, str], said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        book.does(add, code, wording)
    assert said in str(refused.value)


def test_words_of_the_office_name_nobody(book: Book) -> None:
    book.story.workshop("TFA").person("TFA", "FJ")
    book.story.set("participants", 1, name="Siosaia Vea")
    with pytest.raises(Conflict, match="e-mail"):
        book.does(add, "targeting", ("Targeting", "", "Ask ana@example.org."))
    done = book.does(add, "targeting", ("Targeting", "", "Siosaia began it."))
    assert "looks like a name: Siosaia" in done.said


def test_two_themes_do_not_have_one_name(book: Book) -> None:
    book.does(add, "targeting", TARGETING)
    with pytest.raises(Conflict, match="is the name of targeting already"):
        book.does(add, "risk", ("targeting", "", ""))
    with pytest.raises(NotFound, match="no theme 'risk'"):
        book.does(retire, "risk")


def test_none_stands_alone(book: Book) -> None:
    book.does(add, "targeting", TARGETING)
    assert marked_themes(book.story.connection, ["none"]) == frozenset()
    for codes in ([], ["none", "targeting"]):
        with pytest.raises(BadInput):
            marked_themes(book.story.connection, codes)
    with pytest.raises(NotFound):
        marked_themes(book.story.connection, ["targeting", "nothing"])


def test_of_two_who_add_one_code_at_once_the_second_is_told(
    database: Database, overlapping: Callable[[Any, Any], tuple[Any, Any]]
) -> None:
    def by(office: Office, name: str) -> Callable[[Connection], object]:
        def act(connection: Connection) -> object:
            try:
                return add(connection, office, "targeting", (name, "", ""), CUT_OFF).changed
            except Conflict:
                return False

        return act

    done = overlapping(by(EVA, "Targeting"), by(FAY, "Tariffs"))
    assert sorted(map(bool, done)) == [False, True]
    assert len(database.read(code_book)) == 1
