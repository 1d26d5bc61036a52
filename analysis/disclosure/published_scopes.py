"""The reports that readers outside the office can compare: on all workshops, a donor's, single ones.

Counts are hidden so that none can be found by comparing these reports.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from analysis.disclosure.small_groups import SMALLEST
from analysis.disclosure.subtraction import Cell, Counts, Pattern, protected
from analysis.facts.as_of import until
from analysis.facts.cut_offs import CutOffs
from analysis.facts.frames import Frames
from analysis.facts.responses import Response, latest_by_person, responses, with_facts
from analysis.measures.tallies import Tally, tally
from surveys.planning.dispositions import Disposition

ALL = "all"


@dataclass(frozen=True)
class Published:
    """The sets of workshops on which reports leave the office, by key; `own` is this report's.

    `responses` and `cases` are those of all workshops, also of workshops outside this report.
    """

    own: str
    sets: Mapping[str, tuple[str, ...]]
    responses: tuple[Response, ...]
    cases: pd.DataFrame

    def hidden(self, own: Tally, asked: Sequence[Response], frames: Frames) -> frozenset[str]:
        """Return the options of a tally of this report whose counts are hidden beside all the others."""
        codes = [count.code for count in own.counts]
        counts: dict[str, dict[str, int]] = {}
        for key, workshops in self.sets.items():
            here = latest_by_person([r for r in asked if r.workshop in workshops], own.item)
            found = tally(here, own.item, frames.questionnaires)
            if found.base >= SMALLEST or key == self.own:
                counts[key] = {code: found.people(code) for code in codes}
        sets = {key: self.sets[key] for key in counts}
        table = Counts(counts, sets, not own.several, _several(asked, own.item))
        return frozenset(code for key, code in protected(table) if key == self.own)

    def hidden_fates(self, wave: str) -> frozenset[str]:
        """Return the dispositions of a wave whose counts are hidden.

        How many cases there are and how many are complete is always shown.
        """
        cases = self.cases[self.cases["wave"] == wave]
        fates = [one for one in Disposition if one is not Disposition.COMPLETE]
        counts = {}
        for key, workshops in self.sets.items():
            here = cases.loc[cases["workshop"].isin(workshops), "outcome"]
            if len(here) or key == self.own:
                counts[key] = {str(fate): int((here == fate).sum()) for fate in fates}
        table = Counts(counts, {key: self.sets[key] for key in counts}, single=True)
        return frozenset(code for key, code in protected(table) if key == self.own)


def _several(asked: Sequence[Response], item: str) -> dict[Pattern, Counter[Cell]]:
    """Return the answers at each workshop of people who answered an item at more than one."""
    workshops = dict.fromkeys(r.workshop for r in asked)
    told: dict[int, list[Response]] = {}
    for workshop in workshops:
        for response in latest_by_person([r for r in asked if r.workshop == workshop], item):
            if item in response.values:
                told.setdefault(response.participant_id, []).append(response)
    found: dict[Pattern, Counter[Cell]] = {}
    for theirs in told.values():
        if len(theirs) > 1:
            theirs.sort(key=lambda r: (r.answered_at, r.case_id))
            said = found.setdefault(tuple(r.workshop for r in theirs), Counter())
            said.update((r.workshop, code) for r in theirs for code in r.codes(item))
    return found


def published_sets(everything: Frames) -> dict[str, tuple[str, ...]]:
    """Return the sets of workshops that are published: all, those of each donor, and each alone."""
    workshops = [str(code) for code in everything.workshops["code"]]
    donors: dict[str, list[str]] = {}
    for code, names in zip(workshops, everything.workshops["donors"], strict=True):
        for name in names:
            donors.setdefault(f"donor {name}", []).append(code)
    alone = {f"workshop {code}": (code,) for code in workshops}
    return {ALL: tuple(workshops), **{key: tuple(of) for key, of in donors.items()}, **alone}


def beside(
    everything: Frames, codes: Sequence[str] | None, cut_off: datetime | CutOffs
) -> Published | None:
    """Return what is published beside a report on some workshops; None if they are not such a set."""
    sets = published_sets(everything)
    wanted = set(sets[ALL] if codes is None else codes)
    own = next((key for key, held in sets.items() if set(held) == wanted), None)
    if own is None:
        return None
    facts = until(everything, cut_off)
    cases = with_facts(facts)
    return Published(own, sets, responses(facts, cases), cases)
