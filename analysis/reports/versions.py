"""Until when the next version of a report counts each wave, so that no few people stand out.

Two published figures on the same people, of different moments, tell what those said who came or
went in between. So a wave of a workshop moves on only when these are enough, whichever report told
it before.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pandas as pd

from analysis.facts.as_of import until
from analysis.facts.cut_offs import CutOffs
from analysis.facts.frames import Frames
from analysis.facts.responses import records, with_facts
from analysis.measures.themes import marked
from storage.office.report_versions import CutOff, ErasedCase
from surveys.report_status import may_differ

Wave = tuple[str, str]
"""A workshop and the key of a wave."""
Person = tuple[int, str]
"""A participant and the administration."""
Facts = Mapping[tuple[int, int, str], object]


@dataclass(frozen=True)
class Change:
    """What differs between two moments of a wave, worked out once for each wave and moment.

    `erased` are people whose answers are in no frame any more, but in files made before.
    """

    frames: Frames
    erased: Sequence[ErasedCase]
    _seen: dict[tuple[Wave, datetime], Facts] = field(default_factory=dict, init=False, repr=False)

    def people(self, wave: Wave, told: datetime, at: datetime) -> set[Person]:
        """Return whose facts differ between what was told and figures of another moment made now."""
        before, after = self._facts(wave, told), self._facts(wave, at)
        differ = (case for case in {*before, *after} if before.get(case) != after.get(case))
        return {(person, place) for _, person, place in differ} | {
            (one.participant, one.administration)
            for one in self.erased
            if (one.workshop, one.wave) == wave and one.at > told
        }

    def _facts(self, wave: Wave, at: datetime) -> Facts:
        if (wave, at) not in self._seen:
            self._seen[wave, at] = _facts(self.frames, wave, at)
        return self._seen[wave, at]

    def fits(self, wave: Wave, told: datetime, at: datetime) -> bool:
        """Return whether figures until `at` may be published beside those until `told`."""
        people = self.frames.enrolments
        here = (people["workshop_code"] == wave[0]) & (people["role"] == "participant")
        administrations = int(people.loc[here, "administration_code"].nunique())
        return may_differ(self.people(wave, told, at), administrations)


def _facts(frames: Frames, wave: Wave, at: datetime) -> Facts:
    """Return what is known of each case of a wave: outcome, answers, what the office says of them."""
    stood = until(_alone(frames, wave), CutOffs(at, {wave: at}))
    told: dict[int, set[tuple[Any, ...]]] = {}
    answers = stood.answers[["case_id", "item", "value", "state"]]
    for case, *answer in answers.itertuples(index=False):
        told.setdefault(case, set()).add(tuple(answer))
    for case, anchor in stood.verifications[["case_id", "anchor"]].itertuples(index=False):
        told.setdefault(case, set()).add((anchor,))
    decided = stood.anchor_decisions[["case_id", "anchor", "about", "decision"]]
    for case, *decision in decided.itertuples(index=False):
        told.setdefault(case, set()).add(tuple(decision))
    for (case, item, _), themes in marked(stood).items():
        told.setdefault(case, set()).add((item, themes.settled))
    return {
        (one["id"], one["participant_id"], one["administration"]): (
            one["outcome"],
            str(one["refused_at"]),
            told.get(one["id"], set()),
        )
        for one in records(with_facts(stood))
    }


def _alone(frames: Frames, wave: Wave) -> Frames:
    """Return the facts about one wave alone, so that comparing many stays quick."""
    waves = frames.waves
    this = waves[(waves["workshop_code"] == wave[0]) & (waves["key"] == wave[1])]
    cases = frames.cases[frames.cases["wave_id"].isin(this["id"])]

    def told(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["case_id"].isin(cases["id"])]

    return replace(
        frames,
        waves=this,
        cases=cases,
        attempts=told(frames.attempts),
        answers=told(frames.answers),
        earlier_answers=told(frames.earlier_answers),
        verifications=told(frames.verifications),
        anchor_decisions=told(frames.anchor_decisions),
        theme_marks=told(frames.theme_marks),
    )


def next_cut_offs(
    change: Change,
    scope: tuple[str, Collection[str]],
    told: Sequence[CutOff],
    now: datetime,
) -> dict[Wave, datetime]:
    """Return until when a version of a report made `now` counts each wave.

    `scope` is what the report is about, with its workshops. A wave is counted once it is over. It
    keeps the moment at which it was told, in this report or in another, unless enough people have
    changed since; if few were erased since, it is left out, as they would stand out beside what was
    told.
    """
    name, workshops = scope
    here = change.frames.waves[change.frames.waves["workshop_code"].isin(list(workshops))]
    over = here[(here["closed_at"] <= now) | (here["missed_at"] <= now)]
    found = {}
    for workshop, key in over[["workshop_code", "key"]].itertuples(index=False):
        wave = (str(workshop), str(key))
        before = [one for one in told if (one.workshop, one.wave) == wave]
        own = max((one.at for one in before if one.scope == name), default=None)
        at = _cut_off(change, wave, own, {one.at for one in before}, now)
        if at is not None:
            found[wave] = at
    return found


def _cut_off(
    change: Change, wave: Wave, own: datetime | None, told: Collection[datetime], now: datetime
) -> datetime | None:
    """Return the newest moment of a wave that fits all that was told; its own if nobody changed."""
    if own is not None and not change.people(wave, own, now):
        return own
    moments = (now, *sorted(told, reverse=True))
    return next((at for at in moments if all(change.fits(wave, one, at) for one in told)), None)
