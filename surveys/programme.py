"""A programme: a train-the-trainer workshop, the operation, the follow-up workshop, and the seizures.

Results of an operation are statistics of the operation, not an effect of a workshop.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

UNITS = ("cases", "items", "pieces", "kg", "litres")
"""The units of results. Amounts of different units are never added together."""

COUNTED = ("cases", "items", "pieces")
"""The units of what is counted, which has no decimals."""

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Result:
    """One amount of an operation, with at most three decimals.

    `kind` is the kind of goods, empty for all of them.
    """

    kind: str
    unit: str
    amount: Decimal


@dataclass(frozen=True)
class Step:
    """A workshop of the chain: its code if known, else its month (2015-04) or ''."""

    workshop: str = ""
    month: str = ""


@dataclass(frozen=True)
class Programme:
    """A chain around one operation; `month` is when the operation began, such as 2015-12, or ''."""

    code: str
    operation: str
    days: int | None = None
    month: str = ""
    trainers: Step = Step()
    follow_up: Step = Step()
