"""Check the texts of a questionnaire: labels, translations, lengths, and what labels quote."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from surveys.authoring.drafts import Draft, OptionRow, Placed
from surveys.items import BY_NAME
from surveys.items.base import Choice
from surveys.items.pick_one import numbered
from surveys.problem_list import ProblemList, did_you_mean
from surveys.questionnaire import Questionnaire, Texts
from surveys.widths import WIDEST_BUTTON, columns

LONGEST_LABEL = 1_024
MOST_OPTIONS = 20
QUOTE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_.-]*)\}")
LEFT_OVER = re.compile(r"\$\{[^{}]*\}?|\$?\{[^{}\s][^{}]*\}|%\([^()]*\)s?")


@dataclass(frozen=True)
class Cell:
    """A text by language: what it is, its place, and the places of its languages if apart."""

    column: str
    place: str
    places: Mapping[str, str] = field(default_factory=dict)

    def at(self, language: str) -> str:
        return self.places.get(f"{self.column}::{language}", self.place)

    def expected(self, languages: Sequence[str]) -> list[str]:
        """Return the languages a text should have. A hint with one column needs that one only."""
        own = [language for language in languages if f"{self.column}::{language}" in self.places]
        return own if own and self.column in ("hint", "constraint_message") else list(languages)


APOSTROPHES = str.maketrans("’‘`´", "''''")


def proofread(
    draft: Draft, questionnaire: Questionnaire, placed: Sequence[Placed], problem_list: ProblemList
) -> None:
    """Report what is wrong with texts. Lists that no item uses are not checked."""
    _check_languages(draft, problem_list)
    _check_translated(draft, draft.title, Cell("title", draft.at("title")), problem_list)
    for one in placed:
        _check_item(draft, one, problem_list)
        for place, text in _texts(one):
            _check_quotes(one, text, place, questionnaire, problem_list)
    for name in questionnaire.choices:
        for option in draft.lists.get(name, ()):
            _check_option_quotes(option, questionnaire, problem_list)
        proofread_list(draft, name, problem_list)


def proofread_list(draft: Draft, name: str, problem_list: ProblemList) -> None:
    """Report what is wrong with the labels and the length of a list, except quoted answers."""
    for option in draft.lists.get(name, ()):
        _check_option(draft, name, option, problem_list)
    _check_buttons(draft.lists.get(name, ()), problem_list)
    _check_alike(name, draft.lists.get(name, ()), problem_list)
    _check_size(name, draft.lists.get(name, ()), problem_list)


def _check_languages(draft: Draft, problem_list: ProblemList) -> None:
    if draft.default_language not in draft.languages:
        message = f"is not one of the languages ({', '.join(draft.languages)})."
        fix = "Add it to languages, or choose one of them."
        problem_list.error(draft.at("default_language"), message, draft.default_language, fix)


def _check_item(draft: Draft, placed: Placed, problem_list: ProblemList) -> None:
    item, row = placed.item, placed.row
    if BY_NAME[item.type].shape is None:
        return
    if not any(item.label.values()):
        message = f"The item {item.name} has no label."
        problem_list.error(row.at("label"), message, fix="Add its question.")
    for language, text in item.label.items():
        if len(text) > LONGEST_LABEL:
            message = f"This label ({language}) has {len(text):,} characters."
            fix = f"Write at most {LONGEST_LABEL:,}."
            problem_list.error(row.at("label"), message, fix=fix)
    for column in ("label", "hint", "heading", "constraint_message"):
        texts = getattr(item, column)
        _check_translated(draft, texts, Cell(column, row.at(column), row.places), problem_list)


def _check_translated(draft: Draft, texts: Texts, cell: Cell, problem_list: ProblemList) -> None:
    """Report missing translations (warnings) and texts in a language that is not declared (errors).

    A label without the default language would be shown empty, so that is an error too.
    """
    for language in texts:
        if language not in draft.languages:
            fix = f"Add it to languages: [{', '.join((*draft.languages, language))}]."
            problem_list.error(
                cell.place, "is not a language of this questionnaire.", language, fix
            )
    expected = cell.expected(draft.languages)
    missing = [language for language in expected if not texts.get(language)]
    if not missing or not any(texts.values()):
        return
    default = draft.default_language
    if default in missing and cell.column in ("label", "choice"):
        message = f"This {cell.column} has no text in {default}, the default language."
        problem_list.error(cell.at(default), message, fix="Add it: nothing is shown instead.")
        return
    message = f"This {cell.column} has no text in {', '.join(missing)}."
    shown = f"Until then {default} is shown." if default not in missing else ""
    problem_list.warning(cell.at(missing[0]), message, fix=shown)


def _texts(placed: Placed) -> Iterator[tuple[str, str]]:
    """Yield all texts of an item with their places."""
    for column in ("label", "hint", "heading", "constraint_message"):
        texts: Mapping[str, str] = getattr(placed.item, column)
        for text in texts.values():
            yield placed.row.at(column), text


def _check_quotes(
    placed: Placed, text: str, place: str, questionnaire: Questionnaire, problem_list: ProblemList
) -> None:
    """Report quotes other than `${an_earlier_item}`."""
    position = questionnaire.position
    repeated = questionnaire.by_name[placed.item.name] is not placed.item
    for name in QUOTE.findall(text):
        shown = f"${{{name}}}"
        if name not in position:
            fix = did_you_mean(name, position, "${{{}}}")
            problem_list.error(place, "is quoted, but is not the name of an item.", shown, fix)
        elif position[name] >= position[placed.item.name] and not repeated:
            message = "is quoted, but comes later, so it is still empty here."
            problem_list.error(place, message, shown, "Move it before this one.")
    for left in LEFT_OVER.findall(QUOTE.sub("", text)):
        fix = "To quote an earlier answer write ${name_of_the_item}."
        problem_list.error(place, "is not filled in here.", left, fix)


def _check_option(draft: Draft, name: str, option: OptionRow, problem_list: ProblemList) -> None:
    if not any(option.label.values()):
        message = f"The choice {option.name} of list {name} has no label."
        problem_list.error(option.at("label"), message, fix="Add the text of the button.")
    places = {key.replace("label::", "choice::"): one for key, one in option.places.items()}
    cell = Cell("choice", option.at("label"), places)
    _check_translated(draft, option.label, cell, problem_list)


def _check_buttons(options: Sequence[OptionRow], problem_list: ProblemList) -> None:
    """Report choices that a phone cuts off, counted with the number before them, if they have one."""
    for language in sorted({language for option in options for language in option.label}):
        told = tuple(Choice(option.name, option.label.get(language, "")) for option in options)
        counted = numbered(told)
        for number, (option, choice) in enumerate(zip(options, told, strict=True), 1):
            width = columns(f"{number}. {choice.label}" if counted else choice.label)
            if width > WIDEST_BUTTON:
                message = f"This choice ({language}) is {width} letters wide on its button."
                fix = f"A phone shows {WIDEST_BUTTON}, with the number. Use fewer words."
                place = option.at(f"label::{language}")
                problem_list.warning(place, message, choice.label, fix)


def _check_option_quotes(
    option: OptionRow, questionnaire: Questionnaire, problem_list: ProblemList
) -> None:
    """Check only the names of quoted items: a list can be used in several places."""
    for text in option.label.values():
        unknown = [name for name in QUOTE.findall(text) if name not in questionnaire.by_name]
        left_over = LEFT_OVER.findall(QUOTE.sub("", text))
        for left in [*(f"${{{name}}}" for name in unknown), *left_over]:
            fix = "Remove it, or write ${name_of_an_item}."
            problem_list.error(option.at("label"), "is not filled in here.", left, fix)


def _check_alike(name: str, options: Sequence[OptionRow], problem_list: ProblemList) -> None:
    """Report choices that look the same; those of different parents may."""
    first: dict[object, str] = {}
    for option in options:
        for language, text in option.label.items():
            written = text.casefold().translate(APOSTROPHES)
            key = (language, tuple(option.extra.items()), " ".join(written.rstrip(".").split()))
            other = first.setdefault(key, option.name)
            if text and other != option.name:
                message = (
                    f"reads like the choice {other} of list {name}, so answers are split in two."
                )
                fix = "Keep one of them, or word them differently."
                problem_list.warning(option.at(f"label::{language}"), message, text, fix)


def _check_size(name: str, options: Sequence[OptionRow], problem_list: ProblemList) -> None:
    if len(options) > MOST_OPTIONS:
        message = f"The list {name} has {len(options)} choices, which is long for a chat."
        problem_list.warning(options[0].place, message, fix=f"Try with {MOST_OPTIONS} at most.")
