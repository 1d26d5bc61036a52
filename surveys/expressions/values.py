"""The values of expressions and their conversions: text, number, boolean, date.

The rules are those of XPath 1.0 as XForms uses it, with the empty text for a missing answer. Knows no
answers and no grammar.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from surveys.expressions.bounds import LONGEST_NUMBER

Value = str | float | bool

_NUMBER: Final = re.compile(r"\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*", re.ASCII)
_ISO: Final = re.compile(
    r"\s*\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?\s*", re.ASCII
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = timedelta(days=1)
_FIRST_DAY: Final = (datetime(1, 1, 1, tzinfo=UTC) - _EPOCH).days
_LAST_DAY: Final = (datetime(9999, 12, 31, tzinfo=UTC) - _EPOCH).days


class Date(float):
    """Days since 1970-01-01 on the person's own clock, with a fraction for the time; prints as ISO."""

    __slots__ = ()

    def moment(self) -> datetime:
        """The wall-clock time, to the millisecond, marked as UTC whatever the time zone is.
        'here'.
        """
        return _EPOCH + timedelta(milliseconds=round(float(self) * 86_400_000))


def date_at(days: float) -> float:
    """Return the date so many days after 1970-01-01, or NaN outside the calendar."""
    return Date(days) if _FIRST_DAY <= days <= _LAST_DAY else math.nan


def date_of(moment: datetime) -> Date:
    """Return the wall-clock date of a moment without its zone: the dates of a person share one clock."""
    return Date((moment.replace(tzinfo=UTC) - _EPOCH) / _DAY)


def _read_date(text: str) -> float:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:  # not a date, such as 30 February
        return math.nan
    return date_at(date_of(moment))


def to_number(value: Value) -> float:
    """Return XPath number(): NaN for no number. Text that looks like an ISO date becomes a Date."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if len(value) > LONGEST_NUMBER:
        return math.nan
    if _NUMBER.fullmatch(value):
        return float(value)
    return _read_date(value) if _ISO.fullmatch(value) else math.nan


def to_date(value: Value) -> Date | None:
    """Return the date that a value means, or None."""
    number = to_number(value)
    dated = number if isinstance(number, Date) else date_at(number)
    return dated if isinstance(dated, Date) else None


def to_text(value: Value) -> str:
    """Return XPath string(): 3 not 3.0, no exponents, 'true' and 'false', dates as ISO."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Date):
        return _print_date(value)
    return _print_number(value)


def _print_date(value: Date) -> str:
    moment = value.moment()
    if value.is_integer():
        return moment.date().isoformat()
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def _print_number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")


def to_truth(value: Value) -> bool:
    """Return XPath boolean(): text is true unless empty, a number unless 0 or NaN, a date always."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value != ""
    return isinstance(value, Date) or not (value == 0 or math.isnan(value))


def equal(left: Value, right: Value) -> bool:
    """Return equality of booleans if either is one, of numbers if either is one or a date, or texts."""
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return to_truth(left) == to_truth(right)
    return to_number(left) == to_number(right)


def add(left: Value, right: Value) -> float:
    """Return the sum. A date plus days is a date; everything else is a number."""
    a, b = to_number(left), to_number(right)
    total = float(a) + float(b)
    return date_at(total) if isinstance(a, Date) != isinstance(b, Date) else total


def subtract(left: Value, right: Value) -> float:
    """Return the difference. A date minus days is a date, a date minus a date is days."""
    a, b = to_number(left), to_number(right)
    rest = float(a) - float(b)
    return date_at(rest) if isinstance(a, Date) and not isinstance(b, Date) else rest


def multiply(left: Value, right: Value) -> float:
    return float(to_number(left)) * float(to_number(right))


def divide(left: Value, right: Value) -> float:
    """Return the IEEE quotient: never an error, but Infinity or NaN."""
    a, b = float(to_number(left)), float(to_number(right))
    if b != 0:
        return a / b
    if a == 0 or math.isnan(a):
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def modulo(left: Value, right: Value) -> float:
    """Return the remainder with the sign of the dividend: -5 mod 3 is -2."""
    a, b = float(to_number(left)), float(to_number(right))
    if b == 0 or math.isinf(a):
        return math.nan
    return math.fmod(a, b)


def round_half_up(value: float, places: int) -> float:
    """Return the number rounded half away from zero in its decimals: 2.345 to two places is 2.35."""
    if not math.isfinite(value) or places > 17:
        return value
    if places < -308:
        return 0.0
    shifted = Decimal(repr(float(value))).scaleb(places)
    return float(shifted.to_integral_value(ROUND_HALF_UP).scaleb(-places))
