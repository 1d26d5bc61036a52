"""Questionnaires as data: questionnaires, items and options, under XLSForm names.

The model is what is stored and pinned: groups are flattened, loops are expanded, every expression is
checked (`surveys.authoring.reading` does that). It knows no answers and no person.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

SPEC: Literal[1] = 1
"""Version of this stored form; a later form reads older ones through an explicit step."""

Texts = dict[str, str]
"""One text by language code, such as {"en": "Are you still in the same job?"}."""


class NonAnswer(StrEnum):
    """Why an option is not an answer to the question; such options never count in a share."""

    DONT_KNOW = "dont_know"
    DECLINED = "declined"
    NOT_APPLICABLE = "not_applicable"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(_Frozen):
    """One answer choice. `name` is the stored code; `extra` are columns for choice filters."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+$", max_length=64)]
    label: Texts
    exclusive: bool = False
    non_answer: NonAnswer | None = None
    extra: dict[str, str] = Field(default_factory=dict)


class Item(_Frozen):
    """One question, note or calculation. Expressions are XLSForm; texts may quote `${answers}`.

    `parameters` are those of the XLSForm column: `start`, `end` and `step` of a range, `reversed`
    ("1" where a low answer is the good one), `max` ticks
    of a select_multiple. `loop` names the option a copy of a looped question belongs to.
    """

    name: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_.-]*$", max_length=64)]
    type: str
    list_name: str | None = None
    label: Texts = Field(default_factory=dict)
    hint: Texts = Field(default_factory=dict)
    heading: Texts = Field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_message: Texts = Field(default_factory=dict)
    calculation: str = ""
    choice_filter: str = ""
    required: bool = False
    parameters: dict[str, str] = Field(default_factory=dict)
    loop: str | None = None


class Questionnaire(_Frozen):
    """A whole questionnaire. A published version never changes; `version` is given at publishing.

    `revision` counts the corrections of texts of this version. `unreviewed` are languages whose
    translation is a draft: it is asked, and marked for the office.
    """

    spec: Literal[1] = SPEC
    key: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_-]*$", max_length=24)]
    version: int = 0
    revision: int = 0
    title: Texts
    minutes: int = 5
    default_language: str = "en"
    languages: tuple[str, ...] = ("en",)
    unreviewed: tuple[str, ...] = ()
    choices: dict[str, tuple[Option, ...]] = Field(default_factory=dict)
    items: tuple[Item, ...]

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy. What was worked out from the fields before is not taken along."""
        copied = super().model_copy(update=update, deep=deep)
        for name in ("by_name", "position"):
            copied.__dict__.pop(name, None)
        return copied

    @cached_property
    def by_name(self) -> dict[str, Item]:
        return {item.name: item for item in self.items}

    @cached_property
    def position(self) -> dict[str, int]:
        """The number of each item in the order of the questionnaire, from 0."""
        return {item.name: number for number, item in enumerate(self.items)}

    def options(self, item: Item) -> tuple[Option, ...]:
        """All options of an item, before any filter; none for items without a list."""
        return self.choices.get(item.list_name, ()) if item.list_name else ()

    def missing(self, language: str) -> tuple[str, ...]:
        """Return what is not translated into a language, such as "question use_1" or "choice law"."""
        default = self.default_language
        named: list[tuple[str, Texts]] = [("the title", self.title)]
        for item in self.items:
            texts = (item.label, item.hint, item.heading, item.constraint_message)
            kinds = ("question", "hint of", "heading of", "message of")
            named += [(f"{kind} {item.name}", one) for kind, one in zip(kinds, texts, strict=True)]
        for name, options in self.choices.items():
            named += [(f"choice {option.name} of {name}", option.label) for option in options]
        return tuple(what for what, one in named if one.get(default) and not one.get(language))

    def text(self, texts: Texts, language: str) -> str:
        """Return a text in a language, else in the default language, else ''."""
        return texts.get(language) or texts.get(self.default_language) or ""
