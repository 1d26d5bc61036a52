"""Outcomes of the fieldwork: dispositions and response rates.

Counts cases, so a person in two workshops counts twice here. In waves of contact points it counts
administrations, each by the case that has come furthest. Answers are not read.
"""

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from analysis.facts.as_of import attending
from analysis.facts.frames import Frames
from analysis.facts.responses import having
from analysis.facts.unlinked import beside
from analysis.figures import Share
from analysis.measures.places_of_waves import furthest, of_places
from surveys.people import Role
from surveys.planning.channels import IMPORTED
from surveys.planning.dispositions import Disposition, Standing
from surveys.planning.response_rates import ResponseRates, response_rates

# fmt: off
_OF_WAVE = (
    "wave_id", "enrolment_id", "workshop", "administration", "created_at", "withdrawn_at",
    "entered_mode", "outcome", "standing",
)
# fmt: on
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
    begun = frames.begun
    keys = sorted({str(key) for key in begun["key"]}, key=_place)
    return tuple(_wave(key, begun[begun["key"] == key], frames, cases) for key in keys)


def meant_and_asked(
    key: str, frames: Frames, cases: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the enrolments that a wave is for, and those of them who were asked.

    After a handover the successor counts for both. Who declined or stopped before a wave stays in its
    base wherever it asked others: a base without them would say how many they are, and a rate without
    them would be too good.
    """
    asked = _asked_in(key, frames, cases)
    meant = _meant_with(asked, key, frames)
    return meant, _asked_among(meant, asked)


def _asked_among(people: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """Return those of the enrolments that a wave is for who were asked; `asked` are its cases."""
    said_no = people["refused_at"].notna() | people["withdrawn_at"].notna()
    with_others = people["workshop_code"].isin(asked["workshop"])
    return people[people["id"].isin(asked["enrolment_id"]) | (said_no & with_others)]


def meant_in(key: str, frames: Frames, cases: pd.DataFrame) -> pd.DataFrame:
    """Return the enrolments that a wave is for, asked or not, and nobody known who answered there."""
    return _meant_with(_asked_in(key, frames, cases), key, frames)


def _meant_with(asked: pd.DataFrame, key: str, frames: Frames) -> pd.DataFrame:
    """Return the enrolments that a wave is for; `asked` are its cases that were asked."""
    waves = frames.begun[frames.begun["key"] == key]
    unlinked = frames.unlinked[frames.unlinked["id"].isin(asked["enrolment_id"])]
    people = beside(attending(frames, key), unlinked)
    return people[
        people["role"].isin(waves["role"])
        & people["workshop_code"].isin(waves["workshop_code"])
        & (people["handed_over_at"].isna() | people["id"].isin(asked["enrolment_id"]))
    ]


def _asked_in(key: str, frames: Frames, cases: pd.DataFrame) -> pd.DataFrame:
    """Return the workshop and the enrolment of the cases of a wave that were asked."""
    waves = frames.begun.loc[frames.begun["key"] == key, "id"]
    there = cases["wave_id"].isin(waves)
    return having(cases.loc[there, ["workshop", "enrolment_id", "standing"]], "asked")


def _place(key: str) -> tuple[int, str]:
    return (ORDER.index(key) if key in ORDER else len(ORDER), key)


def _wave(key: str, waves: pd.DataFrame, frames: Frames, cases: pd.DataFrame) -> WaveOutcome:
    role = str(waves["role"].iloc[0])
    due = cases.loc[cases["wave_id"].isin(waves["id"]), list(_OF_WAVE)]
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
