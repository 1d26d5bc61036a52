"""Workshops whose truth is known, and what their people say, without a database.

Truth and errors are those of the demonstration. Who uses a practice answers more often, so that silence
says something.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from random import Random

from analysis.measures.anchor_statuses import STANDING
from analysis.measures.delegations.units import Delegation, Seat, Told
from bot.demo.telling import Teller
from bot.demo.titles import title
from bot.demo.truth import KINDS, USES, Delegated, Ground, Officer, drawn, drawn_before

SILENCE = {"none": (65, 65, 65, 65), "mild": (50, 55, 70, 75), "strong": (35, 45, 75, 85)}
"""How many of a hundred answer a wave, for each of `USES`, by how far silence goes with use."""
ERRORS = (0.05, 0.15)
SIZES = (1, 1, 1, 1, 2, 2, 3, 4, 5)
ANSWERS_BEFORE, KNOWS = 0.55, 0.5
CONTACT_POINTS, SUPERVISORS = 0.6, 0.2
"""How often one answers; supervisors are of one officer each."""


@dataclass(frozen=True)
class Condition:
    """How people of the simulation take part: the silence, and how often they claim too much."""

    silence: str
    error: float

    @property
    def name(self) -> str:
        return f"{self.silence}, {self.error:.0%}"

    def answers(self, chance: Random, use: str) -> bool:
        """Whether somebody answers a wave, which hangs on the use."""
        return chance.random() * 100 < SILENCE[self.silence][USES.index(use)]


CONDITIONS = tuple(Condition(silence, error) for silence in SILENCE for error in ERRORS)


@dataclass(frozen=True)
class Workshop:
    """The truth about each delegation of a workshop, and what its people have told."""

    truth: tuple[Delegated, ...]
    told: tuple[Delegation, ...]

    def true(self, figure: str) -> int:
        """Of how many delegations a figure is true after a year."""
        return sum(one.is_true(figure, 12) for one in self.truth)


def workshops(condition: Condition, number: int) -> Iterator[Workshop]:
    """Yield workshops of 5 to 25 delegations; the same for the same condition."""
    chance = Random(condition.name)
    for _ in range(number):
        truth = tuple(_truth(chance) for _ in range(chance.randint(5, 25)))
        numbers = count()
        told = (_told(chance, condition, one, numbers, place) for place, one in enumerate(truth))
        yield Workshop(truth, tuple(told))


def _truth(chance: Random) -> Delegated:
    return drawn(chance, drawn_before(chance), chance.random(), chance.choice(SIZES))


def _told(
    chance: Random, condition: Condition, truth: Delegated, numbers: Iterator[int], place: int
) -> Delegation:
    person = _Person(chance, condition, truth.ground)
    witnesses = [person.contact_point(), *(person.supervisor() for _ in truth.officers)]
    return Delegation(
        "W",
        f"P{place}",
        tuple(Seat(next(numbers), person.officer(one)) for one in truth.officers),
        tuple(Seat(next(numbers), told) for told in witnesses),
    )


@dataclass(frozen=True)
class _Person:
    """What people of one delegation answer, by wave."""

    chance: Random
    condition: Condition
    ground: Ground

    def _teller(self, months: int) -> Teller:
        return Teller(self.ground, months, self.chance, self.condition.error)

    def officer(self, officer: Officer) -> dict[str, Told]:
        """Answer what the questionnaires ask: deeds once, a suggestion again while it waits."""
        told: dict[str, dict[str, str]] = {}
        if self.chance.random() < ANSWERS_BEFORE:
            told["PRE"] = self._before()
        if self._answers(officer, 3):
            told["M3"] = self._use(officer, 3) | self._deeds(officer, 3)
        if self._answers(officer, 6):
            anchors = self._anchors(6, "anchors", "anchor_status", KINDS)
            told["M6"] = self._use(officer, 6) | anchors | self._missed(officer, told.get("M3"))
        if self._answers(officer, 12):
            told["M12"] = self._use(officer, 12) | self._after_a_year(told.get("M6"))
            told["M12"] |= self._waited_for(officer, 12, [told.get("M6"), told.get("M3")])
        return {wave: Told(values) for wave, values in told.items()}

    def _answers(self, officer: Officer, months: int) -> bool:
        return self.condition.answers(self.chance, officer.use(months))

    def _before(self) -> dict[str, str]:
        had = [kind for kind in KINDS if kind in self.ground.before]
        known = [kind for kind in had if self.chance.random() < KNOWS]
        return {"exists_today": " ".join(known)}

    def _use(self, officer: Officer, months: int) -> dict[str, str]:
        teller = self._teller(months)
        return {"use_any": teller.use(officer), "others_use": teller.others_use()}

    def _deeds(self, officer: Officer, months: int) -> dict[str, str]:
        teller = self._teller(months)
        actions = " ".join(teller.actions(officer)) or "none"
        return {"actions": actions, "suggestion": teller.suggestion(officer)}

    def _missed(self, officer: Officer, earlier: Mapping[str, str] | None) -> dict[str, str]:
        if earlier is None:
            return self._deeds(officer, 6)
        return self._waited_for(officer, 6, [earlier])

    def _waited_for(
        self, officer: Officer, months: int, earlier: Iterable[Mapping[str, str] | None]
    ) -> dict[str, str]:
        said = [one["suggestion"] for one in earlier if one and "suggestion" in one]
        if said[:1] != ["waiting"]:
            return {}
        return {"suggestion": self._teller(months).suggestion(officer)}

    def _after_a_year(self, earlier: Mapping[str, str] | None) -> dict[str, str]:
        was = [kind for kind in KINDS if (earlier or {}).get(f"anchor_status_{kind}") in STANDING]
        still = [kind for kind in was if self._teller(12).still(kind)]
        offered = [kind for kind in KINDS if kind not in was]
        told = {"still": " ".join(still) or "none"} if was else {}
        return told | self._anchors(12, "anchors_new", "new_status", offered)

    def _anchors(
        self, months: int, question: str, status: str, offered: Iterable[str]
    ) -> dict[str, str]:
        said = self._teller(months).anchors()
        if said is None:
            return {question: "dont_know"}
        ticked = {kind: how for kind, how in said.items() if kind in offered}
        return {
            question: " ".join(ticked) or "none",
            **{f"{status}_{kind}": how for kind, how in ticked.items()},
            **{f"title_{kind}": self._title(kind) for kind in ticked},
        }

    def _title(self, kind: str) -> str:
        return title(kind, "Ada Vea", "ada@example.org", self.chance)

    def contact_point(self) -> dict[str, Told]:
        if self.chance.random() > CONTACT_POINTS:
            return {}
        teller = self._teller(12)
        return {"NCP12": Told({f"seen_{kind}": teller.seen(kind) for kind in KINDS})}

    def supervisor(self) -> dict[str, Told]:
        if self.chance.random() > SUPERVISORS:
            return {}
        teller = self._teller(12)
        seen = teller.seen_by_supervisor()
        statuses = {f"anchor_seen_{kind}": how for kind, how in seen.items()}
        told = {"anchors": " ".join(seen) or "none", "others_use": teller.others_use()}
        return {"SUP12": Told(told | statuses)}
