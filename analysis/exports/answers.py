"""Answers and cases as long tables, and the open answers of a viewer's bundle in another table."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from analysis.disclosure.small_groups import SMALLEST
from analysis.exports.facts import OUTCOME, CaseRecord, Facts, Given
from analysis.exports.pseudonyms import Pseudonyms
from analysis.exports.tables import Cell, Row, Table, day, number
from analysis.exports.variables import Missing, values_of
from surveys.interview.answers import AnswerState
from surveys.items import type_of
from surveys.items.base import Level
from surveys.questionnaire import Item, Questionnaire

NUMBERS = (Level.QUANTITY, Level.ORDINAL)
# fmt: off
WHO = ("case", "participant", "workshop", "administration", "role", "wave", "questionnaire", "version")
_LONG = (
    *WHO, "item", "value", "value_label", "state", "language", "channel", "answered_at_utc",
)
_CASES = (
    *WHO, "disposition", "disposition_detail", "contact_attempts", "questions_answered",
    "questions_asked", "entered_mode", "entered_by", "created_at_utc", "started_at_utc",
    "completed_at_utc", "closed_at_utc",
)
# fmt: on
_TEXTS = ("questionnaire", "item", "question", "text")


def who(case: CaseRecord) -> Row:
    """Return the cells under `WHO`."""
    key, version = case.questionnaire or ("", None)
    place = (case.workshop, case.administration, case.role, case.wave)
    return (case.code, case.participant, *place, key, version)


def typed(level: Level, value: str) -> Cell:
    """Return a stored value as a cell: numbers and days as such, codes and words as text."""
    if level in NUMBERS:
        return number(value)
    return day(value) if level is Level.DAY else value


def told_disposition(case: CaseRecord) -> str:
    """Return the disposition of a case, or that it is left out."""
    return str(Missing.LEFT_OUT if OUTCOME in case.left_out else case.disposition)


def level_of(facts: Facts, case: CaseRecord, name: str) -> Level:
    """Return the level of measurement of an item of a case; words if its questionnaire lacks it."""
    item = _item(facts, case, name)
    return type_of(item.type).level if item else Level.WORDS


def long_table(facts: Facts, words: bool = True) -> Table:
    """Return one row for each answer and skipped item; without open answers if `words` is False."""
    labels = _Labels(facts)
    rows = (
        (*who(case), *_answer(facts, labels, case, given))
        for case in facts.cases
        for given in case.answers.values()
        if words or level_of(facts, case, given.item) is not Level.WORDS
    )
    return Table("long", "Answers, one in each row", _LONG, tuple(rows))


def cases_table(facts: Facts) -> Table:
    """Return one row for each case, also for people who never answered."""
    rows = (
        (
            *who(case),
            told_disposition(case),
            case.detail,
            case.attempts,
            case.answered,
            case.asked,
            case.entered_mode,
            case.entered_by,
            *case.times.values(),
        )
        for case in facts.cases
    )
    return Table("cases", "Cases and what happened to them", _CASES, tuple(rows))


def unknown_codes(facts: Facts) -> int:
    """Return how many coded answers have a code that their questionnaire lacks; 0 is expected."""
    labels = _Labels(facts)
    return sum(
        not labels.knows(case, given) for case in facts.cases for given in case.answers.values()
    )


@dataclass(frozen=True)
class TextsLeftOut:
    """How many open answers a table of texts leaves out: nobody has released them, or few wrote."""

    not_released: int
    of_few: int


def texts_table(
    facts: Facts, released: Mapping[tuple[str, str], str]
) -> tuple[Table, TextsLeftOut]:
    """Return released texts apart from people and other answers, shuffled; and what is left out.

    `released` holds them as they may be read, by code of the case and item. Of an item that fewer than
    five people answered so there is none: a reader who knows who was asked could guess who wrote it.
    """
    by_item: dict[tuple[str, str], list[tuple[int, str, str]]] = {}
    not_released = 0
    for case in facts.cases:
        for given in _in_words(facts, case):
            text = released.get((case.code, given.item))
            if text is None:
                not_released += 1
                continue
            key = (case.questionnaire or ("", 0))[0]
            found = by_item.setdefault((key, given.item), [])
            found.append((case.number, _question(facts, case, given.item), text))
    rows: list[Row] = []
    of_few = 0
    for (key, item), found in by_item.items():
        if len({person for person, _, _ in found}) < SMALLEST:
            of_few += len(found)
        else:
            rows += ((key, item, question, text) for _, question, text in found)
    title = "Released texts, in no order and apart from all other answers"
    table = Table("texts", title, _TEXTS, _shuffled(rows, facts.pseudonyms))
    return table, TextsLeftOut(not_released, of_few)


def _shuffled(rows: Iterable[Row], pseudonyms: Pseudonyms) -> tuple[Row, ...]:
    """Return the rows item by item, in an order that depends on their content alone."""
    return tuple(
        sorted(rows, key=lambda row: (row[:2], pseudonyms.place("\n".join(map(str, row)))))
    )


def _in_words(facts: Facts, case: CaseRecord) -> Iterator[Given]:
    for given in case.answers.values():
        spoken = given.state is AnswerState.ANSWERED
        if spoken and level_of(facts, case, given.item) is Level.WORDS:
            yield given


def _question(facts: Facts, case: CaseRecord, name: str) -> str:
    questionnaire, item = _questionnaire(facts, case), _item(facts, case, name)
    if questionnaire is None or item is None:
        return ""
    return questionnaire.text(item.label, questionnaire.default_language)


def _answer(facts: Facts, labels: "_Labels", case: CaseRecord, given: Given) -> Row:
    value = typed(level_of(facts, case, given.item), given.value) if given.value else ""
    label = labels.of(case, given)
    return (given.item, value, label, str(given.state), given.language, given.channel, given.at)


class _Labels:
    """Labels of values in the default language, each item looked up once."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known: dict[tuple[tuple[str, int] | None, str], dict[str, str]] = {}

    def of(self, case: CaseRecord, given: Given) -> str:
        """Return the label of a coded value; several are separated by semicolons; '' for others."""
        known = self._labels(case, given.item)
        return "; ".join(known.get(code, code) for code in given.value.split()) if known else ""

    def knows(self, case: CaseRecord, given: Given) -> bool:
        """Return whether the questionnaire has every code of a value; true for values without codes."""
        known = self._labels(case, given.item)
        return not known or all(code in known for code in given.value.split())

    def _labels(self, case: CaseRecord, name: str) -> dict[str, str]:
        key = (case.questionnaire, name)
        if key not in self._known:
            self._known[key] = self._read(case, name)
        return self._known[key]

    def _read(self, case: CaseRecord, name: str) -> dict[str, str]:
        questionnaire, item = _questionnaire(self._facts, case), _item(self._facts, case, name)
        if questionnaire is None or item is None:
            return {}
        return {value.code: value.label for value in values_of(questionnaire, item)}


def _questionnaire(facts: Facts, case: CaseRecord) -> Questionnaire | None:
    pinned = case.questionnaire
    return facts.frames.questionnaires.get(pinned) if pinned else None


def _item(facts: Facts, case: CaseRecord, name: str) -> Item | None:
    questionnaire = _questionnaire(facts, case)
    return questionnaire.by_name.get(name) if questionnaire else None
