"""The content of a bundle: cases with their answers as plain records, people under pseudonyms.

Reads through `analysis.facts.frames`, and in `stored` what a bundle must agree with. Never reads names
or addresses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from analysis.exports.pseudonyms import Pseudonyms, pseudonyms_of
from analysis.exports.stored import Stored, channels, stored
from analysis.facts.as_of import until
from analysis.facts.cut_offs import CutOffs, cut_offs
from analysis.facts.frames import Frames, load
from analysis.facts.responses import records, with_facts
from surveys.interview.answers import AnswerState
from surveys.planning.channels import IMPORTED
from surveys.planning.dispositions import Disposition
from surveys.questionnaire import Questionnaire


@dataclass(frozen=True)
class Given:
    """One stored answer; `value` is '' when the item was skipped."""

    item: str
    value: str
    state: AnswerState
    language: str
    channel: str
    at: datetime


OUTCOME = "case:disposition"
"""The column with the disposition in the wide files."""
Person = tuple[str, int]
"""Somebody in one workshop: its code, and the number of the person."""


@dataclass(frozen=True)
class CaseRecord:
    """One case under its code, with its answers by item in the order of the questionnaire.

    `disposition` is the final one, or OPEN at the cut-off. Somebody who declined has no answers
    here: those given before are left out, as in the report. `number` is the person, for counting.
    Where staff typed the answers, `entered_mode` says from what and `entered_by` is a staff code.
    `left_out` are the columns that a bundle does not tell of this case.
    """

    code: str
    participant: str
    number: int
    workshop: str
    administration: str
    role: str
    wave: str
    questionnaire: tuple[str, int] | None
    disposition: Disposition
    detail: str
    attempts: int
    answered: int
    asked: int
    times: Mapping[str, datetime | None]
    entered_mode: str = ""
    entered_by: str = ""
    answers: Mapping[str, Given] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()

    @property
    def person(self) -> Person:
        return self.workshop, self.number


@dataclass(frozen=True)
class Facts:
    """All facts of a bundle, up to the cut-off (aware UTC). `declined`: answers left out."""

    frames: Frames
    linked: pd.DataFrame
    cases: tuple[CaseRecord, ...]
    declined: int
    stored: Stored
    pseudonyms: Pseudonyms
    cut_off: datetime

    @property
    def questionnaires(self) -> dict[str, dict[int, Questionnaire]]:
        """The questionnaires in use, by key and version, in order."""
        found: dict[str, dict[int, Questionnaire]] = {}
        for (key, version), questionnaire in sorted(self.frames.questionnaires.items()):
            found.setdefault(key, {})[version] = questionnaire
        return found


_TIMES = ("created_at", "started_at", "completed_at", "closed_at")


def read_facts(
    connection: Connection, codes: Sequence[str] | None, cut_off: datetime | CutOffs
) -> Facts:
    """Return the facts of some workshops (of all when None) as they stood at `cut_off` (aware)."""
    frames = until(load(connection, codes), cut_off)
    cases = with_facts(frames)
    pseudonyms = pseudonyms_of(frames)
    refused = set(cases.loc[cases["refused_at"].notna(), "id"])
    declined = frames.answers["case_id"].isin(refused)
    answers = _answers(frames.answers[~declined], channels(connection, codes))
    attempts = frames.attempts.groupby("case_id").size().to_dict()
    found = [
        _case(row, pseudonyms, int(attempts.get(row["id"], 0)), frames, answers)
        for row in records(cases)
    ]
    return Facts(
        frames=frames,
        linked=cases,
        cases=tuple(sorted(found, key=lambda case: (case.workshop, case.wave, case.code))),
        declined=int(declined.sum()),
        stored=stored(connection, codes, cut_offs(cut_off)),
        pseudonyms=pseudonyms,
        cut_off=cut_offs(cut_off).at,
    )


def _case(
    row: Mapping[str, Any],
    pseudonyms: Pseudonyms,
    attempts: int,
    frames: Frames,
    answers: Mapping[int, Mapping[str, Given]],
) -> CaseRecord:
    version = row["questionnaire_version"]
    pinned = None if pd.isna(version) else (str(row["questionnaire_key"]), int(version))
    given = answers.get(int(row["id"]), {})
    questionnaire = frames.questionnaires.get(pinned) if pinned else None
    order = questionnaire.position if questionnaire else {}
    return CaseRecord(
        code=pseudonyms.case(int(row["id"])),
        participant=pseudonyms.participant(int(row["participant_id"])),
        number=int(row["participant_id"]),
        workshop=str(row["workshop"]),
        administration=str(row["administration"]),
        role=str(row["role"]),
        wave=str(row["wave"]),
        questionnaire=pinned,
        disposition=row["outcome"],
        detail=_detail(row),
        attempts=attempts,
        answered=int(row["answered"]),
        asked=int(row["asked"]),
        times={name: _moment(row[name]) for name in _TIMES},
        entered_mode=_text(row["entered_mode"]),
        entered_by=_text(row["entered_by"]),
        answers={
            name: given[name]
            for name in sorted(given, key=lambda n: (order.get(n, len(order)), n))
        },
    )


def _detail(row: Mapping[str, Any]) -> str:
    """Return the stored detail of the disposition; before closing, that of a refusal."""
    stored = row["disposition_detail"]
    if isinstance(stored, str):
        return stored
    if row["outcome"] is Disposition.REFUSAL:
        return "stopped" if pd.isna(row["refused_at"]) else "declined"
    if row["outcome"] is Disposition.NOT_ELIGIBLE:
        return "handed_over"
    stopped = row["outcome"] is Disposition.PARTIAL and not pd.isna(row["withdrawn_at"])
    return "stopped" if stopped else ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _moment(value: Any) -> datetime | None:
    """Return a moment without its fraction of a second, which is part of the secret of the codes."""
    if value is None or pd.isna(value):
        return None
    moment: datetime = pd.Timestamp(value).to_pydatetime(warn=False).replace(microsecond=0)
    return moment


def _answers(
    frame: pd.DataFrame, channels: Mapping[tuple[int, str], str]
) -> dict[int, dict[str, Given]]:
    found: dict[int, dict[str, Given]] = {}
    for row in records(frame):
        case, item = int(row["case_id"]), str(row["item"])
        at = _moment(row["answered_at"])
        assert at is not None  # noqa: S101 - the column is never empty
        found.setdefault(case, {})[item] = Given(
            item=item,
            value=str(row["value"]),
            state=AnswerState(row["state"]),
            language=str(row["language"]),
            channel=channels.get((case, item), IMPORTED),  # of nobody known
            at=at,
        )
    return found
