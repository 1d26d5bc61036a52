"""A questionnaire in two languages side by side, and what is not translated."""

from collections.abc import Iterator
from dataclasses import dataclass

from surveys.questionnaire import Item, Questionnaire, Texts


@dataclass(frozen=True)
class TwoTexts:
    """One text in two languages; "" where it is not translated."""

    kind: str
    one: str
    other: str


@dataclass(frozen=True)
class ReadItem:
    """The texts of a question; `list_name` names its choices, "" for a question without a list."""

    name: str
    type: str
    texts: tuple[TwoTexts, ...]
    list_name: str


@dataclass(frozen=True)
class ReadList:
    """The choices of a list, by their codes."""

    name: str
    choices: tuple[tuple[str, TwoTexts], ...]


@dataclass(frozen=True)
class SideBySide:
    """All that people read of a questionnaire in two languages; `missing` counts what the other lacks.

    `draft` says that nobody has signed the translation yet.
    """

    items: tuple[ReadItem, ...]
    lists: tuple[ReadList, ...]
    missing: int
    draft: bool


def side_by_side(questionnaire: Questionnaire, one: str, other: str) -> SideBySide:
    """Return the texts of a questionnaire in two of its languages, which may be the same."""
    items = (_item(item, one, other) for item in questionnaire.items)
    lists = (
        ReadList(
            name, tuple((option.name, _two("", option.label, one, other)) for option in options)
        )
        for name, options in questionnaire.choices.items()
    )
    return SideBySide(
        tuple(item for item in items if item.texts),
        tuple(lists),
        len(questionnaire.missing(other)),
        other in questionnaire.unreviewed,
    )


def _item(item: Item, one: str, other: str) -> ReadItem:
    return ReadItem(item.name, item.type, tuple(_texts(item, one, other)), item.list_name or "")


def _texts(item: Item, one: str, other: str) -> Iterator[TwoTexts]:
    kinds = {"heading": item.heading, "": item.label, "hint": item.hint}
    kinds["if the answer is wrong"] = item.constraint_message
    for kind, texts in kinds.items():
        if any(texts.values()):
            yield _two(kind, texts, one, other)


def _two(kind: str, texts: Texts, one: str, other: str) -> TwoTexts:
    return TwoTexts(kind, texts.get(one, ""), texts.get(other, ""))
