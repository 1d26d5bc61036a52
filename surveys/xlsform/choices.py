"""The sheet `choices` as lists of options. Other columns stay, for choice filters."""

from surveys.authoring.drafts import OptionRow
from surveys.problem_list import ProblemList, did_you_mean
from surveys.questionnaire import NonAnswer
from surveys.xlsform.headings import PASSED_OVER, READ, WITHOUT_EFFECT
from surveys.xlsform.rows import YES_NO
from surveys.xlsform.sheets import CHOICES, one_line
from surveys.xlsform.tables import Record, Table

OWN = (*READ[CHOICES], *WITHOUT_EFFECT[CHOICES], *PASSED_OVER[CHOICES])


def read_lists(
    table: Table, default: str, problem_list: ProblemList
) -> dict[str, tuple[OptionRow, ...]]:
    """The lists of choices by name, with all their options in order."""
    lists: dict[str, list[OptionRow]] = {}
    for record in table.records():
        name = one_line(record.get("list_name"))
        if _whole(record, name, problem_list):
            lists.setdefault(name, []).append(_option(record, default, problem_list))
    return {name: tuple(options) for name, options in lists.items()}


def _whole(record: Record, name: str, problem_list: ProblemList) -> bool:
    """Return whether a row is a choice; blank rows and remarks between the lists are not."""
    code = record.get("name")
    if name and code:
        return True
    labelled = any(column.name == "label" for column in record.cells)
    if code:
        fix = "Write the name of its list, or clear the row."
        problem_list.error(record.at("list_name"), "This choice belongs to no list.", code, fix)
    elif name and labelled:
        fix = "Add a code such as not_yet, without spaces."
        problem_list.error(record.at("name"), f"A choice of list {name} has no code.", fix=fix)
    elif name:
        fix = "Add code and label, or clear the row."
        problem_list.error(record.at("name"), f"This row of list {name} has no code.", fix=fix)
    return False


def _option(record: Record, default: str, problem_list: ProblemList) -> OptionRow:
    return OptionRow(
        place=record.at("name"),
        name=record.get("name"),
        label=record.texts("label", default),
        exclusive=_flag(record, problem_list),
        non_answer=_non_answer(record, problem_list),
        extra={
            column.name: text for column, text in record.cells.items() if column.name not in OWN
        },
        places=record.places(default),
    )


def _flag(record: Record, problem_list: ProblemList) -> bool:
    text = record.get("exclusive")
    known = YES_NO.get(text.casefold())
    if known is None:
        problem_list.error(
            record.at("exclusive"), "is neither yes nor no.", text, "Write yes or no."
        )
    return bool(known)


def _non_answer(record: Record, problem_list: ProblemList) -> str:
    text = record.get("non_answer")
    kinds = [kind.value for kind in NonAnswer]
    if text and text not in kinds:
        fix = did_you_mean(text, kinds)
        problem_list.error(record.at("non_answer"), "is not a kind of non_answer.", text, fix)
        return ""
    return text
