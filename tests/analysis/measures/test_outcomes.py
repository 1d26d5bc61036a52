"""Dispositions, response rates and response by administration."""

from datetime import UTC, datetime, timedelta

from analysis.facts.responses import responses, with_facts
from analysis.measures.outcomes import (
    PlaceState,
    WaveOutcome,
    attempts_by_outcome,
    by_place,
    failures,
    wave_outcomes,
)
from surveys.planning.dispositions import Disposition
from tests.analysis.builder import CUT_OFF, OPENS, Story


def outcomes(told: Story) -> dict[str, WaveOutcome]:
    frames = told.frames()
    return {wave.wave: wave for wave in wave_outcomes(frames, with_facts(frames))}


def cast() -> Story:
    """Ada answers, Ben never does, Chi blocks the bot, Dee joins late, Eve stops half way."""
    told = Story().workshop("TFA")
    ada, ben, chi, dee, eve, fay = (
        told.person("TFA", p) for p in ("FJ", "WS", "TO", "VU", "FJ", "PG")
    )
    told.answers(ada, "M6", job="same", use_1="regular")
    told.silent(ben, "M6")
    told.blocked(chi, "M6")
    late = datetime.combine(OPENS["M6"], datetime.min.time(), UTC) + timedelta(days=9)
    told.set("cases", told.answers(dee, "M6", job="moved"), created_at=late)
    told.broke_off(eve, "M6", job="same")
    told.case(fay, "M6")
    return told


def test_cases_are_the_sum_of_dispositions_and_open_ones_count_as_open() -> None:
    wave = outcomes(cast())["M6"]
    counts = dict(wave.dispositions)
    assert sum(counts.values()) == wave.cases == 6
    assert counts[Disposition.COMPLETE] == 2
    assert [
        counts[Disposition(code)] for code in ("unknown", "non_contact", "break_off", "open")
    ] == [1, 1, 1, 1]


def test_each_step_of_the_fieldwork_holds_the_people_of_the_next() -> None:
    wave = outcomes(cast())["M6"]
    steps = (wave.attended, wave.invited, wave.reachable, wave.started, wave.completed)
    assert steps == (6, 6, 5, 3, 2)
    assert (wave.of_reachable.part, wave.of_reachable.base) == (2, 5)
    assert (wave.of_attended.part, wave.of_attended.base) == (2, 6)
    assert wave.joined_late == 1


def test_a_person_without_any_attempt_is_attended_but_not_invited() -> None:
    told = Story().workshop("TFA")
    told.case(told.person("TFA", "FJ"), "M6", attempts=())
    wave = outcomes(told)["M6"]
    assert (wave.attended, wave.invited, wave.reachable) == (1, 0, 0)


def test_t03_a_wave_without_any_case_has_zeros_and_no_error() -> None:
    told = Story().workshop("TFA")
    told.person("TFA", "FJ")
    told.wave("TFA", "M3", missed=True)
    wave = outcomes(told)["M3"]
    assert (wave.attended, wave.cases, wave.completed, wave.missed) == (1, 0, 0, True)


def test_t09_an_abandoned_start_is_no_respondent() -> None:
    told = Story().workshop("TFA")
    ada = told.person("TFA", "FJ")
    told.broke_off(ada, "M3", job="same")
    told.answers(ada, "M6", job="same")
    assert [r.wave for r in told.responses()] == ["M6"]
    assert outcomes(told)["M6"].completed == 1


def test_t11_late_and_removed_people_stay_in_the_base_so_no_rate_passes_100() -> None:
    told = Story().workshop("TFA")
    people = [told.person("TFA", "FJ") for _ in range(7)]
    late = datetime.combine(OPENS["M6"], datetime.min.time(), UTC) + timedelta(days=5)
    for number, person in enumerate(people):
        case = told.answers(person, "M6", job="same")
        if number >= 5:
            told.set("cases", case, created_at=late)
    told.set("enrolments", people[0], withdrawn_at=CUT_OFF - timedelta(days=1))
    wave = outcomes(told)["M6"]
    assert (wave.completed, wave.invited, wave.attended) == (7, 7, 7)
    assert (wave.joined_late, wave.left_after_answering) == (2, 1)
    notes = next(s for s in told.report().sections if s.key == "fieldwork").notes
    assert any("joined late, counted: 2" in note for note in notes)
    assert any("stopped after answering, counted: 1" in note for note in notes)


def test_people_who_refused_before_the_wave_closed_are_refusals_already() -> None:
    told = Story().workshop("TFA")
    ada = told.person("TFA", "FJ")
    told.case(ada, "M6")
    told.set("enrolments", ada, refused_at=CUT_OFF - timedelta(days=5))
    assert dict(outcomes(told)["M6"].dispositions)[Disposition.REFUSAL] == 1


def test_a_contact_point_who_handed_over_is_no_refusal_and_the_successor_stands_for_both() -> None:
    told = Story().workshop("TFA")
    nia, leo = (told.person("TFA", "TO", role="contact_point") for _ in range(2))
    told.case(nia, "NCP12")
    told.set("enrolments", nia, handed_over_at=CUT_OFF - timedelta(days=5))
    told.answers(leo, "NCP12", permission="yes")
    wave = outcomes(told)["NCP12"]
    assert (wave.attended, wave.invited, wave.completed) == (1, 1, 1)
    counts = dict(wave.dispositions)
    assert (counts[Disposition.REFUSAL], counts[Disposition.NOT_ELIGIBLE]) == (0, 1)


def test_cancelled_cases_are_not_eligible_and_leave_the_base() -> None:
    told = Story().workshop("TFA")
    told.case(told.person("TFA", "FJ"), "M6", disposition="not_eligible", closed_at=CUT_OFF)
    wave = outcomes(told)["M6"]
    assert (wave.cases, wave.invited) == (1, 0)


def test_administrations_are_reached_silent_moved_or_not_reachable() -> None:
    frames = cast().frames()
    cases = with_facts(frames)
    places = by_place(frames, cases, {"TFA": "M6"}, responses(frames, cases))
    assert {place.code: place.state for place in places} == {
        "FJ": PlaceState.REPLIED,
        "PG": PlaceState.SILENT,
        "TO": PlaceState.NOT_REACHABLE,
        "VU": PlaceState.MOVED,
        "WS": PlaceState.SILENT,
    }
    assert {place.code: place.people for place in places}["FJ"] == 2


def test_attempts_are_counted_by_kind_and_outcome_with_reasons() -> None:
    frames = cast().frames()
    assert attempts_by_outcome(frames) == (
        ("invitation", "failed", 1),
        ("invitation", "sent", 5),
        ("reminder", "sent", 2),
    )
    assert failures(frames) == (("blocked", 1),)
