"""What readers outside the office may hold side by side: reports on all workshops, on those of a
donor, and on single ones. Counts are hidden so that none is found by comparing these reports.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis.disclosure import SMALLEST, protected
from analysis.frames import Frames, until
from analysis.items import Tally, tally
from analysis.responses import Response, latest_by_person, responses, with_facts

ALL = "all"


@dataclass(frozen=True)
class Published:
    """The sets of workshops on which reports leave the office, by key; `own` is this report's.

    `responses` are those of all workshops, also of those that this report is not about.
    """

    own: str
    sets: Mapping[str, tuple[str, ...]]
    responses: tuple[Response, ...]

    def hidden(self, own: Tally, asked: Sequence[Response], frames: Frames) -> frozenset[str]:
        """The options of a tally of this report whose counts stay hidden beside all the others."""
        codes = [count.code for count in own.counts]
        counts: dict[str, dict[str, int]] = {}
        for key, workshops in self.sets.items():
            here = latest_by_person([r for r in asked if r.workshop in workshops], own.item)
            found = tally(here, own.item, frames.questionnaires)
            if found.base >= SMALLEST or key == self.own:
                counts[key] = {code: found.people(code) for code in codes}
        sets = {key: self.sets[key] for key in counts}
        found_out = protected(counts, sets, single=not own.several)
        return frozenset(code for key, code in found_out if key == self.own)


def published_sets(everything: Frames) -> dict[str, tuple[str, ...]]:
    """All workshops, those of each donor, and each alone."""
    workshops = [str(code) for code in everything.workshops["code"]]
    donors: dict[str, list[str]] = {}
    for code, names in zip(workshops, everything.workshops["donors"], strict=True):
        for name in names:
            donors.setdefault(f"donor {name}", []).append(code)
    alone = {f"workshop {code}": (code,) for code in workshops}
    return {ALL: tuple(workshops), **{key: tuple(of) for key, of in donors.items()}, **alone}


def beside(everything: Frames, codes: Sequence[str] | None, cut_off: datetime) -> Published | None:
    """What is published beside a report on some workshops; None when it is no set of its own."""
    sets = published_sets(everything)
    wanted = set(sets[ALL] if codes is None else codes)
    own = next((key for key, held in sets.items() if set(held) == wanted), None)
    facts = until(everything, cut_off)
    return Published(own, sets, responses(facts, with_facts(facts))) if own else None
