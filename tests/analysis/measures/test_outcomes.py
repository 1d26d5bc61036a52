"""Dispositions, response rates and response by administration."""

from datetime import UTC, datetime, timedelta

from analysis.facts.responses import responses, with_facts
from analysis.findings.headlines import headlines, in_short
from analysis.findings.reading import read_outside
from analysis.measures.attempts import attempts_by_outcome, failures
from analysis.measures.outcomes import WaveOutcome, wave_outcomes
from analysis.measures.place_outcomes import PlaceState, by_place
from analysis.model import Section
from analysis.sections.fieldwork import fieldwork as section_of
from surveys.planning.dispositions import Disposition
from tests.analysis.builder import CUT_OFF, OPENS, PLACES, Story


def outcomes(told: Story) -> dict[str, WaveOutcome]:
    frames = told.frames()
    return {wave.wave: wave for wave in wave_outcomes(frames, with_facts(frames))}


def fieldwork(told: Story) -> Section:
    return next(one for one in told.report().sections if one.key == "fieldwork")


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
    steps = (wave.asked, wave.invited, wave.reachable, wave.started, wave.completed)
    assert steps == (6, 5, 5, 3, 2)
    assert (wave.of_reachable.part, wave.of_reachable.base) == (2, 5)
    assert (wave.of_asked.part, wave.of_asked.base) == (2, 6)
    assert wave.joined_late == 1


def test_a_person_without_any_attempt_is_not_asked() -> None:
    told = Story().workshop("TFA")
    told.case(told.person("TFA", "FJ"), "M6", attempts=())
    wave = outcomes(told)["M6"]
    assert (wave.not_asked, wave.asked, wave.invited, wave.reachable) == (1, 0, 0, 0)


def test_t03_in_a_missed_wave_nobody_was_asked_and_there_is_no_rate() -> None:
    told = Story().workshop("TFA")
    told.person("TFA", "FJ")
    told.set("enrolments", told.person("TFA", "WS"), refused_at=CUT_OFF - timedelta(days=400))
    told.wave("TFA", "M3", missed=True)
    wave = outcomes(told)["M3"]
    assert (wave.not_asked, wave.asked, wave.cases, wave.missed) == (2, 0, 0, True)
    rate = next(one for one in fieldwork(told).figures if one.key == "response_M3")
    assert (rate.text, rate.base) == ("nobody was asked", 0)


def test_waves_closed_before_anything_was_sent_are_not_asked_in_any_figure() -> None:
    told = Story().workshop("TFA")
    for place in ("FJ", "WS", "TO", "VU", "PG"):
        not_sent = {"disposition": "not_asked", "disposition_detail": "not_sent"}
        told.case(told.person("TFA", place), "M6", (), closed_at=CUT_OFF, **not_sent)
    report = told.report()
    tables = {one.key: one.rows for s in report.sections for one in s.tables}
    assert tables["fieldwork"] == (
        ("6 months", 0, 0, 0, 0, 0, "nobody was asked", "nobody was asked", 5),
    )
    assert tables["dispositions"] == (("6 months", 5, 0, 0, 0, 0, 0, 0, 0, 5, 0),)
    assert {one.state for one in told.reading().places} == {PlaceState.NOT_ASKED}
    assert {one.text for one in headlines(told.reading())} == {"0 of 5 (at most 5)"}
    assert in_short(told.reading())[2].startswith("Of 5 delegations, 5 were not asked.")


def test_one_that_was_not_asked_is_told_in_the_singular() -> None:
    told = Story().workshop("TFA")
    for place in ("FJ", "WS", "TO", "VU", "PG"):
        told.answers(told.person("TFA", place), "M6", use_1="tried")
    not_sent = {"disposition": "not_asked", "disposition_detail": "not_sent"}
    told.case(told.person("TFA", "AU"), "M6", (), closed_at=CUT_OFF, **not_sent)
    assert in_short(told.reading())[2].startswith("Of 6 delegations, 1 was not asked.")


def test_who_came_without_an_invitation_is_counted_apart_and_is_in_the_base() -> None:
    told = Story().workshop("TFA")
    told.silent(told.person("TFA", "WS"), "M6")
    walk_in = told.person("TFA", "FJ")
    at = CUT_OFF - timedelta(days=9)
    case = told.case(
        walk_in, "M6", (), started_at=at, completed_at=at, disposition="complete", closed_at=at
    )
    told.values(case, at, {"job": "same"})
    wave = outcomes(told)["M6"]
    steps = (wave.asked, wave.invited, wave.uninvited, wave.started, wave.completed)
    assert steps == (2, 1, 1, 1, 1)
    note = next(one for one in fieldwork(told).tables if one.key == "fieldwork").note
    assert note.startswith("Without invitation:")


def test_who_said_no_earlier_stays_in_the_base_of_a_wave_that_asked_others() -> None:
    told = Story().workshop("TFA")
    told.silent(told.person("TFA", "WS"), "M6")
    told.set("enrolments", told.person("TFA", "FJ"), refused_at=CUT_OFF - timedelta(days=400))
    told.person("TFA", "TO")
    wave = outcomes(told)["M6"]
    assert (wave.asked, wave.not_asked) == (2, 1)


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
    assert (wave.completed, wave.invited, wave.asked) == (7, 7, 7)
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
    assert (wave.asked, wave.invited, wave.completed) == (1, 1, 1)
    counts = dict(wave.dispositions)
    assert (wave.cases, counts[Disposition.COMPLETE], counts[Disposition.REFUSAL]) == (1, 1, 0)


def contact_points() -> Story:
    """Two people answer for FJ, one of two for WS; the one of TO is silent, the one of VU blocks."""
    told = Story().workshop("TFA")
    for place, how in (
        ("FJ", told.silent), ("FJ", told.answers), ("FJ", told.answers), ("WS", told.broke_off),
        ("WS", told.silent), ("TO", told.silent), ("VU", told.blocked),
    ):  # fmt: skip
        how(told.person("TFA", place, role="contact_point"), "NCP12")
    return told


def test_a_wave_of_contact_points_counts_administrations() -> None:
    told = contact_points()
    wave = outcomes(told)["NCP12"]
    steps = (wave.asked, wave.invited, wave.started, wave.completed, wave.cases)
    assert steps == (4, 3, 2, 1, 4)
    assert {d.value: number for d, number in wave.dispositions if number} == {
        "complete": 1,
        "break_off": 1,
        "unknown": 1,
        "non_contact": 1,
    }
    table = next(one for one in fieldwork(told).tables if one.key == "fieldwork")
    assert table.note.endswith(
        " Contact points, 12 months: administrations are counted, not people."
    )


def test_an_administration_at_two_workshops_is_asked_twice() -> None:
    told = contact_points().workshop("RM")
    told.silent(told.person("RM", "FJ", role="contact_point"), "NCP12")
    assert outcomes(told)["NCP12"].asked == 5


def test_readers_outside_are_told_the_same_number_of_administrations() -> None:
    told = Story().workshop("TFA")
    for place in PLACES[:20]:
        officer = told.person("TFA", place)
        told.answers(officer, "M12", job="same", use_any="regular")
        contact = told.person("TFA", place, role="contact_point")
        if place in PLACES[:10]:
            told.answers(contact, "NCP12", permission="yes")
        else:
            told.silent(contact, "NCP12")
        told.silent(told.person("TFA", place, role="contact_point"), "NCP12")
    outside = read_outside(told.frames(), ["TFA"], CUT_OFF)
    assert outside
    table = next(one for one in section_of(outside).tables if one.key == "fieldwork")
    assert ("Contact points, 12 months", 20, 10, "10 of 20 (50 %)") in table.rows


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


def test_who_has_only_tried_it_is_not_said_to_use_it() -> None:
    told = Story().workshop("TFA")
    for place in PLACES[:6]:
        told.answers(told.person("TFA", place), "M6", use_1="tried")
    said = in_short(told.reading())[1]
    assert said.startswith(
        "Delegations whose officers have tried or use the knowledge and report nothing further: 6."
    )
