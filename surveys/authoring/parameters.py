"""Check the parameters of an item: the names that its type knows, and values that are numbers."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from surveys.authoring.drafts import Row
from surveys.problem_list import ProblemList, did_you_mean

KNOWN = {
    "range": ("start", "end", "step", "reversed"),
    "select_multiple": ("max",),
    "text": ("max",),
}
MOST_POINTS = 101
LONGEST_ANSWER = 4_000


def checked_parameters(row: Row, kind: str, problem_list: ProblemList) -> dict[str, str]:
    """Return the usable parameters of a row; the others are reported."""
    known = KNOWN.get(kind, ())
    usable = {}
    for name, text in row.parameters.items():
        if name not in known:
            fix = did_you_mean(name, known) or f"{kind} has no parameters."
            problem_list.error(row.at("parameters"), "is not a parameter here.", name, fix)
        elif _number(text) is None:
            problem_list.error(row.at("parameters"), f"is not a number for {name}.", text)
        elif name == "reversed" and text != "1":
            fix = "Write 1 where a low answer is the good one, or leave it out."
            problem_list.error(row.at("parameters"), "is not a value for reversed.", text, fix)
        else:
            usable[name] = text
    check = _range_fits if kind == "range" else _most_fits
    return usable if check(row, usable, problem_list) else {}


def _range_fits(row: Row, usable: Mapping[str, str], problem_list: ProblemList) -> bool:
    start, end, step = (
        Decimal(usable.get(name, default))
        for name, default in (("start", "1"), ("end", "5"), ("step", "1"))
    )
    if step > 0 and 0 < (end - start) / step < MOST_POINTS:
        return True
    shown = f"start={start} end={end} step={step}"
    fix = f"Write a start below the end, and a step that makes at most {MOST_POINTS} points."
    problem_list.error(row.at("parameters"), "is not a scale.", shown, fix)
    return False


def _most_fits(row: Row, usable: Mapping[str, str], problem_list: ProblemList) -> bool:
    most = usable.get("max", "1")
    if most.isdecimal() and 0 < int(most) <= LONGEST_ANSWER:
        return True
    fix = f"Write a whole number from 1 to {LONGEST_ANSWER}."
    problem_list.error(row.at("parameters"), "is not a number for max.", most, fix)
    return False


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 10 else None
