"""Item non-response: how many responses were shown a question, and gave no answer to it.

A question that the rules of the questionnaire passed over was not shown. Who chose "I do not know",
"not applicable" and the like has been shown it, and has said so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from analysis.facts.responses import Response
from surveys.items import type_of
from surveys.items.base import Level
from surveys.questionnaire import Item, Questionnaire

Questionnaires = Mapping[tuple[str, int], Questionnaire]


@dataclass(frozen=True)
class ItemResponse:
    """The responses to one question, as the newest version in use asks it.

    `open` chose an answer that is none, such as "I do not know"; `skipped` passed the question over.
    """

    item: Item
    questionnaire: Questionnaire
    answered: int
    open: int
    skipped: int

    @property
    def shown(self) -> int:
        """How many were shown the question."""
        return self.answered + self.open + self.skipped

    @property
    def without(self) -> int:
        """How many of these gave no answer."""
        return self.open + self.skipped


@dataclass(frozen=True)
class _Counts:
    """How many responses to one questionnaire said something to each question, or passed it over.

    `open` are those of `said` who chose an answer that is none.
    """

    said: Counter[str]
    open: Counter[str]
    skipped: Counter[str]

    @classmethod
    def of(cls, questionnaire: Questionnaire, found: Iterable[Response]) -> Self:
        said, open_, skipped = Counter[str](), Counter[str](), Counter[str]()
        apart = _no_answers(questionnaire)
        for one in found:
            said.update(one.values.keys() | one.deleted)
            skipped.update(one.skipped)
            open_.update(
                name for name in apart.keys() & one.values.keys() if _is_open(one, name, apart)
            )
        return cls(said, open_, skipped)


def _is_open(one: Response, name: str, apart: Mapping[str, frozenset[str]]) -> bool:
    codes = one.codes(name)
    return bool(codes) and codes <= apart[name]


def _no_answers(questionnaire: Questionnaire) -> dict[str, frozenset[str]]:
    """Return the codes that are no answer, of the questions that have such."""
    found = {
        item.name: frozenset(one.name for one in questionnaire.options(item) if one.non_answer)
        for item in questionnaire.items
    }
    return {name: codes for name, codes in found.items() if codes}


def item_responses(
    found: Iterable[Response], questionnaires: Questionnaires
) -> tuple[ItemResponse, ...]:
    """Return all questions that some responses of one wave were shown, in the newest order."""
    told: dict[tuple[str, int], list[Response]] = defaultdict(list)
    for one in found:
        if one.questionnaire and one.questionnaire in questionnaires:
            told[one.questionnaire].append(one)
    asked = {key: one for key, one in questionnaires.items() if key in told}
    counts = {key: _Counts.of(asked[key], some) for key, some in told.items()}
    made = (_of_item(name, counts, asked) for name in _names(asked))
    return tuple(one for one in made if one.shown)


def _names(asked: Questionnaires) -> list[str]:
    """Return the names of the questions; those that only older versions have are last."""
    newest_first = sorted(asked, key=lambda key: (-key[1], key[0]))
    names = (item.name for key in newest_first for item in asked[key].items if _is_question(item))
    return list(dict.fromkeys(names))


def _is_question(item: Item) -> bool:
    return type_of(item.type).level is not Level.NOTHING


def _of_item(
    name: str, counts: Mapping[tuple[str, int], _Counts], questionnaires: Questionnaires
) -> ItemResponse:
    forms = {key: one for key, one in questionnaires.items() if name in one.by_name}
    newest = forms[max(forms, key=lambda key: key[1])]
    said, open_, skipped = (
        sum(getattr(counts[key], part)[name] for key in forms)
        for part in ("said", "open", "skipped")
    )
    return ItemResponse(newest.by_name[name], newest, said - open_, open_, skipped)
