"""Loading facts without names, and as they stood at a cut-off."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from analysis.facts.as_of import until
from analysis.facts.frames import Frames, load
from analysis.facts.responses import Response, responses, with_facts
from tests.analysis.builder import CUT_OFF, READ_AT, Story
from tests.analysis.large import a_whole_year


@pytest.fixture(scope="module")
def year() -> Story:
    return a_whole_year()


def test_it_runs_without_the_tables_of_names_and_addresses(year: Story) -> None:
    before = year.report("RM")
    for table in ("codes", "addresses", "participants"):
        year.connection.execute(text(f"drop table {table}"))
    assert year.report("RM") == before


def test_an_unknown_workshop_gives_empty_frames() -> None:
    frames = Story().workshop("TFA").frames("NONE")
    assert frames.workshops.empty
    assert frames.cases.empty
    assert frames.questionnaires == {}


def test_only_the_chosen_workshops_are_loaded() -> None:
    told = Story().workshop("TFA").workshop("AEO")
    for code in ("TFA", "AEO"):
        told.answers(told.person(code, "FJ"), "M6", job="same")
    frames = told.frames("AEO")
    assert list(frames.workshops["code"]) == ["AEO"]
    assert len(frames.cases) == len(frames.answers) == len(frames.attempts) == 1
    assert len(told.frames().cases) == 2


def test_of_one_person_no_more_is_read_than_decides_about_the_answers(year: Story) -> None:
    found = _responses(load(year.connection, ["RM"]))
    somebody = found[len(found) // 2].enrolment_id
    frames = load(year.connection, ["RM"], somebody)
    assert _responses(frames) == tuple(one for one in found if one.enrolment_id == somebody)
    assert len(frames.enrolments) == 1
    assert frames.workshops.empty
    assert frames.administrations.empty


def _responses(frames: Frames) -> tuple[Response, ...]:
    stood = until(frames, READ_AT)
    return responses(stood, with_facts(stood))


def test_donors_keep_their_order() -> None:
    frames = Story().workshop("TFA", donors=("JICA", "CCF/Japan")).frames()
    assert list(frames.workshops["donors"]) == [("JICA", "CCF/Japan")]


def test_later_facts_are_undone_at_the_cut_off() -> None:
    told = Story().workshop("TFA")
    ada = told.person("TFA", "FJ")
    for wave in ("M3", "M6"):
        told.answers(ada, wave, job="same")
    told.set("enrolments", ada, withdrawn_at=CUT_OFF)
    before = until(told.frames(), datetime(2018, 2, 20, tzinfo=UTC))
    assert len(before.cases) == len(before.answers) == 1
    assert before.cases["closed_at"].isna().all()
    assert before.cases["disposition"].isna().all()
    assert before.enrolments["withdrawn_at"].isna().all()


def test_an_answer_that_was_changed_later_has_its_value_of_the_cut_off() -> None:
    told = Story().workshop("TFA")
    case = told.answers(told.person("TFA", "FJ"), "M6", job="same", use_1="tried")
    frozen, changed = CUT_OFF, CUT_OFF + timedelta(days=1)
    told.changes(case, "use_1", "stopped", changed)
    values = [
        dict(until(told.frames(), at).answers[["item", "value"]].to_numpy().tolist())
        for at in (frozen, changed)
    ]
    assert values == [{"job": "same", "use_1": "tried"}, {"job": "same", "use_1": "stopped"}]


def test_a_cut_off_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Story().workshop("TFA").report(cut_off=datetime(2018, 5, 1))  # noqa: DTZ001
