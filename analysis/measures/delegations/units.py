"""The units: a delegation, its members, and the people of other roles who know of it.

A delegation is a workshop and an administration as enrolled; its members are the officers who came.
Who refused, was erased or never answered is a member with nothing told: an empty seat. Who leaves
customs keeps the deeds told before, and says nothing of today.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from analysis.measures.anchor_statuses import CODES

SMALLEST = 5
"""Below so many delegations people are counted."""
SO_FAR = {"M3": ("M3",), "M6": ("M3", "M6"), "M12": ("M3", "M6", "M12")}
"""The moments of a figure, each with the waves until then."""
WITNESSED = {"M6": ("SUP6",), "M12": ("SUP12", "NCP12")}
"""The waves in which supervisors and contact points speak of the same day."""
SUPERVISORS = ("SUP6", "SUP12")
_STATUS = ("anchor_status_", "new_status_")


@dataclass(frozen=True)
class Told:
    """One usable response: stored answers by item.

    `deleted` are items whose text was deleted after its time. `accepted` says by kind of anchor how
    the office has decided about its description. `elsewhere` says that the person had moved to another
    administration by then. `kinds` are those that the questionnaire listed before the workshop.
    """

    values: Mapping[str, str]
    deleted: frozenset[str] = frozenset()
    accepted: Mapping[str, bool] = field(default_factory=dict)
    elsewhere: bool = False
    kinds: frozenset[str] = frozenset(CODES)

    @cached_property
    def gone(self) -> bool:
        """Whether the person had left the administration, and so tells nothing of it any more."""
        return self.elsewhere or self.values.get("job") == "left"

    @cached_property
    def approved(self) -> bool:
        """Whether something formal is said to be approved and not in force yet."""
        return "approved" in self.values.values() and any(
            value == "approved" for item, value in self.values.items() if item.startswith(_STATUS)
        )

    def codes(self, item: str) -> frozenset[str]:
        """Return the codes chosen in an item; empty when it was not answered."""
        return frozenset(self.values.get(item, "").split())


@dataclass(frozen=True)
class Seat:
    """A seat: the number of its person, and usable responses by wave. Silence is no response.

    `about` is the number of the officer of whose team a supervisor speaks, where it is known.
    """

    number: int
    told: Mapping[str, Told] = field(default_factory=dict)
    about: int | None = None

    def today(self, moment: str) -> Told | None:
        """Return what was told of that day; None of who was silent or had left."""
        told = self.told.get(moment)
        return None if told is None or told.gone else told

    def so_far(self, moment: str) -> list[Told]:
        """Return what was told until a moment, in order, before the person left."""
        waves = (wave for wave in SO_FAR[moment] if wave in self.told)
        return [self.told[wave] for wave in waves if not self.told[wave].gone]

    def replied(self, waves: Iterable[str]) -> bool:
        """Return whether there is a usable response of one of some waves."""
        return any(wave in self.told for wave in waves)


@dataclass(frozen=True)
class Delegation:
    """A delegation with its members and witnesses.

    `seen` are anchors whose document the office has seen, and `settled` those of which it has said
    whether they count; each with its kind and the wave from which on that holds.
    """

    workshop: str
    place: str
    members: tuple[Seat, ...]
    witnesses: tuple[Seat, ...] = ()
    seen: frozenset[tuple[str, str]] = frozenset()
    settled: Mapping[tuple[str, str], bool] = field(default_factory=dict)

    def document_seen(self, kind: str, moment: str) -> bool:
        """Return whether the office has seen the document of a kind by a moment."""
        return any((kind, wave) in self.seen for wave in SO_FAR[moment])

    def decision(self, kind: str, moment: str) -> bool | None:
        """Return what the office has decided last about an anchor; None if nothing."""
        waves = (wave for wave in reversed(SO_FAR[moment]) if (kind, wave) in self.settled)
        return next((self.settled[kind, wave] for wave in waves), None)

    def witnessed(self, moment: str) -> list[tuple[str, Told]]:
        """Return what other people in other roles say of that day, with the wave, one of each seat.

        Somebody who is a member too is an officer only.
        """
        officers = self._officers()
        return [
            (wave, one.told[wave])
            for one in self.witnesses
            if one.number not in officers
            for wave in WITNESSED.get(moment, ())
            if wave in one.told
        ]

    def of_own_teams(self) -> "Delegation":
        """Return it without the supervisors of other officers: they speak of other teams."""
        own = (None, *self._officers())
        return replace(self, witnesses=tuple(one for one in self.witnesses if one.about in own))

    def _officers(self) -> frozenset[int]:
        return frozenset(member.number for member in self.members)


def of_people(delegations: Iterable[Delegation]) -> tuple[Delegation, ...]:
    """Return each attendance as a delegation of its own, whose place is the number of its person."""
    return tuple(
        replace(one, place=str(member.number), members=(member,))
        for one in delegations
        for member in one.members
    )


def counted_units(delegations: Sequence[Delegation]) -> tuple[tuple[Delegation, ...], bool]:
    """Return what is counted, and whether that is people.

    Workshops of one administration have no delegations to compare: beside others they are left out,
    and people are counted where fewer than five delegations are left.
    """
    codes = Counter(one.workshop for one in delegations)
    several = tuple(one for one in delegations if codes[one.workshop] > 1)
    if len(several) < SMALLEST:
        return of_people(delegations), True
    return several, False
