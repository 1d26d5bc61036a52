"""The disposition of a case, and the order in which facts count."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.planning.dispositions import (
    PARTIAL_FROM,
    CaseFacts,
    Disposition,
    Standing,
    final_disposition,
    standing,
)

AT = datetime(2018, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("story", "facts", "expected"),
    [
        ("Ada answers", {"completed_at": AT, "answered": 9, "asked": 9}, ("complete", "")),
        (
            "Ada answers everything, later she stops",
            {"completed_at": AT, "withdrawn_at": AT},
            ("complete", ""),
        ),
        ("half of the way is enough to count", {"answered": 5, "asked": 10}, ("partial", "")),
        (
            "more than half, then a stop",
            {"answered": 6, "asked": 10, "withdrawn_at": AT},
            ("partial", "stopped"),
        ),
        (
            "less than half",
            {"started_at": AT, "answered": 4, "asked": 10},
            ("break_off", ""),
        ),
        ("the consent was declined", {"reached": True, "refused_at": AT}, ("refusal", "declined")),
        (
            "she said stop without an answer",
            {"reached": True, "withdrawn_at": AT},
            ("refusal", "stopped"),
        ),
        (
            "she said stop after one answer",
            {"answered": 1, "asked": 10, "withdrawn_at": AT},
            ("refusal", "stopped"),
        ),
        (
            "a contact point handed over before answering",
            {"reached": True, "answered": 1, "asked": 10, "handed_over": True},
            ("not_eligible", "handed_over"),
        ),
        (
            "she answered, then handed over",
            {"completed_at": AT, "handed_over": True},
            ("complete", ""),
        ),
        ("Ben never answers", {"reached": True}, ("unknown", "silent")),
        ("Ben looks at the first question", {"started_at": AT}, ("unknown", "silent")),
        (
            "Ben got the invitation and blocked the bot later",
            {"reached": True, "failure": "blocked"},
            ("unknown", "silent"),
        ),
        ("Chi blocked the bot before", {"failure": "blocked"}, ("non_contact", "blocked")),
        ("the account is deleted", {"failure": "deleted"}, ("non_contact", "deleted")),
        ("nobody has a chat with her", {"failure": "no_address"}, ("non_contact", "no_address")),
        (
            "nor has anybody else",
            {"failure": "no_address", "others_asked": False},
            ("not_asked", "no_address"),
        ),
        ("the turn never came", {}, ("not_asked", "not_sent")),
        ("the workshop was cancelled", {"cancelled": True}, ("not_eligible", "cancelled")),
        (
            "cancelled, but she had answered",
            {"cancelled": True, "completed_at": AT},
            ("complete", ""),
        ),
    ],
)
def test_each_life_of_a_case_has_one_outcome(
    story: str, facts: dict[str, object], expected: tuple[str, str]
) -> None:
    assert final_disposition(CaseFacts(**facts)) == expected, story  # type: ignore[arg-type]


facts = st.builds(
    CaseFacts,
    started_at=st.none() | st.just(AT),
    completed_at=st.none() | st.just(AT),
    refused_at=st.none() | st.just(AT),
    withdrawn_at=st.none() | st.just(AT),
    cancelled=st.booleans(),
    answered=st.integers(0, 12),
    asked=st.integers(0, 12),
    reached=st.booleans(),
    failure=st.sampled_from(["", "blocked", "deleted", "no_address"]),
    others_asked=st.booleans(),
)


@given(facts)
def test_every_case_gets_a_final_outcome_that_its_facts_carry(case: CaseFacts) -> None:
    disposition, detail = final_disposition(case)
    assert disposition is not Disposition.OPEN
    assert len(detail) <= 24
    assert (disposition is Disposition.COMPLETE) == (case.completed_at is not None)
    if disposition is Disposition.PARTIAL:
        assert case.answered >= PARTIAL_FROM * case.asked
        assert case.answered > 0
    if disposition is Disposition.BREAK_OFF:
        assert 0 < case.answered < PARTIAL_FROM * case.asked
    if disposition is Disposition.NOT_ASKED:
        assert not case.reached and case.started_at is None
        assert not (case.failure and case.others_asked)
    if disposition is Disposition.NON_CONTACT:
        assert case.failure
        assert not case.reached
        assert case.answered == 0
    if disposition is Disposition.REFUSAL:
        assert case.refused_at or case.withdrawn_at


ASKED, INVITED = Standing(asked=True), Standing(asked=True, invited=True)
CAME = Standing(asked=True, uninvited=True, started=True)


@pytest.mark.parametrize(
    ("story", "disposition", "facts", "expected"),
    [
        ("opened a minute ago", "open", "", Standing()),
        ("the message has arrived", "open", "reached", INVITED),
        ("no address works, so far", "open", "failed", ASKED),
        ("she came to the room", "open", "started", CAME),
        (
            "she came, and was reminded later",
            "open",
            "reached started",
            replace(INVITED, started=True),
        ),
        ("entered from paper", "complete", "", replace(CAME, completed=True)),
        (
            "invited and answered",
            "complete",
            "reached started",
            replace(INVITED, started=True, completed=True),
        ),
        ("half way", "partial", "reached started", replace(INVITED, started=True)),
        ("silent", "unknown", "reached", INVITED),
        ("blocked before", "non_contact", "failed", ASKED),
        ("declined in another wave", "refusal", "", ASKED),
        ("closed before anything was sent", "not_asked", "", Standing()),
        ("handed over after the invitation", "not_eligible", "reached started", Standing()),
    ],
)
def test_each_case_is_counted_once_as_asked_invited_or_come(
    story: str, disposition: str, facts: str, expected: Standing
) -> None:
    known = {name: name in facts.split() for name in ("reached", "started", "failed")}
    assert standing(Disposition(disposition), **known) == expected, story


@given(st.sampled_from(Disposition), st.booleans(), st.booleans(), st.booleans())
def test_no_part_exceeds_its_base(
    disposition: Disposition, reached: bool, started: bool, failed: bool
) -> None:
    one = standing(disposition, reached=reached, started=started, failed=failed)
    assert one.completed <= one.started <= one.reached <= one.asked
    assert one.invited + one.uninvited == one.reached
