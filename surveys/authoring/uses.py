"""The expressions of items, with their columns and places in the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from surveys.authoring.drafts import Placed
from surveys.expressions import Expression, ExpressionError, compile_expression
from surveys.problem_list import ProblemList
from surveys.questionnaire import Option, Questionnaire


@dataclass(frozen=True)
class Use:
    """One expression of an item: its column and its place."""

    placed: Placed
    column: str
    expression: Expression
    place: str


def uses_of(
    questionnaire: Questionnaire, placed: Placed, problem_list: ProblemList
) -> Iterator[Use]:
    """Return all expressions of an item. Joining sound parts can still make one too long."""
    item, row = placed.item, placed.row
    columns = filter_columns(questionnaire.options(item))
    cells = [("relevant", condition.text, condition.place) for condition in placed.conditions]
    own = ("constraint", "calculation", "choice_filter")
    cells.extend((column, getattr(item, column), row.at(column)) for column in own)
    try:
        if item.relevant:
            compile_expression(item.relevant)
        for column, text, place in cells:
            if text:
                named = columns if column == "choice_filter" else frozenset()
                yield Use(placed, column, compile_expression(text, columns=named), place)
    except ExpressionError as error:
        message = f"The conditions of {item.name} cannot be used together: {error.message}"
        problem_list.error(row.at("relevant"), message)


def filter_columns(options: Sequence[Option]) -> frozenset[str]:
    """Return the bare names that a choice filter over these options may use."""
    return frozenset({"name"}.union(*(option.extra for option in options)))
