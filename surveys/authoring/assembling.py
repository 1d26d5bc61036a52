"""Assemble a draft into a checked questionnaire.

All readers of files end here, so that authors get the same messages for every format.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from surveys.authoring.answering_times import in_minutes, seconds_of
from surveys.authoring.burden import longest_path
from surveys.authoring.drafts import Draft, OptionRow, Placed
from surveys.authoring.flattening import Expansion
from surveys.authoring.linting import lint
from surveys.authoring.proofreading import proofread
from surveys.problem_list import ProblemList, did_you_mean
from surveys.questionnaire import NonAnswer, Option, Questionnaire

KEY = re.compile(r"[A-Z][A-Z0-9_-]{0,23}")
CODE = re.compile(r"[A-Za-z0-9_.-]{1,64}")
LONG_FOR_A_CHAT = 300
"""Seconds."""


def assemble(draft: Draft, problem_list: ProblemList) -> Questionnaire | None:
    """Return the questionnaire of a draft; None if there is an error. Warnings do not prevent it."""
    expansion = Expansion(draft, problem_list)
    placed = expansion.items()
    whole = replace(draft, lists=expansion.lists)
    # Of two items with one name the checks use the first; the duplicate is reported.
    first = {one.item.name: one.item for one in reversed(placed)}
    questionnaire = Questionnaire(
        key=_key(draft, problem_list),
        title=draft.title,
        minutes=draft.minutes,
        default_language=draft.default_language,
        languages=draft.languages,
        unreviewed=draft.unreviewed,
        choices=_choices(whole.lists, placed, problem_list),
        items=tuple(one.item for one in placed if first[one.item.name] is one.item),
    )
    if not placed:
        problem_list.error(
            draft.at("survey"), "This questionnaire asks nothing.", fix="Add items."
        )
    if not any(draft.title.values()):
        problem_list.error(draft.at("title"), "This questionnaire has no title.", fix="Add one.")
    lint(questionnaire, placed, problem_list)
    proofread(whole, questionnaire, placed, problem_list)
    if problem_list.failed:
        return None
    _check_length(draft, questionnaire, problem_list)
    return questionnaire


def _key(draft: Draft, problem_list: ProblemList) -> str:
    if KEY.fullmatch(draft.key):
        return draft.key
    fix = "Use capital letters, digits, _ and - only, such as M6."
    problem_list.error(draft.at("key"), "cannot be the key of a questionnaire.", draft.key, fix)
    return "X"


def _choices(
    lists: Mapping[str, tuple[OptionRow, ...]], placed: Sequence[Placed], problem_list: ProblemList
) -> dict[str, tuple[Option, ...]]:
    """The lists that items use, in the order of their first use."""
    used = dict.fromkeys(one.item.list_name for one in placed if one.item.list_name)
    return {name: checked_options(name, lists[name], problem_list) for name in used}


def checked_options(
    name: str, rows: tuple[OptionRow, ...], problem_list: ProblemList
) -> tuple[Option, ...]:
    """Return the options of a list; unusable and repeated codes are reported."""
    options: dict[str, Option] = {}
    # A filter may use any column of the list, so every option has all of them.
    columns = dict.fromkeys(column for row in rows for column in row.extra)
    for row in rows:
        code = _code(name, row, problem_list)
        if code in options:
            fix = "Give each choice its own code."
            if row.extra:
                fix += " A choice filter does not tell two choices with one code apart later."
            problem_list.error(row.place, f"stands twice in list {name}.", row.name, fix)
        options[code] = Option(
            name=code,
            label=dict(row.label),
            exclusive=row.exclusive,
            non_answer=_non_answer(row, problem_list),
            extra={column: row.extra.get(column, "") for column in columns},
        )
    if not options:
        problem_list.error("", f"The list {name} has no choices.")
    return tuple(options.values())


def _code(name: str, row: OptionRow, problem_list: ProblemList) -> str:
    """Return a usable code: several choices are stored with spaces between their codes."""
    if CODE.fullmatch(row.name):
        return row.name
    tidy = re.sub(r"[^A-Za-z0-9_.-]+", "_", row.name)[:64] or "_"
    fix = f"Write {tidy}." if tidy.strip("_") else "Add a code such as not_yet."
    message = f"cannot be a code of list {name}: use letters, digits and _, no spaces."
    problem_list.error(row.place, message, row.name, fix)
    return tidy


def _non_answer(row: OptionRow, problem_list: ProblemList) -> NonAnswer | None:
    kinds = [kind.value for kind in NonAnswer]
    if row.non_answer and row.non_answer not in kinds:
        fix = did_you_mean(row.non_answer, kinds)
        problem_list.error(row.place, "is not a kind of non_answer.", row.non_answer, fix)
        return None
    return NonAnswer(row.non_answer) if row.non_answer else None


def _check_length(draft: Draft, questionnaire: Questionnaire, problem_list: ProblemList) -> None:
    way = longest_path(questionnaire)
    seconds = seconds_of(questionnaire, way)
    if seconds > LONG_FOR_A_CHAT:
        needed = f"{in_minutes(seconds)} minutes for {len(way)} questions"
        message = f"One person may need {needed}, which is long for a chat."
        fix = f"Try with {in_minutes(LONG_FOR_A_CHAT)} minutes at most."
        problem_list.warning(draft.at("survey"), message, fix=fix)
