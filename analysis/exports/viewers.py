"""Which cases and answers a bundle for viewers holds, and why the others are left out.

It holds participants who answered. Every class of workshop and level has five people or more
(`levels`), and what a class shares is told of nobody in it (`diversity`). A person has another
pseudonym in each workshop, so that nobody is found by the workshops that they attended.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from analysis.disclosure.small_groups import SMALLEST
from analysis.exports.answers import level_of
from analysis.exports.diversity import columns_of, left_out, without
from analysis.exports.facts import CaseRecord, Facts, Person
from analysis.exports.levels import DESCRIBING, LEVEL, in_two_classes, told_levels, with_class
from surveys.interview.answers import AnswerState
from surveys.items.base import Level

OTHER_ROLES = "supervisors and contact points"
NO_ANSWER = "people without an answer"
SMALL_WAVES = f"waves with fewer than {SMALLEST} people of a workshop"
FUNCTION = "function and time in the job"
LEVELS = f"levels, for groups of {SMALLEST} people"
SHARED = "what a group has in common"
OF_CASES = (OTHER_ROLES, NO_ANSWER, SMALL_WAVES)

Cases = tuple[CaseRecord, ...]


class Viewers:
    """The facts that viewers get, and what is left out of them, by reason, without open answers.

    `cases` has a person for each case, `answers` one for each answer and skipped item.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts, self._kept = facts, facts.cases
        self.answers: dict[str, list[Person]] = {}
        self.cases: dict[str, list[Person]] = {why: [] for why in OF_CASES}
        self._keep(OTHER_ROLES, (case for case in self._kept if case.role == "participant"))
        self._keep_who_answered()
        self._keep(FUNCTION, (self._without_function(case) for case in self._kept))
        levels = _told_levels(self._kept)
        self._keep(LEVELS, (with_class(case, levels) for case in self._kept))
        self._keep(SHARED, self._diverse(levels))

    @property
    def facts(self) -> Facts:
        """The facts with the cases that are kept, their questionnaires, and pseudonyms by workshop."""
        frames, pseudonym = self._facts.frames, self._facts.pseudonyms.attendance
        pinned = {case.questionnaire for case in self._kept}
        asked = {
            key: in_two_classes(one) for key, one in frames.questionnaires.items() if key in pinned
        }
        cases = (replace(case, participant=pseudonym(*case.person)) for case in self._kept)
        frames = replace(frames, questionnaires=asked)
        return replace(self._facts, cases=tuple(cases), frames=frames)

    def _keep(self, why: str, cases: Iterable[CaseRecord]) -> None:
        """Go on with `cases`; what was there before and is not in them is left out for a reason."""
        kept = {case.code: case for case in cases}
        answers = self.answers.setdefault(why, [])
        for case in self._kept:
            after = kept.get(case.code)
            answers += [case.person] * (self._coded(case) - (self._coded(after) if after else 0))
            if after is None:
                self.cases[why].append(case.person)
        self._kept = tuple(kept[case.code] for case in self._kept if case.code in kept)

    def _coded(self, case: CaseRecord) -> int:
        return sum(level_of(self._facts, case, name) is not Level.WORDS for name in case.answers)

    def _keep_who_answered(self) -> None:
        """Keep people who answered, in waves of five people or more, until no other case goes."""
        before: Cases = ()
        while before != self._kept:
            before = self._kept
            self._keep(NO_ANSWER, _of_people_who_answered(self._kept))
            self._keep(SMALL_WAVES, _of_large_waves(self._kept))

    def _without_function(self, case: CaseRecord) -> CaseRecord:
        """Return a case without what describes the person too closely, or a level in other words."""
        nominal = level_of(self._facts, case, LEVEL) is Level.NOMINAL
        gone = DESCRIBING if nominal else DESCRIBING | {LEVEL}
        answers = {name: one for name, one in case.answers.items() if name not in gone}
        return replace(case, answers=answers)

    def _diverse(self, levels: Mapping[str, str]) -> Iterator[CaseRecord]:
        """Yield the cases without what the members of a class share in a wave."""
        told = {case.person: levels[case.code] for case in self._kept if case.code in levels}
        classes: dict[tuple[str, str, str], list[CaseRecord]] = defaultdict(list)
        for case in self._kept:
            classes[case.workshop, case.wave, told.get(case.person, "")].append(case)
        for members in classes.values():
            pinned = members[0].questionnaire
            asked = self._facts.frames.questionnaires.get(pinned) if pinned else None
            columns = left_out(asked, members)
            found = columns_of(asked) if asked else ()
            yield from (without(case, columns, found) for case in members)


def _told_levels(cases: Cases) -> dict[str, str]:
    workshops: dict[str, list[CaseRecord]] = defaultdict(list)
    for case in cases:
        workshops[case.workshop].append(case)
    return {code: name for one in workshops.values() for code, name in told_levels(one).items()}


def _of_people_who_answered(cases: Cases) -> Cases:
    told = (
        case.person
        for case in cases
        if any(given.state is not AnswerState.SKIPPED for given in case.answers.values())
    )
    people = set(told)
    return tuple(case for case in cases if case.person in people)


def _of_large_waves(cases: Cases) -> Cases:
    people: dict[tuple[str, str], set[Person]] = defaultdict(set)
    for case in cases:
        people[case.workshop, case.wave].add(case.person)
    return tuple(c for c in cases if len(people[c.workshop, c.wave]) >= SMALLEST)
