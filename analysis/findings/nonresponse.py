"""Who did not answer the next wave, and what is known of them; for outside only what may be told."""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from operator import attrgetter
from typing import Any

import pandas as pd

from analysis.disclosure.small_groups import SMALLEST
from analysis.facts.responses import Response
from analysis.findings.report_facts import ReportFacts
from analysis.findings.splits import Fates, people_split
from analysis.measures.nonresponse import (
    Cell,
    Part,
    UseByReply,
    When,
    cell_of,
    use_by_reply,
    when_of,
)
from analysis.measures.uses import FOLLOW_UPS, USES, best_use
from surveys.planning.dispositions import MAYBE_SEEN

CELLS = tuple(Cell)
_MOMENT = attrgetter("answered_at", "case_id")


def uses_by_reply(reading: ReportFacts) -> tuple[UseByReply, ...]:
    """Return use at each follow-up wave by the reply to the next, where these readers may see it."""
    waves = [wave for wave in FOLLOW_UPS if reading.of(wave) or reading.seats(wave)]
    found = (_use_by_reply(reading, *pair) for pair in pairwise(waves))
    return tuple(one for one in found if one)


def _use_by_reply(reading: ReportFacts, earlier: str, later: str) -> UseByReply | None:
    """Return the four cells; None where one of them may not be told."""
    fates = partial(_fates, earlier, later)
    told = people_split(reading, f"use {earlier} by reply {later}", CELLS, fates)
    counts = {code: count for code, count in told.counts.items() if count is not None}
    if len(counts) < len(CELLS) or not sum(counts.values()):
        return None
    if reading.outside and _tells_of_few(reading, fates, later):
        return None
    return use_by_reply(earlier, later, counts)


def _fates(earlier: str, later: str, reading: ReportFacts) -> Fates:
    """Return the cell of everybody who told their use and was asked at the next wave."""
    asked, replied = reading.seats(later), {one.enrolment_id for one in reading.of(later)}
    known = asked.keys() | replied
    there = [one for one in reading.of(earlier) if one.enrolment_id in known]
    latest = {one.participant_id: one for one in sorted(there, key=_MOMENT) if best_use(one)}
    return {
        who: (
            one,
            cell_of(replied=one.enrolment_id in replied, uses=best_use(one) in USES),
        )
        for who, one in latest.items()
    }


def _tells_of_few(reading: ReportFacts, fates: "partial[Fates]", later: str) -> bool:
    """Return whether the replies of the next wave, told elsewhere, leave a few beside these cells."""
    assert reading.published is not None  # noqa: S101 - the caller has looked
    found = [(one, fates(one)) for one in reading.published.readings.values()]
    beside = [_beside_cells(one, told, later) for one, told in found if _may_be_told(told)]
    return any(
        0 < len(one - other) < SMALLEST
        for groups in zip(*beside, strict=True)
        for one in groups
        for other in (frozenset[int](), *groups)
    )


def _may_be_told(fates: Fates) -> bool:
    people = Counter(code for _, code in fates.values())
    return all(people[cell] >= SMALLEST for cell in CELLS)


def _beside_cells(
    reading: ReportFacts, fates: Fates, later: str
) -> tuple[frozenset[int], frozenset[int]]:
    """Return who replied at the next wave, and who did not, without a cell."""
    replied = frozenset(one.participant_id for one in reading.of(later))
    asked = frozenset(number for number, _ in reading.seats(later).values())
    return replied - fates.keys(), asked - replied - fates.keys()


# How late the answers came, for the office


def by_promptness(reading: ReportFacts, wave: str) -> dict[When, Part]:
    """Return use by when the response was begun: at once, after one reminder, or later."""
    reminders = _reminders(reading, wave)
    cases = reading.cases[reading.cases["wave"] == wave]
    began: dict[int, Any] = dict(
        zip(cases["id"].tolist(), cases["started_at"].tolist(), strict=True)
    )
    told: dict[When, list[bool]] = {when: [] for when in When}
    for one in reading.of(wave):
        use = best_use(one)
        if use and not one.imported:
            begun = one.answered_at if pd.isna(began[one.case_id]) else began[one.case_id]
            before = sum(at <= begun for at in reminders.get(one.case_id, ()))
            told[when_of(before)].append(use in USES)
    return {when: Part(sum(uses), len(uses)) for when, uses in told.items()}


def _reminders(reading: ReportFacts, wave: str) -> Mapping[int, list[pd.Timestamp]]:
    """Return when reminders arrived, or may have, by case of a wave."""
    attempts = reading.frames.attempts
    cases = reading.cases.loc[reading.cases["wave"] == wave, "id"]
    arrived = attempts["outcome"].isin([*MAYBE_SEEN]) & (attempts["kind"] == "reminder")
    found = attempts[arrived & attempts["case_id"].isin(cases)]
    moments: dict[int, list[pd.Timestamp]] = {}
    for case, at in zip(found["case_id"].tolist(), found["outcome_at"].tolist(), strict=True):
        moments.setdefault(case, []).append(at)
    return moments


# Groups, for the office


def replies_of(reading: ReportFacts, wave: str, groups: Mapping[int, str]) -> dict[str, Part]:
    """Return how many of each group replied in a wave; `groups` are of enrolments."""
    there = {one.enrolment_id for one in reading.of(wave)}
    asked = Counter(groups[seat] for seat in reading.seats(wave) if seat in groups)
    replied = Counter(
        groups[seat] for seat in reading.seats(wave) if seat in groups and seat in there
    )
    return {group: Part(replied[group], number) for group, number in asked.items()}


def before_by_reply(
    reading: ReportFacts, wave: str
) -> tuple[tuple[Response, ...], tuple[Response, ...]]:
    """Return what was answered before the workshop by who replied in a wave, and by who did not."""
    there = {one.enrolment_id for one in reading.of(wave)}
    told = [one for one in reading.of("PRE") if one.enrolment_id in reading.seats(wave)]
    replied = tuple(one for one in told if one.enrolment_id in there)
    return replied, tuple(one for one in told if one.enrolment_id not in there)
