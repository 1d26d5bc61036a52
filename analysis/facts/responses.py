"""Usable responses: who answered what in which wave, as plain records. Knows no storage.

Usable are complete responses and partial ones (at least half of the questions). Break-offs, open
interviews and people who refused are counted in the fieldwork and used nowhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd

from analysis.facts.as_of import ended_by
from analysis.facts.frames import Frames
from analysis.facts.unlinked import beside
from surveys.planning.channels import IMPORTED
from surveys.planning.contacts import Hold
from surveys.planning.dispositions import (
    MAYBE_SEEN,
    CaseFacts,
    Disposition,
    Outcome,
    final_disposition,
    standing,
)

# fmt: off
_DECIDES = (
    "disposition", "started_at", "completed_at", "refused_at", "withdrawn_at", "handed_over_at",
    "answered", "asked", "reached",
)
_OF_CASE = (
    "id", "enrolment_id", "participant_id", "workshop", "administration", "role", "wave",
    "questionnaire_key", "questionnaire_version", "entered_mode",
)
# fmt: on
USABLE = (Disposition.COMPLETE, Disposition.PARTIAL)


@dataclass(frozen=True)
class Response:
    """The answers of one enrolment in one wave. `values` holds answered items as stored texts.

    `skipped` are items that were shown and passed over, `deleted` those answered in own words whose
    text was deleted after its time; an item in none of them was not asked.
    `languages` says in which language an item was answered, `imported` that the answers come from a
    table of an earlier survey.
    """

    case_id: int
    enrolment_id: int
    participant_id: int
    workshop: str
    administration: str
    role: str
    wave: str
    questionnaire: tuple[str, int] | None
    answered_at: datetime
    values: Mapping[str, str]
    skipped: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()
    languages: Mapping[str, str] = field(default_factory=dict)
    imported: bool = False

    @property
    def linked(self) -> bool:
        """Whether the person is known; of answers from earlier tables that may not be so."""
        return self.participant_id > 0

    def described(self, item: str) -> bool:
        """Return whether something was written in an item in own words."""
        return item in self.deleted or bool(self.values.get(item, "").strip())

    def codes(self, item: str) -> frozenset[str]:
        """Return the codes chosen in an item; empty when it was not answered."""
        return frozenset(self.values.get(item, "").split())


def with_facts(frames: Frames) -> pd.DataFrame:
    """Return cases with what decides their outcome: wave, role, enrolment, contact and `outcome`.

    Adds `wave`, `workshop`, `role`, `administration`, `participant_id`, `reached` (a message was or
    may have been delivered, or the person has begun), `outcome`, a `Disposition`, and `standing`.
    """
    waves = frames.waves.rename(
        columns={"id": "wave_id", "key": "wave", "workshop_code": "workshop"}
    )
    people = beside(frames.enrolments, frames.unlinked).rename(
        columns={"id": "enrolment_id", "administration_code": "administration"}
    )
    wave_columns = ["wave_id", "wave", "workshop", "role", "questionnaire_key"]
    cases = frames.cases.merge(waves[[*wave_columns, "questionnaire_version"]], on="wave_id")
    person_columns = ["enrolment_id", "participant_id", "administration"]
    ended = ["refused_at", "withdrawn_at", "handed_over_at"]
    cases = cases.merge(people[[*person_columns, *ended]], on="enrolment_id")
    cases = ended_by(cases, frames.cut_offs)
    begun = cases["started_at"].notna()
    arrived = _with_attempts(frames, cases, MAYBE_SEEN)
    failed = _with_attempts(frames, cases, (Outcome.FAILED,))
    asking = cases["wave_id"].isin(cases.loc[arrived | begun | failed, "wave_id"])
    # A wave that has asked nobody yet has not asked those either whom it cannot reach.
    failed |= asking & (cases["hold"] == Hold.UNREACHABLE)
    cases["reached"] = arrived | begun
    outcomes = [_outcome(row) for row in records(cases[list(_DECIDES)])]
    standings = [
        standing(outcome, reached=one, started=two, failed=three)
        for outcome, one, two, three in zip(outcomes, arrived, begun, failed, strict=True)
    ]
    found = {"outcome": outcomes, "standing": standings}
    return cases.assign(
        **{name: pd.Series(one, index=cases.index, dtype=object) for name, one in found.items()}
    )


def having(cases: pd.DataFrame, step: str) -> pd.DataFrame:
    """Return the cases that have come as far as a field of `Standing`, such as "asked"."""
    return cases[np.array([getattr(one, step) for one in cases["standing"]], dtype=bool)]


def _with_attempts(
    frames: Frames, cases: pd.DataFrame, outcomes: Iterable[Outcome]
) -> "pd.Series[bool]":
    """Return which cases have an attempt with one of some outcomes."""
    those = frames.attempts["outcome"].isin([*outcomes])
    return cases["id"].isin(frames.attempts.loc[those, "case_id"])


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as plain dictionaries."""
    if frame.empty:
        return []
    names = [str(column) for column in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in _rows(frame, names)]


def _rows(frame: pd.DataFrame, columns: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Return the rows of some columns, read by whole columns, which is faster for texts."""
    return zip(*(frame[column].tolist() for column in columns), strict=True)


def _outcome(case: Mapping[str, Any]) -> Disposition:
    """Return the frozen disposition; before closing, only one that can no longer change, else OPEN."""
    stored = case["disposition"]
    if isinstance(stored, str) and stored:
        return Disposition(stored)
    facts = CaseFacts(
        started_at=_time(case["started_at"]),
        completed_at=_time(case["completed_at"]),
        refused_at=_time(case["refused_at"]),
        withdrawn_at=_time(case["withdrawn_at"]),
        handed_over=_time(case["handed_over_at"]) is not None,
        answered=int(case["answered"]),
        asked=int(case["asked"]),
        reached=bool(case["reached"]),
    )
    if facts.completed_at or facts.refused_at or facts.withdrawn_at or facts.handed_over:
        return final_disposition(facts)[0]
    return Disposition.OPEN


def _time(value: object) -> datetime | None:
    return value if isinstance(value, datetime) and not pd.isna(value) else None


def responses(frames: Frames, cases: pd.DataFrame) -> tuple[Response, ...]:
    """All usable responses in the order of their cases. `cases` comes from `with_facts`."""
    usable = cases[cases["outcome"].isin(USABLE) & cases["refused_at"].isna()]
    answers = frames.answers[frames.answers["case_id"].isin(usable["id"])]
    # Python's own times: comparing and sorting those of pandas is slow.
    latest = answers.groupby("case_id")["answered_at"].max().dt.to_pydatetime().to_dict()
    told: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in _rows(answers, ("case_id", "item", "value", "state", "language")):
        told[row[0]].append(row)
    return tuple(
        _response(case, latest[case["id"]], told[case["id"]])
        for case in records(usable[list(_OF_CASE)])
        if case["id"] in told
    )


def _response(
    case: Mapping[str, Any], latest: datetime, told: Iterable[tuple[Any, ...]]
) -> Response:
    """Return the response of one case; `told` are its rows of case, item, value, state, language."""
    version = case["questionnaire_version"]
    return Response(
        case_id=int(case["id"]),
        enrolment_id=int(case["enrolment_id"]),
        participant_id=int(case["participant_id"]),
        workshop=str(case["workshop"]),
        administration=str(case["administration"]),
        role=str(case["role"]),
        wave=str(case["wave"]),
        questionnaire=None if pd.isna(version) else (case["questionnaire_key"], int(version)),
        answered_at=latest,
        values={item: str(value) for _, item, value, state, _ in told if state == "answered"},
        skipped=frozenset(item for _, item, _, state, _ in told if state == "skipped"),
        deleted=frozenset(item for _, item, _, state, _ in told if state == "deleted"),
        languages={item: str(language) for _, item, _, _, language in told},
        imported=case["entered_mode"] == IMPORTED,
    )


def latest_by_person(found: Iterable[Response], item: str) -> tuple[Response, ...]:
    """Return each person's latest response that answered or skipped an item, one per person."""
    return latest_told(in_time(found), item)


def latest_told(in_order: Iterable[Response], item: str) -> tuple[Response, ...]:
    """Return the same of responses that are in the order of `in_time` already."""
    latest: dict[int, Response] = {}
    for response in in_order:
        told = item in response.values
        if told or (item in response.skipped and response.participant_id not in latest):
            latest[response.participant_id] = response
    return tuple(latest.values())


def in_time(found: Iterable[Response]) -> tuple[Response, ...]:
    """Return responses in the order in which they were given."""
    return tuple(sorted(found, key=attrgetter("answered_at", "case_id")))


def last_of_each(found: Iterable[Response]) -> tuple[Response, ...]:
    """Return the last response of each administration in each wave of a workshop.

    Its contact points hold one seat: who answers after a colleague or a predecessor replaces the answer.
    """
    last = {
        (one.workshop, one.wave, one.administration or one.participant_id): one
        for one in in_time(found)
    }
    return tuple(sorted(last.values(), key=attrgetter("case_id")))
