"""What published counts of a question say of its variables."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial

from analysis.disclosure.crowds import choosing
from analysis.disclosure.facts import Ends, Fact, Sum
from analysis.disclosure.question import SILENT, Question, Row, Telling
from analysis.disclosure.small_groups import SMALLEST
from analysis.disclosure.variables import Variables

Tables = Mapping[str, tuple[Row, ...]]
"""What is told of a question, by set."""


def told(
    question: Question, key: str, rows: Iterable[Row], variables: Variables, whole: Question
) -> list[Fact]:
    """Return what rows of a published table say; `whole` has the people whom this reader knows too."""
    found = []
    for row in rows:
        weights = counted(variables, key, row.codes)
        if row.telling is Telling.COUNT:
            found.append(Fact(weights, row.units, row.units, key, row))
        elif row.telling is Telling.NEARLY_ALL:
            known = len(choosing(whole.crowds[key], row.codes)) - row.units
            least = len(whole.crowds[key]) - SMALLEST + 1 - known
            found.append(Fact(weights, least, len(question.crowds[key]), key, row))
    return found


def base(question: Question, key: str, variables: Variables) -> Fact:
    """Return the base of a published table."""
    size = len(question.crowds[key])
    return Fact(counted(variables, key, question.in_base(key)), size, size, key)


def silent(key: str, units: int, variables: Variables) -> Fact:
    """Return how many units of a set did not reply."""
    return Fact(variables.of_set(key, (SILENT,)), units, units)


def silent_beside_people(question: Question, key: str, variables: Variables) -> Fact:
    """Return how many units are silent at least and at most, by the number of people who replied."""
    ends = partial(_silent_beside_people, key)
    return Fact(variables.of_set(key, (SILENT,)), *ends(question, ()), of_left=ends)


def _silent_beside_people(key: str, question: Question, _: Collection[int | str]) -> Ends:
    units = question.everybody(key).values()
    replied = sum(len(one.replied) for one in units)
    asked = sum(len(one.asked) for one in units)
    return max(0, len(units) - replied), asked - replied


def counted(
    variables: Variables, key: str, codes: Sequence[str], out: Collection[str] = ()
) -> Sum:
    """Return who chose some codes in a set; without the units of other sets if these are named."""
    return variables.of_set(key, variables.spelled(key, codes), out)
