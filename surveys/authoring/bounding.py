"""Check that the expressions of a questionnaire stay within the bounds of evaluation.

The longest possible answers are assumed, so that nobody meets a bound that the author did not see.
"""

from collections.abc import Sequence

from surveys.authoring.uses import Use
from surveys.expressions import LONGEST_TEXT, MOST_STEPS_OF_WALK
from surveys.items import BY_NAME
from surveys.items.base import Shape
from surveys.items.number import MOST_DIGITS
from surveys.items.open_text import MOST_CHARACTERS
from surveys.problem_list import ProblemList
from surveys.questionnaire import Item, Questionnaire

MOST_STEPS = MOST_STEPS_OF_WALK // 4
"""What conditions and filters may cost before the lengths of answers are counted."""


def check_bounds(
    questionnaire: Questionnaire, uses: Sequence[Use], problem_list: ProblemList
) -> None:
    """Report texts that can become too long, and the place where the work becomes too much."""
    _check_lengths(questionnaire, uses, problem_list)
    _check_work(questionnaire, uses, problem_list)


def _check_lengths(
    questionnaire: Questionnaire, uses: Sequence[Use], problem_list: ProblemList
) -> None:
    """Report each text that can be too long. What depends on it is not reported as well."""
    longest = {item.name: _longest_answer(questionnaire, item) for item in questionnaire.items}
    for use in uses:
        name = use.placed.item.name
        longest["."] = longest[name]
        length = use.expression.longest(lambda asked: longest.get(asked, 0))
        if length > LONGEST_TEXT:
            message = f"can make a text of {length:,} characters, more than {LONGEST_TEXT:,}."
            fix = "Put fewer answers together, or limit them with the parameter max."
            problem_list.error(use.place, message, use.expression.text, fix)
        elif use.column == "calculation":
            longest[name] = length


def _longest_answer(questionnaire: Questionnaire, item: Item) -> int:
    """Return the length of the longest answer to an item; 0 for a calculation."""
    codes = [len(option.name) + 1 for option in questionnaire.options(item)]
    if BY_NAME[item.type].shape is Shape.PICK_MANY:
        return sum(codes)
    if item.type == "text":
        return int(item.parameters.get("max", MOST_CHARACTERS))
    return max(codes, default=MOST_DIGITS if BY_NAME[item.type].shape else 0)


def _check_work(
    questionnaire: Questionnaire, uses: Sequence[Use], problem_list: ProblemList
) -> None:
    steps = 0
    for use in uses:
        filtered = (
            len(questionnaire.options(use.placed.item)) if use.column == "choice_filter" else 1
        )
        steps += use.expression.steps * filtered
        if steps > MOST_STEPS:
            message = "All conditions and filters up to here are too much work for one answer."
            fix = "Use shorter lists, or simpler filters."
            problem_list.error(use.place, message, fix=fix)
            return
