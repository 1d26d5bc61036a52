"""Outcomes of the fieldwork: dispositions, response rates, response by administration.

Counts cases, so a person in two workshops counts twice here. In waves of contact points it counts
administrations, each by the case that has come furthest. Answers are not read.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from analysis.facts.as_of import attending
from analysis.facts.frames import Frames
from analysis.facts.responses import USABLE, Response, having
from analysis.facts.unlinked import beside
from analysis.figures import Share
from analysis.measures.places_of_waves import furthest, of_places
from surveys.people import Role
from surveys.planning.channels import IMPORTED
from surveys.planning.dispositions import Disposition, Standing
from surveys.planning.response_rates import ResponseRates, response_rates

ORDER = ("PRE", "END", "M3", "M6", "M12", "SUP6", "SUP12", "NCP12")


@dataclass(frozen=True)
class WaveOutcome:
    """One wave over all its workshops. `cases` is the sum of `dispositions`, open ones included.

    People enrolled in the role are `asked` or `not_asked`, as `Standing` says. Those `invited` and
    `uninvited` make up the `reachable` ones: asked >= reachable >= started >= completed.
    `of_administrations` says that these are administrations and not people. `fates` are the dispositions
    of those asked: who refused or stopped before and has no case here is a refusal.
    """

    wave: str
    role: str
    not_asked: int
    asked: int
    cases: int
    invited: int
    uninvited: int
    started: int
    completed: int
    joined_late: int
    left_after_answering: int
    dispositions: tuple[tuple[Disposition, int], ...]
    missed: bool = False
    imported: int = 0
    fates: tuple[tuple[Disposition, int], ...] = ()

    @property
    def rates(self) -> ResponseRates:
        """The response rates of those asked."""
        return response_rates(dict(self.fates))

    @property
    def of_administrations(self) -> bool:
        """Whether administrations are counted: their contact points answer for them."""
        return self.role == Role.CONTACT_POINT

    @property
    def reachable(self) -> int:
        """How many people a message reached, or came by themselves."""
        return self.invited + self.uninvited

    @property
    def of_reachable(self) -> Share:
        """Response rate among those who could be reached."""
        return Share(self.completed, self.reachable)

    @property
    def of_asked(self) -> Share:
        """Response rate among all who were asked."""
        return Share(self.completed, self.asked)


def wave_outcomes(frames: Frames, cases: pd.DataFrame) -> tuple[WaveOutcome, ...]:
    """Return outcomes of every wave that opened or was missed. `cases` comes from `with_facts`."""
    begun = begun_waves(frames)
    keys = sorted({str(key) for key in begun["key"]}, key=_place)
    return tuple(_wave(key, begun[begun["key"] == key], frames, cases) for key in keys)


def begun_waves(frames: Frames) -> pd.DataFrame:
    """Return the waves that opened or were missed."""
    return frames.waves[frames.waves["opened_at"].notna() | frames.waves["missed_at"].notna()]


def meant_and_asked(
    key: str, frames: Frames, cases: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the enrolments that a wave is for, and those of them who were asked.

    After a handover the successor counts for both. Who declined or stopped before a wave stays in its
    base wherever it asked others: a base without them would say how many they are, and a rate without
    them would be too good.
    """
    asked = having(_cases_in(key, frames, cases), "asked")
    meant = _meant_with(asked, key, frames)
    return meant, _asked_among(meant, asked)


def _asked_among(people: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """Return those of the enrolments that a wave is for who were asked; `asked` are its cases."""
    said_no = people["refused_at"].notna() | people["withdrawn_at"].notna()
    with_others = people["workshop_code"].isin(asked["workshop"])
    return people[people["id"].isin(asked["enrolment_id"]) | (said_no & with_others)]


def meant_in(key: str, frames: Frames, cases: pd.DataFrame) -> pd.DataFrame:
    """Return the enrolments that a wave is for, asked or not, and nobody known who answered there."""
    return _meant_with(having(_cases_in(key, frames, cases), "asked"), key, frames)


def _meant_with(asked: pd.DataFrame, key: str, frames: Frames) -> pd.DataFrame:
    """Return the enrolments that a wave is for; `asked` are its cases that were asked."""
    begun = begun_waves(frames)
    waves = begun[begun["key"] == key]
    unlinked = frames.unlinked[frames.unlinked["id"].isin(asked["enrolment_id"])]
    people = beside(attending(frames, key), unlinked)
    return people[
        people["role"].isin(waves["role"])
        & people["workshop_code"].isin(waves["workshop_code"])
        & (people["handed_over_at"].isna() | people["id"].isin(asked["enrolment_id"]))
    ]


def _cases_in(key: str, frames: Frames, cases: pd.DataFrame) -> pd.DataFrame:
    begun = begun_waves(frames)
    return cases[cases["wave_id"].isin(begun.loc[begun["key"] == key, "id"])]


def _place(key: str) -> tuple[int, str]:
    return (ORDER.index(key) if key in ORDER else len(ORDER), key)


def _wave(key: str, waves: pd.DataFrame, frames: Frames, cases: pd.DataFrame) -> WaveOutcome:
    role = str(waves["role"].iloc[0])
    due = cases[cases["wave_id"].isin(waves["id"])]
    meant = meant_in(key, frames, cases)
    people = _asked_among(meant, having(due, "asked"))
    if role == Role.CONTACT_POINT:
        due, meant, people = furthest(due), of_places(meant), of_places(people)
    fates = Counter(due["outcome"].tolist())
    steps = {step: having(due, step) for step in Standing.__dataclass_fields__}
    asked, completed = steps["asked"], steps["completed"]
    opened = asked["wave_id"].map(waves.set_index("id")["opened_at"])
    return WaveOutcome(
        wave=key,
        role=role,
        not_asked=len(meant) - len(people),
        asked=len(people),
        cases=len(due),
        invited=len(steps["invited"]),
        uninvited=len(steps["uninvited"]),
        started=len(steps["started"]),
        completed=len(completed),
        joined_late=int((asked["created_at"] > opened + pd.Timedelta(days=1)).sum()),
        left_after_answering=int(completed["withdrawn_at"].notna().sum()),
        dispositions=tuple((d, fates[d]) for d in Disposition),
        missed=bool(waves["opened_at"].isna().all()),
        imported=int((due["entered_mode"] == IMPORTED).sum()),
        fates=_fates(asked, len(people)),
    )


def _fates(asked: pd.DataFrame, people: int) -> tuple[tuple[Disposition, int], ...]:
    """Return the outcomes of the cases that were asked, and a refusal of everybody without a case."""
    found = Counter[Disposition](asked["outcome"].tolist())
    found[Disposition.REFUSAL] += max(0, people - len(asked))
    return tuple(found.items())


class PlaceState(StrEnum):
    """The state of an administration in the wave reported."""

    REPLIED = "replied"
    MOVED = "moved"
    SILENT = "silent"
    NOT_REACHABLE = "not_reachable"
    NOT_ASKED = "not_asked"


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
    replied had moved or left. Not asked: nobody there was. Not reachable: no message was delivered to
    anybody. The rest without a usable response is silent, also those who stopped or refused.
    """
    everybody = frames.enrolments[frames.enrolments["role"] == "participant"]
    wanted = cases["wave"] == cases["workshop"].map(dict(waves))
    due = cases[wanted & (cases["role"] == "participant")]
    # Who declined or stopped before was asked, where anybody was.
    begun = everybody["workshop_code"].isin(having(due, "asked")["workshop"])
    said_no = everybody["refused_at"].notna() | everybody["withdrawn_at"].notna()
    everybody = everybody.assign(asked=begun & said_no)
    replied: dict[str, list[Response]] = {}
    for response in found:
        counts = response.linked or not by_person
        here = response.role == "participant" and waves.get(response.workshop) == response.wave
        if here and counts:
            place = str(response.participant_id) if by_person else response.administration
            replied.setdefault(place, []).append(response)
    own, theirs = "administration_code", "administration"
    if by_person:
        own = theirs = "participant_id"
    there, nothing = dict(iter(due.groupby(theirs))), due.iloc[:0]
    return tuple(
        _place_outcome(str(code), people, there.get(code, nothing), replied.get(str(code), []))
        for code, people in everybody.groupby(own)
    )


def _place_outcome(
    code: str, people: pd.DataFrame, due: pd.DataFrame, responses: list[Response]
) -> PlaceOutcome:
    replied = {r.participant_id for r in responses}
    stayed = [r for r in responses if r.values.get("job") not in ("moved", "left")]
    if replied:
        state = PlaceState.REPLIED if stayed else PlaceState.MOVED
    elif having(due, "asked").empty and not people["asked"].any():
        state = PlaceState.NOT_ASKED
    elif not due.empty and not due["reached"].any() and not due["outcome"].isin(USABLE).any():
        state = PlaceState.NOT_REACHABLE
    else:
        state = PlaceState.SILENT
    attended = {int(number) for number in people["participant_id"]}
    return PlaceOutcome(code, len(attended | replied), len(replied), state)
