"""The state of a wave from what is stored, and what can be done in it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from surveys.planning.due_workshops import opens_at, over_at
from surveys.planning.wave_states import (
    ACTS,
    NEAR,
    WaveAct,
    WaveFacts,
    WaveState,
    acts_in,
    due_at,
    opens_by_itself,
    state_of,
)

FACTS = WaveFacts(date(2018, 6, 8), date(2018, 7, 6))
BEFORE = datetime(2018, 5, 1, tzinfo=UTC)
OPENS = opens_at(FACTS.opens_on)
OVER = over_at(FACTS.closes_on)
LATER = OPENS + timedelta(days=3)


@pytest.mark.parametrize(
    ("facts", "now", "state"),
    [
        ({}, BEFORE, "planned"),
        ({}, LATER, "planned"),
        ({}, OVER, "not asked"),
        ({"confirmed": False}, BEFORE, "waits for confirmed dates"),
        ({"asked": True}, BEFORE, "needs your yes"),
        ({"asked": True}, OVER, "not asked"),
        ({"known_since": OPENS - NEAR}, BEFORE, "planned"),
        ({"known_since": OPENS - NEAR + timedelta(hours=1)}, BEFORE, "needs your yes"),
        ({"known_since": LATER, "people": False}, LATER, "planned"),
        ({"held": True}, BEFORE, "on hold, was planned"),
        ({"held": True}, OVER, "on hold, was planned"),
        ({"workshop_held": True}, BEFORE, "on hold, was planned"),
        ({"workshop_held": True}, OVER, "not asked"),
        ({"skipped": True}, BEFORE, "skipped"),
        ({"missed": True}, BEFORE, "not asked"),
        ({"cancelled": True}, BEFORE, "cancelled"),
        ({"opened": True}, LATER, "open"),
        ({"opened": True, "cancelled": True}, LATER, "cancelled"),
        ({"opened": True, "known_since": LATER}, LATER, "open"),
        ({"opened": True, "sends_from": LATER}, LATER - timedelta(minutes=1), "opening"),
        ({"opened": True, "sends_from": LATER}, LATER, "open"),
        ({"opened": True, "held": True}, LATER, "on hold, was open"),
        ({"opened": True, "workshop_held": True}, LATER, "on hold, was open"),
        ({"opened": True, "closed": True, "held": True}, LATER, "closed"),
        ({"opened": True, "closed": True, "cancelled": True}, LATER, "closed"),
    ],
)
def test_the_state_follows_from_what_is_stored(
    facts: dict[str, object], now: datetime, state: str
) -> None:
    assert state_of(replace(FACTS, **facts), now) == state  # type: ignore[arg-type]


def test_every_state_has_its_acts_and_an_answered_wave_never_goes_back() -> None:
    assert set(ACTS) == set(WaveState)
    for state in WaveState:
        assert WaveAct.BACK not in acts_in(state, answered=True)
    assert acts_in(WaveState.OPEN, answered=False) - acts_in(WaveState.OPEN, answered=True) == {
        WaveAct.BACK
    }


def test_a_wave_opens_by_itself_on_its_day_if_it_has_people_and_was_seen_before() -> None:
    assert opens_by_itself(FACTS, OPENS)
    assert not opens_by_itself(FACTS, OPENS - timedelta(minutes=1))
    for facts in ({"people": False}, {"asked": True}, {"held": True}, {"known_since": OPENS}):
        assert not opens_by_itself(replace(FACTS, **facts), OPENS)


def test_a_round_looks_at_a_wave_when_it_opens_or_is_over_or_must_be_asked_about() -> None:
    assert due_at(FACTS) == OPENS
    assert due_at(replace(FACTS, people=False)) == OVER
    assert due_at(replace(FACTS, asked=True)) == OVER
    assert due_at(replace(FACTS, known_since=LATER)) == LATER
    for done in ("opened", "skipped", "missed", "held", "cancelled"):
        assert due_at(replace(FACTS, **{done: True})) is None  # type: ignore[arg-type]
