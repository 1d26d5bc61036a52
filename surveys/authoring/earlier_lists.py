"""Check what a questionnaire looks up in earlier questionnaires against their items and codes.

A check of its own, because earlier questionnaires are known only where versions are stored.
"""

from collections.abc import Callable, Iterator, Mapping

from surveys.authoring.uses import filter_columns
from surveys.expressions import Expression, compile_expression
from surveys.items import BY_NAME
from surveys.problem_list import ProblemList, did_you_mean
from surveys.problems import Problem
from surveys.questionnaire import Item, Questionnaire

COLUMNS = ("relevant", "constraint", "calculation", "choice_filter")
ANSWERED_ON = "answered_on"
"""What can be looked up of an earlier response besides its answers."""

Earlier = Callable[[str], Questionnaire | None]
"""The newest version of a questionnaire by its key; None if there is none."""


def check_earlier(questionnaire: Questionnaire, earlier: Earlier) -> tuple[Problem, ...]:
    """Return warnings about items and codes that the earlier questionnaires do not have.

    These are not errors: another version, or the own list of a workshop, may have them.
    """
    problem_list = ProblemList(questionnaire.key)
    for item in questionnaire.items:
        for column, expression in _expressions(questionnaire, item):
            place = f"{item.name}, {column}"
            for source, name in sorted(expression.pulls):
                _check_item(place, source, name, earlier, problem_list)
            for source, name, code in expression.pulled_comparisons:
                _check_code(place, (source, name, code), earlier, problem_list)
    return problem_list.problems


def _expressions(questionnaire: Questionnaire, item: Item) -> Iterator[tuple[str, Expression]]:
    columns = filter_columns(questionnaire.options(item))
    texts: Mapping[str, str] = {column: getattr(item, column) for column in COLUMNS}
    for column, text in texts.items():
        if text:
            yield column, compile_expression(text, columns=columns)


def _check_item(
    place: str, source: str, name: str, earlier: Earlier, problem_list: ProblemList
) -> None:
    known = earlier(source)
    if known is not None and name not in known.by_name and name != ANSWERED_ON:
        fix = did_you_mean(name, known.by_name)
        problem_list.warning(place, f"is not an item of {source}, so it stays empty.", name, fix)


def _check_code(
    place: str, pulled: tuple[str, str, str], earlier: Earlier, problem_list: ProblemList
) -> None:
    source, name, code = pulled
    known = earlier(source)
    item = known.by_name.get(name) if known else None
    if known is None or item is None or not code:
        return
    codes = [option.name for option in known.options(item)]
    codes = codes or [choice.code for choice in BY_NAME[item.type].choices(item)]
    if codes and code not in codes:
        message = f"is not a choice of {name} in {source}, so this comparison never holds."
        problem_list.warning(place, message, code, did_you_mean(code, codes))
