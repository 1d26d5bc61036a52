"""What the members of a class share is told of none of them: a class of five hides no common answer.

A class is the people of one workshop and level in one wave. A column is told for a class if two of its
members gave different answers; otherwise it is left out for all of them, asked or not.
"""

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace

from analysis.exports.answers import typed
from analysis.exports.facts import OUTCOME, CaseRecord, Given
from analysis.exports.levels import LEVEL
from analysis.exports.variables import Variable, variables
from surveys.interview.answers import AnswerState
from surveys.items.base import Level
from surveys.questionnaire import Questionnaire


def left_out(questionnaire: Questionnaire | None, members: Iterable[CaseRecord]) -> frozenset[str]:
    """Return the columns that are told of no member of a class; `members` share a wave."""
    members = tuple(members)
    same = {OUTCOME} if len({case.disposition for case in members}) < 2 else set()
    if questionnaire is None:
        return frozenset(same)
    shared: dict[str, frozenset[str]] = {}
    for variable in columns_of(questionnaire):
        found = {_answer(case, variable) for case in members} - {None}
        if len(found) < 2:
            same.add(variable.column)
            shared[variable.item] = shared.get(variable.item, frozenset()) | _codes(
                variable, found
            )
    return frozenset(same | _given_away(questionnaire, shared))


def columns_of(questionnaire: Questionnaire) -> tuple[Variable, ...]:
    """Return the columns with answers of a questionnaire, without open answers and the level."""
    return tuple(
        variable
        for variable in variables({questionnaire.version: questionnaire})
        if variable.level is not Level.WORDS and variable.item != LEVEL and not variable.turned
    )


def _answer(case: CaseRecord, variable: Variable) -> Hashable:
    given = case.answers.get(variable.item)
    if given is None or given.state is AnswerState.SKIPPED:
        return None
    if variable.level is Level.SET:
        return variable.option in given.value.split()
    known = not variable.values or given.value in {value.code for value in variable.values}
    return typed(variable.level, given.value) if known else None


def _codes(variable: Variable, found: set[Hashable]) -> frozenset[str]:
    """Return the code that all members chose, if there is one."""
    if variable.level is Level.SET:
        return frozenset({variable.option} if found == {True} else ())
    return frozenset(str(value) for value in found)


def _given_away(
    questionnaire: Questionnaire, shared: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """Return the columns of questions that are asked only after an answer that all members share.

    Their answers would tell the shared one.
    """
    found: set[str] = set()
    for item in questionnaire.items:
        named = set(re.findall(r"\$\{([^}]+)\}", item.relevant))
        codes = set(re.findall(r"'([^']*)'", item.relevant))
        if named & found or any(codes & shared[one] for one in named & set(shared)):
            found.add(item.name)
    return frozenset(v.column for v in columns_of(questionnaire) if v.item in found)


def without(case: CaseRecord, columns: frozenset[str], found: Iterable[Variable]) -> CaseRecord:
    """Return a case that does not tell `columns`; `found` are all columns of its questionnaire.

    Of several answers to a question those stay that are told.
    """
    of_item: dict[str, list[Variable]] = {}
    for variable in found:
        of_item.setdefault(variable.item, []).append(variable)
    parts = {
        name: _part(given, of_item[name], columns) if name in of_item else given
        for name, given in case.answers.items()
    }
    answers = {name: given for name, given in parts.items() if given is not None}
    return replace(case, answers=answers, left_out=case.left_out | columns)


def _part(given: Given, found: Iterable[Variable], columns: frozenset[str]) -> Given | None:
    told = [variable for variable in found if variable.column not in columns]
    if not told or told[0].level is not Level.SET:
        return given if told else None
    options = {variable.option for variable in told}
    return replace(given, value=" ".join(c for c in given.value.split() if c in options))
