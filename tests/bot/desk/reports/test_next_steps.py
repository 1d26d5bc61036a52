"""What the office does next: worded, released with the next version, and undone."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.desk.reports.choices import Wishes
from bot.desk.reports.next_steps import (
    add,
    change,
    drop,
    keep,
    list_steps,
    release,
    undo,
)
from bot.desk.reports.steps import StandingStep, StepPlace
from bot.settings.office import Office
from storage.database import Conflict, NotFound
from storage.office.audit import entries
from storage.office.next_steps import put_step
from surveys.next_step import Content, NextStep, State
from surveys.problems import BadInput
from tests.analysis.builder import PLACES
from tests.bot.desk.reports.conftest import CODE, FIRST, LATE, OFFICE, SECOND, Versions

FAY = OFFICE.acting_as("S-FAY")
SILENT = StepPlace(CODE, "silent")


def run(versions: Versions, act: Any, *given: Any, office: Office = OFFICE) -> Any:
    return versions.database.run(act, office, *given, LATE)


def standing(versions: Versions) -> dict[str, StandingStep]:
    found = versions.database.read(list_steps, CODE, LATE)
    return {one.key: one for one in found}


def told(versions: Versions, wishes: Wishes) -> list[list[Any]]:
    report = json.loads(versions.report(SECOND, wishes=wishes))
    tables = [
        one for part in report["sections"] if part["key"] == "next" for one in part["tables"]
    ]
    return [row for table in tables for row in table["rows"]]


@pytest.fixture
def silent(on_both: Versions) -> Versions:
    """One of thirteen officers has not answered."""
    on_both.told.silent(on_both.told.person(CODE, PLACES[12]), "M6")
    on_both.told.connection.commit()
    return on_both


def test_staff_word_a_step_and_readers_outside_have_it_once_released_and_presented(
    silent: Versions,
) -> None:
    assert standing(silent)["silent"].count == 1
    run(silent, change, SILENT, ("Call the contact points  in June.", None))
    assert told(silent, Wishes()) == [[1, "Call the contact points in June.", "Organiser"]]
    silent.present(FIRST)
    assert told(silent, Wishes("rtc")) == []
    run(silent, release, SILENT)
    assert told(silent, Wishes("good_practice")) == []
    again = silent.present(SECOND)
    assert again.report_status.version == 2
    assert told(silent, Wishes("rtc")) == [["Call the contact points in June.", "Organiser"]]
    assert [step for step in standing(silent).values() if step.content.state is State.RELEASED]


def test_an_undo_changes_nothing_that_somebody_changed_since(silent: Versions) -> None:
    first = run(silent, change, SILENT, ("Call them.", None))
    second = run(silent, drop, SILENT, office=FAY)
    late = run(silent, undo, first.undo)
    assert late.said == "silent of W0 was changed since, by S-FAY. Nothing was changed."
    assert run(silent, undo, second.undo).content.words == "Call them."
    log = silent.database.read(entries, LATE - timedelta(days=1))
    assert [(one.who, str(one.act), one.about) for one in log] == [
        ("S-EVA", "next step changed", "W0 silent office"),
        ("S-FAY", "next step changed", "W0 silent dropped"),
        ("S-EVA", "next step change taken back", "W0 silent office"),
    ]


def test_the_first_change_is_undone_to_the_words_of_the_rule(versions: Versions) -> None:
    done = run(versions, change, SILENT, ("Call them.", "Deputy"))
    back = run(versions, undo, done.undo)
    assert back.content.words == "No reply or not reachable: call their contact points."
    made = run(versions, add, CODE, ("Hold a webinar.", ""))
    assert made.place.key == "own-1"
    assert run(versions, undo, made.undo).content.state is State.DROPPED
    assert told(versions, Wishes()) == []


def test_repeating_an_act_changes_nothing_and_says_so(versions: Versions) -> None:
    run(versions, add, CODE, ("Hold a webinar.", "Organiser"))
    assert (
        run(versions, add, CODE, (" Hold a  webinar.", "")).said == "own-1 of W0 says so already."
    )
    own = StepPlace(CODE, "own-1")
    for act in (release, drop, keep):
        assert run(versions, act, own).changed
        assert run(versions, act, own).said == "own-1 of W0 is so already. Nothing was changed."
    assert told(versions, Wishes()) == [["–", "Hold a webinar.", "Organiser"]]


def test_what_cannot_be_is_refused_with_what_to_do(versions: Versions) -> None:
    run(versions, add, CODE, ("Hold a webinar.", ""))
    with pytest.raises(Conflict, match="next-step change W0 own-1 --owner WHO"):
        run(versions, release, StepPlace(CODE, "own-1"))
    with pytest.raises(NotFound, match="Its steps: help, silent, claimed, own-1"):
        run(versions, drop, StepPlace(CODE, "own-2"))
    with pytest.raises(NotFound):
        run(versions, undo, 99)
    with pytest.raises(Conflict, match="recommendation list 2017"):
        run(versions, add, "FY2017", ("Hold a webinar.", ""))
    with pytest.raises(Conflict, match="Name its workshop"):
        run(versions, drop, StepPlace("W0/M6", "help"))
    for words in (" ", "x" * 501):
        with pytest.raises(BadInput):
            run(versions, change, SILENT, (words, None))


def test_a_released_step_says_who_does_it_whatever_is_changed_or_undone(silent: Versions) -> None:
    own = StepPlace(CODE, "own-1")
    run(silent, add, CODE, ("Hold a webinar.", "Organiser"))
    run(silent, release, own)
    with pytest.raises(Conflict, match="next-step change W0 own-1 --owner WHO"):
        run(silent, change, own, (None, " "))
    assert standing(silent)["own-1"].content.owner == "Organiser"
    run(silent, keep, own)
    without = run(silent, change, own, (None, ""))
    assert run(silent, undo, without.undo).content.owner == "Organiser"


def test_an_undo_never_tells_a_step_outside_without_who_does_it(silent: Versions) -> None:
    bare = NextStep("own-1", Content("Hold a webinar.", "", State.RELEASED))
    silent.database.run(put_step, CODE, bare, "S-EVA", LATE)
    mended = run(silent, change, StepPlace(CODE, "own-1"), (None, "Organiser"))
    with pytest.raises(Conflict, match="does not say who does it"):
        run(silent, undo, mended.undo)
    assert standing(silent)["own-1"].content.owner == "Organiser"


def test_what_is_still_told_outside_stands_in_the_office_until_it_is_taken_back(
    versions: Versions,
) -> None:
    """Everybody has replied, so the rule of the silent is about nobody."""
    run(versions, release, SILENT)
    versions.present(SECOND)
    assert told(versions, Wishes("rtc")) != []
    (row,) = told(versions, Wishes())
    assert row == [
        "–",
        "No reply or not reachable: call their contact points. "
        "No longer applies by rule; still told outside.",
        "Organiser",
    ]
    assert standing(versions)["silent"].lapsed
    run(versions, keep, SILENT)
    assert not standing(versions)["silent"].lapsed
    assert told(versions, Wishes()) == []


def test_what_names_a_person_is_not_released_unseen(silent: Versions) -> None:
    run(silent, change, SILENT, ("Call Ana, ana@example.org", "Eva"))
    with pytest.raises(Conflict, match=r"ana@example\.org looks like somebody's e-mail address"):
        run(silent, release, SILENT)
    run(silent, change, SILENT, ("Call Name of the list", None))
    assert "looks like a name: Name" in run(silent, release, SILENT).said
    with pytest.raises(Conflict, match="phone number"):
        run(silent, change, SILENT, ("Call +66 2 123 4567", None))
    assert standing(silent)["silent"].content.words == "Call Name of the list"
