"""A scope over plain dictionaries, for the tests of the expression language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from surveys.expressions import Budget

NOW = datetime(2018, 3, 14, 23, 30, tzinfo=timezone(timedelta(hours=7)))


@dataclass
class Answers:
    answers: Mapping[str, str] = field(default_factory=dict)
    this: str = ""
    pulled: Mapping[tuple[str, str], str] = field(default_factory=dict)
    moment: datetime = NOW
    budget: Budget = field(default_factory=Budget)

    def answer(self, name: str) -> str:
        return self.answers.get(name, "")

    def here(self) -> str:
        return self.this

    def now(self) -> datetime:
        return self.moment

    def pull(self, source: str, field: str) -> str:
        return self.pulled.get((source, field), "")

    def choice_name(self, code: str, list_or_item: str) -> str:
        return f"label of {code} in {list_or_item}"

    def uuid(self) -> str:
        return "11d1"

    def random(self) -> float:
        return 0.25
