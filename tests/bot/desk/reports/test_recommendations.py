"""Recommendations of a fiscal year: worded, released, settled, and undone while nobody changed them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from bot.desk.reports.recommendation_wording import Wording
from bot.desk.reports.recommendations import (
    Recommended,
    add,
    change,
    list_recommendations,
    propose,
    release,
    settle,
    undo,
    withdraw,
)
from bot.settings.office import Office
from storage.database import Conflict, Database, NotFound
from storage.fieldwork.next_contact import Rules
from storage.office.audit import entries
from surveys.planning.fiscal_year import FiscalYear
from surveys.planning.plans_file import packaged_plans
from surveys.problems import BadInput
from surveys.recommendation import Became, Content, State
from tests.analysis.builder import CUT_OFF, PLACES, Story

OFFICE = Office(Rules(packaged_plans(), ("telegram",)))
EVA, FAY = OFFICE.acting_as("S-EVA"), OFFICE.acting_as("S-FAY")
ONLY_SQLITE = pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
YEAR = FiscalYear(2017)
JUNE = date(2019, 6, 30)
WHOLE = Wording("Share examples.", "ROCB", JUNE)


class Desk:
    """An office whose officers named obstacles, and asked for help."""

    def __init__(self, url: str) -> None:
        self.story = Story(url).workshop("W")
        for number, place in enumerate(PLACES[:18]):
            told = {"obstacles": "staff" if number < 12 else "legal", "help": "templates"}
            self.story.answers(self.story.person("W", place), "M3", **told)
        self.story.connection.commit()
        self.database = Database(url)

    def run(self, act: Callable[..., Any], *given: Any, office: Office = EVA) -> Any:
        return self.database.run(act, office, *given, CUT_OFF)

    def propose(self) -> list[Recommended]:
        return propose(self.database, EVA, YEAR, CUT_OFF)

    def stand(self) -> dict[int, Content]:
        found = self.database.read(list_recommendations, YEAR)
        return {one.number: one.content for one in found}

    def log(self) -> list[tuple[str, str, str]]:
        found = self.database.read(entries, CUT_OFF - timedelta(days=1))
        return [(one.who, str(one.act), one.about) for one in found]

    def close(self) -> None:
        self.story.close()
        self.database.close()


@pytest.fixture
def desk(empty_url: str) -> Iterator[Desk]:
    made = Desk(empty_url)
    yield made
    made.close()


def test_a_rule_proposes_once_what_most_people_name(desk: Desk) -> None:
    said = [one.said.partition(": ")[2] for one in desk.propose()]
    assert said == [
        "Train two officers or more for each task, so that it does not depend on one.",
        "Draft the missing procedure within six months after the workshop.",
        "Publish examples and templates with each workshop.",
    ]
    assert desk.propose() == []
    assert [one.state for one in desk.stand().values()] == [State.PROPOSED] * 3
    assert desk.log() == [("S-EVA", "recommendations proposed", "FY2017")]


@ONLY_SQLITE
def test_it_is_released_with_an_owner_and_a_day(desk: Desk) -> None:
    number = desk.propose()[0].number
    with pytest.raises(Conflict, match=f"has no day yet.*change {number} --due DAY"):
        desk.run(release, number)
    desk.run(change, number, Wording(due_on=JUNE))
    done = desk.run(release, number)
    assert (desk.stand()[number].state, desk.stand()[number].due_on) == (State.RELEASED, JUNE)
    again = desk.run(release, number, office=FAY)
    assert (again.changed, again.said.rpartition(". ")[2]) == (False, "Nothing was changed.")
    assert desk.run(undo, done.undo).changed
    assert desk.stand()[number].state is State.PROPOSED


@ONLY_SQLITE
def test_a_released_one_keeps_an_owner(desk: Desk) -> None:
    number = desk.run(add, YEAR, WHOLE).number
    desk.run(release, number)
    with pytest.raises(Conflict, match=f"no owner yet.*change {number} --owner WHO"):
        desk.run(change, number, Wording(owner=" "))
    assert desk.stand()[number].owner == "ROCB"


def test_an_undo_changes_nothing_that_somebody_changed_since(desk: Desk) -> None:
    made = desk.run(add, YEAR, WHOLE)
    desk.run(change, made.number, Wording("Share more examples."), office=FAY)
    late = desk.run(undo, made.undo)
    assert late.said == (
        f"Recommendation {made.number} was changed since, by S-FAY. Nothing was changed."
    )
    assert desk.stand()[made.number].words == "Share more examples."
    assert [act for _, act, _ in desk.log()] == [
        "recommendations proposed",
        "recommendation changed",
    ]


@ONLY_SQLITE
def test_the_first_change_is_undone_by_withdrawing(desk: Desk) -> None:
    made = desk.run(add, YEAR, WHOLE)
    assert not desk.run(add, YEAR, WHOLE).changed
    desk.run(undo, made.undo)
    assert desk.stand()[made.number].state is State.WITHDRAWN


@ONLY_SQLITE
def test_what_became_of_it_is_told_of_a_released_one(desk: Desk) -> None:
    number = desk.run(add, YEAR, WHOLE).number
    with pytest.raises(Conflict, match="is proposed, so nothing can have become of it"):
        desk.run(settle, number, (Became.DONE, ""))
    desk.run(release, number)
    with pytest.raises(Conflict, match="Say why"):
        desk.run(settle, number, (Became.DROPPED, " "))
    done = desk.run(settle, number, (Became.DROPPED, "No budget."))
    stood = desk.stand()[number]
    assert (stood.outcome, stood.outcome_words) == (Became.DROPPED, "No budget.")
    desk.run(undo, done.undo)
    assert desk.stand()[number].outcome is Became.OPEN
    desk.run(withdraw, number)
    assert desk.stand()[number].state is State.WITHDRAWN
    assert desk.log()[-1][2] == f"FY2017 recommendation {number} withdrawn open"


@ONLY_SQLITE
def test_what_cannot_be_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.run(release, 99)
    with pytest.raises(NotFound):
        desk.run(undo, 99)
    with pytest.raises(BadInput):
        desk.run(add, YEAR, Wording(" "))
    with pytest.raises(BadInput):
        desk.run(add, YEAR, Wording("x" * 501))
