"""Outcomes of the fieldwork: dispositions, response rates, attempts, response by administration.

Counts cases, so a person in two workshops counts twice here. Answers are not read.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from analysis.facts.as_of import attending
from analysis.facts.frames import Frames
from analysis.facts.responses import USABLE, Response
from analysis.figures import Share
from surveys.planning.dispositions import Disposition

ORDER = ("PRE", "END", "M3", "M6", "M12", "SUP6", "SUP12", "NCP12")


@dataclass(frozen=True)
class WaveOutcome:
    """One wave over all its workshops. `cases` is the sum of `dispositions`, open ones included.

    attended >= invited >= reachable >= started >= completed, always the same people: everybody
    enrolled in the role asked; those tried; those where a message arrived or may have.
    """

    wave: str
    role: str
    attended: int
    cases: int
    invited: int
    reachable: int
    started: int
    completed: int
    joined_late: int
    left_after_answering: int
    dispositions: tuple[tuple[Disposition, int], ...]
    missed: bool = False

    @property
    def of_reachable(self) -> Share:
        """Response rate among those invited whose channel works."""
        return Share(self.completed, self.reachable, self.reachable)

    @property
    def of_attended(self) -> Share:
        """Response rate among all who attended."""
        return Share(self.completed, self.attended, self.attended)


def wave_outcomes(frames: Frames, cases: pd.DataFrame) -> tuple[WaveOutcome, ...]:
    """Return outcomes of every wave that opened or was missed. `cases` comes from `with_facts`."""
    begun = begun_waves(frames)
    keys = sorted({str(key) for key in begun["key"]}, key=_place)
    return tuple(_wave(key, begun[begun["key"] == key], frames, cases) for key in keys)


def begun_waves(frames: Frames) -> pd.DataFrame:
    """Return the waves that opened or were missed."""
    return frames.waves[frames.waves["opened_at"].notna() | frames.waves["missed_at"].notna()]


def asked_in(key: str, frames: Frames, cases: pd.DataFrame) -> pd.DataFrame:
    """Return the enrolments that a wave is for. After a handover the successor counts for both."""
    begun = begun_waves(frames)
    waves = begun[begun["key"] == key]
    people = attending(frames, key)
    due = cases[cases["wave_id"].isin(waves["id"])]
    eligible = due.loc[due["outcome"] != Disposition.NOT_ELIGIBLE, "enrolment_id"]
    return people[
        people["role"].isin(waves["role"])
        & people["workshop_code"].isin(waves["workshop_code"])
        & (people["handed_over_at"].isna() | people["id"].isin(eligible))
    ]


def _place(key: str) -> tuple[int, str]:
    return (ORDER.index(key) if key in ORDER else len(ORDER), key)


def _wave(key: str, waves: pd.DataFrame, frames: Frames, cases: pd.DataFrame) -> WaveOutcome:
    role = str(waves["role"].iloc[0])
    due = cases[cases["wave_id"].isin(waves["id"])]
    fates = Counter(due["outcome"].tolist())
    eligible = due[due["outcome"] != Disposition.NOT_ELIGIBLE]
    completed = eligible["outcome"] == Disposition.COMPLETE
    # A completed case was reached and started, whatever its attempts say.
    started = completed | eligible["started_at"].notna()
    reachable = started | eligible["reached"]
    opened = eligible["wave_id"].map(waves.set_index("id")["opened_at"])
    return WaveOutcome(
        wave=key,
        role=role,
        attended=len(asked_in(key, frames, cases)),
        cases=len(due),
        invited=int((reachable | eligible["tried"]).sum()),
        reachable=int(reachable.sum()),
        started=int(started.sum()),
        completed=int(completed.sum()),
        joined_late=int((eligible["created_at"] > opened + pd.Timedelta(days=1)).sum()),
        left_after_answering=int((completed & eligible["withdrawn_at"].notna()).sum()),
        dispositions=tuple((d, fates[d]) for d in Disposition),
        missed=bool(waves["opened_at"].isna().all()),
    )


def attempts_by_outcome(frames: Frames) -> tuple[tuple[str, str, int], ...]:
    """Return contact attempts as (kind, outcome, number), sorted."""
    counts = Counter(zip(frames.attempts["kind"], frames.attempts["outcome"], strict=True))
    return tuple((kind, outcome, number) for (kind, outcome), number in sorted(counts.items()))


def failures(frames: Frames) -> tuple[tuple[str, int], ...]:
    """Return why attempts failed permanently, as (reason, number of cases), most frequent first."""
    failed = frames.attempts[frames.attempts["outcome"] == "failed"]
    counts = failed.groupby("detail")["case_id"].nunique()
    pairs = [(str(reason), int(number)) for reason, number in counts.to_dict().items()]
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


class PlaceState(StrEnum):
    """The state of an administration in the wave reported."""

    REPLIED = "replied"
    MOVED = "moved"
    SILENT = "silent"
    NOT_REACHABLE = "not_reachable"


@dataclass(frozen=True)
class PlaceOutcome:
    """Response of one administration: people attended and replied (each person once), state."""

    code: str
    people: int
    replied: int
    state: PlaceState


def by_place(
    frames: Frames,
    cases: pd.DataFrame,
    waves: Mapping[str, str],
    found: Iterable[Response],
    by_person: bool = False,
) -> tuple[PlaceOutcome, ...]:
    """Return the state of each administration, in the wave that `waves` names for each workshop.

    With `by_person` each person stands for itself (a workshop of one administration). Moved: all who
    replied had moved or left. Not reachable: no message was delivered to anybody. The rest without a
    usable response is silent, also those who stopped or refused.
    """
    everybody = frames.enrolments[frames.enrolments["role"] == "participant"]
    wanted = cases["wave"] == cases["workshop"].map(dict(waves))
    due = cases[wanted & (cases["role"] == "participant")]
    replied: dict[str, list[Response]] = {}
    for response in found:
        if response.role == "participant" and waves.get(response.workshop) == response.wave:
            place = str(response.participant_id) if by_person else response.administration
            replied.setdefault(place, []).append(response)
    own, theirs = "administration_code", "administration"
    if by_person:
        own = theirs = "participant_id"
    return tuple(
        _place_outcome(str(code), people, due[due[theirs] == code], replied.get(str(code), []))
        for code, people in everybody.groupby(own)
    )


def _place_outcome(
    code: str, people: pd.DataFrame, due: pd.DataFrame, responses: list[Response]
) -> PlaceOutcome:
    replied = {r.participant_id for r in responses}
    stayed = [r for r in responses if r.values.get("job") not in ("moved", "left")]
    if replied:
        state = PlaceState.REPLIED if stayed else PlaceState.MOVED
    elif not due.empty and not due["reached"].any() and not due["outcome"].isin(USABLE).any():
        state = PlaceState.NOT_REACHABLE
    else:
        state = PlaceState.SILENT
    return PlaceOutcome(code, int(people["participant_id"].nunique()), len(replied), state)
