"""What an answer about an anchor means, in every version of the questionnaires."""

from datetime import UTC, datetime

import pytest

from analysis.facts.responses import Response
from analysis.measures.anchor_statuses import (
    CODES,
    DENYING,
    SINCE_THE_WORKSHOP,
    STANDING,
    STATUSES,
    TICKS,
    Status,
    statuses,
)
from surveys.authoring.packaged import packaged_questionnaire

WAVES = tuple(STATUSES)


def response(wave: str, skipped: str = "", **values: str) -> Response:
    told = datetime(2018, 6, 8, tzinfo=UTC)
    left = frozenset(skipped.split())
    return Response(1, 1, 1, "IPR", "FJ", "", wave, (wave, 1), told, values, left)


@pytest.mark.parametrize("wave", WAVES)
def test_each_wave_tells_the_status_of_a_kind_in_its_own_question(wave: str) -> None:
    for status in Status:
        answers = {TICKS[wave]: "unit", f"{STATUSES[wave]}unit": status.value}
        assert statuses(response(wave, **answers)) == {"unit": status}


@pytest.mark.parametrize("wave", WAVES)
def test_none_yet_denies_every_kind(wave: str) -> None:
    denied = statuses(response(wave, **{TICKS[wave]: "none"}))
    assert denied == dict.fromkeys(CODES, Status.NOT_IN_FORCE)


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("ticked", ["dont_know", ""])
def test_who_does_not_know_or_does_not_answer_says_nothing_of_any_kind(
    wave: str, ticked: str
) -> None:
    assert statuses(response(wave, **{TICKS[wave]: ticked})) == {}


@pytest.mark.parametrize("wave", ["SUP6", "SUP12", "NCP12"])
def test_a_tick_of_an_earlier_version_is_in_force_since_whenever(wave: str) -> None:
    told = statuses(response(wave, **{TICKS[wave]: "procedure law"}))
    assert told == {"procedure": Status.IN_FORCE, "law": Status.IN_FORCE}


@pytest.mark.parametrize("wave", ["SUP6", "SUP12"])
def test_a_tick_whose_status_was_skipped_says_nothing(wave: str) -> None:
    assert statuses(response(wave, "anchor_seen_procedure", anchors="procedure")) == {}


@pytest.mark.parametrize("wave", ["M6", "M12"])
def test_a_tick_of_an_officer_says_nothing_without_a_status(wave: str) -> None:
    assert statuses(response(wave, **{TICKS[wave]: "procedure"})) == {}


@pytest.mark.parametrize("wave", WAVES)
def test_a_code_of_an_own_version_of_an_office_is_not_counted(wave: str) -> None:
    assert (
        statuses(response(wave, **{TICKS[wave]: "unit", f"{STATUSES[wave]}unit": "pilot"})) == {}
    )


def test_what_stood_there_before_is_in_force_and_denies_a_result_of_the_workshop() -> None:
    assert Status.BEFORE in STANDING & DENYING
    assert not SINCE_THE_WORKSHOP & DENYING
    assert Status.IN_FORCE not in SINCE_THE_WORKSHOP | DENYING
    assert Status.DONT_KNOW not in STANDING | DENYING


def test_the_kinds_are_those_that_officers_are_offered() -> None:
    offered = packaged_questionnaire("M6").choices["anchors"]
    assert tuple(one.name for one in offered if not one.exclusive) == CODES
