"""Until when the next version of a report counts each wave, so that no few people stand out.

Two published figures on the same people, of different moments, tell what those said who came or
went in between. So a wave moves on only when these are enough, here and wherever it was published.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from analysis.facts.as_of import until
from analysis.facts.cut_offs import CutOffs
from analysis.facts.frames import Frames
from analysis.facts.responses import records, with_facts
from storage.office.report_versions import ErasedCase
from surveys.report_status import may_differ

Person = tuple[int, str]


@dataclass(frozen=True)
class Told:
    """A wave as a published version counts it: in which workshops, until when; `own` scope or not."""

    wave: str
    workshops: frozenset[str]
    at: datetime
    own: bool


@dataclass(frozen=True)
class Change:
    """What differs between two moments of a wave, worked out once for each wave and moment.

    `erased` are people whose answers are in no frame any more, but in files made before.
    """

    frames: Frames
    erased: Sequence[ErasedCase]
    _seen: dict[tuple[str, datetime], Mapping[tuple[Any, ...], object]] = field(
        default_factory=dict, init=False, repr=False
    )

    def people(
        self, wave: str, workshops: Collection[str], told: datetime, at: datetime
    ) -> set[Person]:
        """Return whose facts differ in some workshops between what was told and another moment."""
        before, after = self._facts(wave, told), self._facts(wave, at)
        found = {
            (person, place)
            for case in before.keys() | after.keys()
            if before.get(case) != after.get(case)
            for workshop, _, person, place in [case]
            if workshop in workshops
        }
        return found | self._erased(wave, workshops, told)

    def _erased(self, wave: str, workshops: Collection[str], since: datetime) -> set[Person]:
        return {
            (one.participant, one.administration)
            for one in self.erased
            if one.wave == wave and one.workshop in workshops and one.at > since
        }

    def _facts(self, wave: str, at: datetime) -> Mapping[tuple[Any, ...], object]:
        if (wave, at) not in self._seen:
            self._seen[wave, at] = _facts(self.frames, wave, at)
        return self._seen[wave, at]

    def administrations(self, workshops: Collection[str]) -> int:
        """Return how many administrations took part in some workshops."""
        people = self.frames.enrolments
        here = people["workshop_code"].isin(list(workshops)) & (people["role"] == "participant")
        return int(people.loc[here, "administration_code"].nunique())

    def fits(self, wave: str, workshops: Collection[str], told: Told, at: datetime) -> bool:
        """Return whether figures until `at` may be published beside what was told."""
        common = told.workshops.intersection(workshops)
        changed = self.people(wave, common, told.at, at)
        return may_differ(changed, self.administrations(common))


def _facts(frames: Frames, wave: str, at: datetime) -> dict[tuple[Any, ...], object]:
    """Return what is known of each case of a wave: outcome, answers, what the office has seen."""
    stood = until(
        replace(frames, waves=frames.waves[frames.waves["key"] == wave]), CutOffs(at, {wave: at})
    )
    answers: dict[int, set[tuple[Any, ...]]] = {}
    for case, *told in stood.answers[["case_id", "item", "value", "state"]].itertuples(
        index=False
    ):
        answers.setdefault(case, set()).add(tuple(told))
    for case, anchor in stood.verifications[["case_id", "anchor"]].itertuples(index=False):
        answers.setdefault(case, set()).add((anchor,))
    return {
        (one["workshop"], one["id"], one["participant_id"], one["administration"]): (
            one["outcome"],
            str(one["refused_at"]),
            answers.get(one["id"], set()),
        )
        for one in records(with_facts(stood))
    }


def next_cut_offs(
    change: Change, workshops: Collection[str], told: Sequence[Told], now: datetime
) -> dict[str, datetime]:
    """Return until when a version of a report on some workshops made `now` counts each wave.

    A wave is counted once it was over somewhere. It keeps its moment unless enough people have
    changed since; if few were erased since, it is left out, as they would stand out beside it.
    """
    here = change.frames.waves[change.frames.waves["workshop_code"].isin(list(workshops))]
    over = here[CutOffs(now, dict.fromkeys(map(str, here["key"]), now)).over(here)]
    found = {}
    for wave in sorted({str(key) for key in over["key"]}):
        beside = [one for one in told if one.wave == wave and one.workshops & set(workshops)]
        at = _cut_off(change, wave, workshops, beside, now)
        if at is not None:
            found[wave] = at
    return found


def _cut_off(
    change: Change, wave: str, workshops: Collection[str], beside: Sequence[Told], now: datetime
) -> datetime | None:
    """Return the newest moment of a wave that fits everything told; its own if nobody changed."""
    own = max((one.at for one in beside if one.own), default=None)
    for at in (now, *sorted({one.at for one in beside}, reverse=True)):
        if own is not None and at < own:
            break
        if all(change.fits(wave, workshops, one, at) for one in beside):
            same = own is not None and not change.people(wave, workshops, own, at)
            return own if same else at
    return None
