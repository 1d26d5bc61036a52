"""Change between waves: the same administrations only, as moves up, same and down.

No tests and no averages: with so few administrations the counts say everything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.measures.administration_stages import AdministrationStage, administrations_at
from analysis.measures.institutionalisation import FOLLOW_UPS, WAVES, ChangeSet
from analysis.measures.ladder import POINTS
from analysis.measures.scales import Paired, counted
from surveys.wording import N_, Words

ALIKE = ("M6", "M12")
"""The waves that ask the same about what became of the workshop."""
ADDING_UP = N_("The same questions to the same people. Deeds add up, so more go up than down.")


@dataclass(frozen=True)
class Move(Paired):
    """The moves of the same administrations between two waves."""

    earlier: str
    later: str


@dataclass(frozen=True)
class Panel:
    """How many administrations have a known stage per wave, and in all follow-up waves."""

    sizes: tuple[tuple[str, int], ...]
    in_all: int
    follow_ups: int

    def text(self, say: Words) -> str:
        """The sizes in words, such as "12, 9, 7 and 6 in both"."""
        sizes = say.listed(str(size) for _, size in self.sizes)
        if self.follow_ups < 2:
            return sizes
        text = N_("{sizes} and {number} in both")
        if self.follow_ups > 2:
            text = N_("{sizes} and {number} in all {waves} follow-ups")
        return say(text, sizes=sizes, number=str(self.in_all), waves=str(self.follow_ups))


@dataclass(frozen=True)
class Change:
    """The stage table (administrations per stage 0 to 5, by wave), the panel and the moves."""

    stages: tuple[tuple[str, tuple[int, ...]], ...]
    panel: Panel
    moves: tuple[Move, ...]


def change(sets: Sequence[ChangeSet]) -> Change:
    """Return all change, from the change-sets of all waves. Empty waves are left out."""
    known = stages_by_wave(sets)
    return Change(
        stages=tuple((wave, _distribution(places)) for wave, places in known.items()),
        panel=_panel(known),
        moves=_moves(known),
    )


def stages_by_wave(sets: Sequence[ChangeSet]) -> dict[str, dict[str, AdministrationStage]]:
    """Return the administrations with a known stage at each wave that has any, in order."""
    return {
        wave: places
        for wave in WAVES
        if (places := administrations_at(one for one in sets if one.wave == wave))
    }


def _distribution(places: Mapping[str, AdministrationStage]) -> tuple[int, ...]:
    stages = [place.stage for place in places.values()]
    return tuple(stages.count(stage) for stage in range(len(POINTS)))


def _panel(known: Mapping[str, Mapping[str, AdministrationStage]]) -> Panel:
    later = [set(known[wave]) for wave in FOLLOW_UPS if wave in known]
    in_all = len(set.intersection(*later)) if later else 0
    return Panel(tuple((wave, len(places)) for wave, places in known.items()), in_all, len(later))


def _moves(known: Mapping[str, Mapping[str, AdministrationStage]]) -> tuple[Move, ...]:
    return tuple(_move(known, earlier, later) for earlier, later in compared(known))


def compared(waves: Iterable[str]) -> list[tuple[str, str]]:
    """Return the waves that are compared, each with the next: those that asked for a stage alike.

    Before the workshop people tell a stage in one answer, and after three months nobody is asked what is
    in force, so an arrow from there would compare answers to different questions.
    """
    return list(pairwise(wave for wave in waves if wave in ALIKE))


def _move(
    known: Mapping[str, Mapping[str, AdministrationStage]], earlier: str, later: str
) -> Move:
    both = known[earlier].keys() & known[later].keys()
    steps = [known[later][place].stage - known[earlier][place].stage for place in both]
    found = counted(steps)
    return Move(found.up, found.same, found.down, earlier, later)
