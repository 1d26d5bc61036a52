"""One survey: a wave of a workshop, with its questionnaire, who was asked, and what they answered."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.disclosure.crowds import Person
from analysis.disclosure.small_groups import SMALLEST
from analysis.facts.responses import Response
from analysis.findings.report_facts import ReportFacts
from surveys.items import type_of
from surveys.items.base import Level
from surveys.questionnaire import Item, Questionnaire

NAMED = ("attribution", "permission")
"""What administrations answer about being named together with their answers."""
PERMISSIONS = frozenset((*NAMED, "may_see", "quote", "readers", "supervisor_ok"))
"""Items that say what may be done with the other answers; they are no results."""
MAY_READ = {"public": ("public",), "members": ("public", "members")}
"""What administrations answer about their readers that lets a circle of readers see the rest."""


@dataclass(frozen=True)
class Survey:
    """A wave as it is reported. `circle` are the readers: office, members, public, the `own`
    administration `whom`, or a trainer. `closed` says that the wave is over.

    Outside the office only administrations count that let these readers see their answers, so no
    other answer can be found by subtraction. A trainer sees of all people what its `reading` may tell.
    """

    reading: ReportFacts
    wave: str
    role: str
    questionnaire: Questionnaire
    circle: str = "office"
    whom: str = ""
    closed: bool = True

    @property
    def of_administrations(self) -> bool:
        """Whether administrations are asked, and people answer for them."""
        return self.role == "contact_point"

    @cached_property
    def found(self) -> tuple[Response, ...]:
        """The usable responses that these readers may see."""
        return self.seen_in(self.wave)

    def seen_in(self, wave: str) -> tuple[Response, ...]:
        """Return what these readers may see of a wave that is asked of the same role."""
        everybody = self.reading.of(wave, role=self.role)
        if self.circle in ("office", "trainer"):
            return everybody
        if self.circle == "own":
            return tuple(one for one in everybody if one.administration == self.whom)
        return tuple(one for one in everybody if may_read(one, self.circle))

    @cached_property
    def answered(self) -> int:
        """How many administrations, or people, have answered."""
        told = self.reading.of(self.wave, role=self.role)
        return len({self._unit(one.participant_id, one.administration) for one in told})

    @cached_property
    def asked(self) -> int:
        """How many administrations, or people, were asked."""
        return len({self._unit(*one) for one in self._people})

    def _unit(self, who: int, place: str) -> str:
        """Return who counts once: the administration where it is asked and known, else the person."""
        return (self.of_administrations and place) or str(who)

    @cached_property
    def _people(self) -> set[Person]:
        """Return who was asked; while the wave is open, all whom it is for."""
        return {*self.reading.seats(self.wave, all_meant=not self.closed).values()}

    @cached_property
    def places(self) -> Mapping[str, tuple[int, int]]:
        """How many people of each administration were asked, and how many of them have answered."""
        answered = {one.participant_id for one in self.reading.of(self.wave, role=self.role)}
        found: dict[str, tuple[int, int]] = {}
        for who, place in self._people:
            asked, replied = found.get(place, (0, 0))
            found[place] = (asked + 1, replied + (who in answered))
        return dict(sorted(found.items(), key=lambda one: self.reading.name_of(one[0])))

    def named(self, response: Response) -> bool:
        """Return whether the administration of a response may be named beside its answers."""
        if self.circle != "office":
            return True
        told = [response.values[item] == "yes" for item in NAMED if item in response.values]
        return all(told) if told else "readers" in response.values

    def items(self, *levels: Level) -> tuple[Item, ...]:
        """Return the questions of some levels of measurement, without permissions."""
        return tuple(
            item
            for item in self.questionnaire.items
            if item.name not in PERMISSIONS and type_of(item.type).level in levels
        )

    def smallest(self, told: Collection[Response]) -> int:
        """Return how many of some responses must answer: five, or one of administrations all named."""
        return 1 if self.of_administrations and all(map(self.named, told)) else SMALLEST


def may_read(response: Response, circle: str) -> bool:
    """Return whether an administration lets a circle of readers see its answers."""
    if "readers" in response.values:
        return response.values["readers"] in MAY_READ[circle]
    return response.values.get("attribution") == "yes"
