"""What the office decides about anchors: once, by whom, undone while nobody has decided since."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from analysis.measures.verification import claims
from bot.desk.reports.anchor_decisions import (
    NO,
    YES,
    AnchorDecided,
    AnchorPlace,
    accept_description,
    decide_dispute,
    reject_description,
    sign_of,
    undo_decision,
)
from bot.desk.reports.verification import Inspection, unverify, verify
from bot.settings.office import Office
from storage.database import Conflict, Database, NotFound
from storage.fieldwork.next_contact import Rules
from storage.office.audit import entries
from surveys.planning.plans_file import packaged_plans
from tests.analysis.builder import CUT_OFF, Story

OFFICE = Office(Rules(packaged_plans(), ("telegram",)))
EVA, FAY = OFFICE.acting_as("S-EVA"), OFFICE.acting_as("S-FAY")
ONLY_SQLITE = pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
NOW = CUT_OFF
TITLE = "Order 45 of 2018"


class Desk:
    """An office where one officer tells of a new unit, and a colleague says that there is none yet."""

    def __init__(self, url: str) -> None:
        self.story = Story(url).workshop("W")
        told = {"anchors": "unit", "anchor_status_unit": "new", "title_unit": TITLE}
        self.case = self.story.answers(self.story.person("W", "FJ"), "M6", **told)
        self.other = self.story.answers(self.story.person("W", "FJ"), "M6", anchors="none")
        self.story.connection.commit()
        self.database = Database(url)
        self.place = AnchorPlace(self.case, "unit")

    def run(self, act: Callable[..., Any], *given: Any, office: Office = EVA) -> Any:
        return self.database.run(act, office, *given, NOW)

    def stands(self) -> tuple[str, str, str]:
        (one,) = self.database.read(claims, "W", NOW)
        return one.grade, one.stands, one.read

    def log(self) -> list[tuple[str, str, str]]:
        found = self.database.read(entries, NOW - timedelta(days=1))
        return [(one.who, str(one.act), one.about) for one in found]

    def close(self) -> None:
        self.story.close()
        self.database.close()


@pytest.fixture
def desk(empty_url: str) -> Iterator[Desk]:
    made = Desk(empty_url)
    yield made
    made.close()


def test_a_description_is_read_once_and_what_was_before_comes_back(desk: Desk) -> None:
    assert desk.stands() == ("described", "disputed", "")
    first = desk.run(reject_description, desk.place)
    assert first.said == f"The description of unit in case {desk.case} is rejected."
    again: AnchorDecided = desk.run(reject_description, desk.place, office=FAY)
    assert (again.changed, again.said.rpartition(". ")[2]) == (False, "Nothing was changed.")
    second = desk.run(accept_description, desk.place, office=FAY)
    assert desk.stands() == ("described", "disputed", "accepted")
    late = desk.run(undo_decision, first.undo)
    assert late.said.endswith("is accepted since, by S-FAY. Nothing was changed.")
    back = desk.run(undo_decision, second.undo)
    assert desk.stands() == ("claimed", "disputed", "rejected")
    assert desk.run(undo_decision, back.undo).said.endswith("is accepted again.")
    assert desk.log() == [
        ("S-EVA", "anchor description rejected", f"case {desk.case} unit rejected"),
        ("S-FAY", "anchor description accepted", f"case {desk.case} unit accepted"),
        ("S-EVA", "anchor decision taken back", f"case {desk.case} unit rejected"),
        ("S-EVA", "anchor decision taken back", f"case {desk.case} unit accepted"),
    ]


def test_a_dispute_is_decided_and_open_again(desk: Desk) -> None:
    done = desk.run(decide_dispute, desk.place, NO)
    assert desk.stands()[1] == "no"
    assert not desk.run(decide_dispute, desk.place, NO).changed
    desk.run(undo_decision, done.undo)
    assert desk.stands()[1] == "disputed"
    desk.run(decide_dispute, desk.place, YES)
    assert desk.stands()[1] == "yes"
    whats = [what for _, what, about in desk.log() if about.startswith(f"case {desk.case} unit")]
    assert whats.count("anchor dispute decided") == 2


def test_a_document_seen_counts_whatever_was_decided(desk: Desk) -> None:
    desk.run(decide_dispute, desk.place, NO)
    desk.run(verify, (desk.case, "unit"), Inspection("Eva", "the order"))
    assert desk.stands() == ("document seen", "yes", "")
    desk.run(unverify, (desk.case, "unit"), "Eva")
    assert desk.stands() == ("described", "no", "")


@ONLY_SQLITE
def test_a_title_that_was_changed_since_it_was_read_is_read_again(desk: Desk) -> None:
    read = replace(desk.place, read=sign_of(TITLE))
    assert desk.run(accept_description, read).changed
    desk.story.changes(desk.case, "title_unit", "I do not know", NOW)
    desk.story.connection.commit()
    assert desk.stands() == ("claimed", "disputed", "")
    with pytest.raises(Conflict, match="changed since you read it"):
        desk.run(reject_description, read)


@ONLY_SQLITE
def test_what_cannot_be_decided_says_why(desk: Desk) -> None:
    colleague = AnchorPlace(desk.other, "unit")
    with pytest.raises(Conflict, match="gives no title"):
        desk.run(accept_description, colleague)
    with pytest.raises(Conflict, match="new or changed"):
        desk.run(decide_dispute, colleague, YES)
    with pytest.raises(NotFound, match="no decision 77"):
        desk.run(undo_decision, 77)
    desk.story.changes(desk.other, "anchors", "dont_know", NOW)
    desk.story.connection.commit()
    with pytest.raises(Conflict, match="Nobody disputes"):
        desk.run(decide_dispute, desk.place, YES)
