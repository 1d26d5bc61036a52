"""What readers have from reports handed out before, beside what a new version may tell.

Each of those is one more set of people: those who were counted then, as they had answered. What it told
of them is printed and cannot be taken back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import zip_longest

from analysis.disclosure.crowds import Answer, Crowd, Person, Slot
from analysis.disclosure.printed import Tables
from analysis.disclosure.question import Question, WaveReplies

Said = tuple[frozenset[str], Slot, frozenset[Person]]
"""What a unit said: the codes, what tells the answer apart, and whose it is."""
Names = Mapping[str, str]
"""The keys of the sets of an earlier version beside those of now, by their keys then."""


@dataclass(frozen=True)
class Beside:
    """A question with the sets of earlier versions, and what these told; () where they told nothing."""

    question: Question
    printed: Tables = field(default_factory=dict)

    def also(self, then: Question, tables: Tables) -> "Beside":
        """Return the question with one more version; a version that asked otherwise adds nothing."""
        now = self.question
        if then.kind is not now.kind or not {*then.options} <= {*now.options}:
            return self
        number = len(self.printed)
        names = {key: f"{key} {number}" for key, crowd in then.crowds.items() if crowd}
        said = self._said
        crowds = {name: _told_apart(then.crowds[key], said, name) for key, name in names.items()}
        asked = {
            name: _told_apart(then.asked[key], said, name)
            for key, name in names.items()
            if key in then.asked
        }
        question = replace(
            now,
            crowds={**now.crowds, **crowds},
            asked={**now.asked, **asked},
            blanks=now.blanks | _named(then.blanks, names),
            replies=now.replies | _named(then.replies, names),
            people=now.people | _named(then.people, names),
            waves=_waves(now, then, names),
        )
        printed = {name: tables.get(key, ()) for key, name in names.items()}
        return Beside(question, {**self.printed, **printed})

    @cached_property
    def _said(self) -> Mapping[int | str, frozenset[Said]]:
        """What units say in the sets of the question."""
        found: dict[int | str, set[Said]] = {}
        for key in self.question.crowds:
            for unit, one in self.question.everybody(key).items():
                found.setdefault(unit, set()).add(_said(one))
        return {unit: frozenset(every) for unit, every in found.items()}


def of_now(question: Question, tables: Tables, now: Question) -> tuple[Question, Tables]:
    """Return a protected question and its tables without the sets of earlier versions."""
    crowds = {key: question.crowds[key] for key in now.crowds}
    asked = {key: one for key, one in question.asked.items() if key in now.asked}
    kept = replace(now, crowds=crowds, asked=asked, blanks=question.blanks & crowds.keys())
    return kept, {key: rows for key, rows in tables.items() if key in crowds}


def _named(keys: frozenset[str], names: Names) -> frozenset[str]:
    return frozenset(names[key] for key in keys if key in names)


def _told_apart(crowd: Crowd, known: Mapping[int | str, frozenset[Said]], name: str) -> Crowd:
    """Return the answers of then; those that are no others in another set keep what makes them one."""
    return {
        unit: one if _said(one) in known.get(unit, ()) else replace(one, slot=(*one.slot, name))
        for unit, one in crowd.items()
    }


def _said(one: Answer) -> Said:
    return one.codes, one.slot, one.replied


def _waves(now: Question, then: Question, names: Names) -> tuple[WaveReplies, ...]:
    """Return the replies of waves; each set has those of the waves that were counted in it."""
    nothing = WaveReplies({}, frozenset())
    return tuple(
        WaveReplies(
            {**one.units, **{names[key]: u for key, u in old.units.items() if key in names}},
            one.told | _named(old.told, names),
        )
        for one, old in zip_longest(now.waves, then.waves, fillvalue=nothing)
    )
