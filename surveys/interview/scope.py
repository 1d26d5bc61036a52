"""What an expression of an interview can see: answers, earlier waves, the registry, the clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from surveys.expressions import OPTION, Budget
from surveys.questionnaire import Option, Questionnaire


class Asking(Protocol):
    """What a route needs of an interview; `now` is the person's local time."""

    @property
    def questionnaire(self) -> Questionnaire: ...
    @property
    def language(self) -> str: ...
    @property
    def now(self) -> datetime: ...
    @property
    def answered(self) -> frozenset[str]: ...
    @property
    def values(self) -> Mapping[str, str]: ...
    @property
    def earlier(self) -> Mapping[str, "EarlierResponse"]: ...
    @property
    def facts(self) -> Mapping[tuple[str, str], str]: ...
    @property
    def asks_files(self) -> bool: ...


@dataclass(frozen=True)
class EarlierResponse:
    """The answers of the same person in an earlier wave; `answered_on` is its last local day."""

    questionnaire: Questionnaire
    values: Mapping[str, str]
    answered_on: date

    def pull(self, name: str) -> str:
        """Return the stored value of an item, or '' when it has none."""
        if name == "answered_on":
            return self.answered_on.isoformat()
        return self.values.get(name, "")


@dataclass
class AnswerScope:
    """What an expression can see: live answers, '.', earlier waves, the registry, the clock."""

    asking: Asking
    live: Mapping[str, str]
    this: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)

    def answer(self, name: str) -> str:
        return self.live.get(name, "")

    def here(self) -> str:
        return self.this

    def now(self) -> datetime:
        return self.asking.now

    def pull(self, source: str, name: str) -> str:
        if source == OPTION:
            return self.columns.get(name, "")
        response = self.asking.earlier.get(source)
        return response.pull(name) if response else self.asking.facts.get((source, name), "")

    def choice_name(self, code: str, place: str) -> str:
        """Return the label of a code in a list of this questionnaire or an earlier one (M6.anchors)."""
        wave, dot, name = place.removeprefix("${").removesuffix("}").partition(".")
        if not dot:
            item = self.asking.questionnaire.by_name.get(wave)
            options = self.asking.questionnaire.options(item) if item else ()
            options = options or self.asking.questionnaire.choices.get(wave, ())
            return self._label(self.asking.questionnaire, options, code) or code
        return self._earlier_choice(code, wave, name)

    def _earlier_choice(self, code: str, wave: str, name: str) -> str:
        response = self.asking.earlier.get(wave)
        item = response.questionnaire.by_name.get(name) if response else None
        if response is None or item is None:
            return code
        own_words = response.values.get(f"{name}_{code}", "") if code == "other" else ""
        options = response.questionnaire.options(item)
        return own_words or self._label(response.questionnaire, options, code)

    def _label(self, questionnaire: Questionnaire, options: tuple[Option, ...], code: str) -> str:
        self.budget.spend(len(options))
        return option_label(questionnaire, options, code, self.asking.language)

    def uuid(self) -> str:
        """Return ''. Interviews have no randomness: the same answers give the same route."""
        return ""

    def random(self) -> float:
        return 0.0


def option_label(
    questionnaire: Questionnaire, options: tuple[Option, ...], code: str, language: str
) -> str:
    """Return the label of a code in a language; the code if no option has it."""
    option = next((option for option in options if option.name == code), None)
    return questionnaire.text(option.label, language) if option else code
