"""What an expression may ask of its surroundings.

Storage, clock and interview stand behind this protocol.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Protocol

from surveys.expressions.bounds import Budget

# The source under which a choice filter reads the columns of the option that it is testing.
OPTION: Final = "option"


class Scope(Protocol):
    """The answers and the moment in which an expression is evaluated.

    No method raises for missing data.
    """

    @property
    def budget(self) -> Budget:
        """The steps that evaluations in this scope may still take."""
        ...

    def answer(self, name: str) -> str:
        """Return the answer to a question: '' when missing, codes separated by spaces, dates YYYY-MM-DD,
        numbers as text.
        """
        ...

    def here(self) -> str:
        """Return the answer of the question that owns the expression, written '.'."""
        ...

    def now(self) -> datetime:
        """Return the present moment, aware, in the time zone of the person."""
        ...

    def pull(self, source: str, field: str) -> str:
        """Return an answer of an earlier wave or an entry of the registry: '' when missing.

        Sources are wave names ('M6'), 'participant', and OPTION with a column of the choices sheet.
        """
        ...

    def choice_name(self, code: str, list_or_item: str) -> str:
        """Return the label of an option in the language of the interview.

        The second part is '${question}' or a list.
        """
        ...

    def uuid(self) -> str:
        """Return a random identifier."""
        ...

    def random(self) -> float:
        """Return a random number, 0 <= number < 1."""
        ...
