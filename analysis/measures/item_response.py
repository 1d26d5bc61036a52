"""Item non-response: how many responses were shown a question, and gave no answer to it.

A question that the rules of the questionnaire passed over was not shown. Who chose "I do not know",
"not applicable" and the like has been shown it, and has said so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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


def item_responses(
    found: Iterable[Response], questionnaires: Questionnaires
) -> tuple[ItemResponse, ...]:
    """Return all questions that some responses of one wave were shown, in the newest order."""
    told = tuple(found)
    keys = {one.questionnaire for one in told if one.questionnaire}
    asked = {key: one for key, one in questionnaires.items() if key in keys}
    made = (_of_item(name, told, asked) for name in _names(asked))
    return tuple(one for one in made if one.shown)


def _names(asked: Questionnaires) -> list[str]:
    """Return the names of the questions; those that only older versions have are last."""
    newest_first = sorted(asked, key=lambda key: (-key[1], key[0]))
    names = (item.name for key in newest_first for item in asked[key].items if _is_question(item))
    return list(dict.fromkeys(names))


def _is_question(item: Item) -> bool:
    return type_of(item.type).level is not Level.NOTHING


def _of_item(name: str, told: Iterable[Response], questionnaires: Questionnaires) -> ItemResponse:
    forms = {key: one for key, one in questionnaires.items() if name in one.by_name}
    having = [one for one in told if one.questionnaire in forms]
    apart = {key: _no_answers(form, name) for key, form in forms.items()}
    open_ = [_is_open(one, name, apart) for one in having if _said(one, name)]
    newest = forms[max(forms, key=lambda key: key[1])]
    skipped = sum(name in one.skipped for one in having)
    item = newest.by_name[name]
    return ItemResponse(item, newest, open_.count(False), open_.count(True), skipped)


def _said(one: Response, name: str) -> bool:
    return name in one.values or name in one.deleted


def _is_open(one: Response, name: str, apart: Mapping[tuple[str, int], frozenset[str]]) -> bool:
    codes = one.codes(name)
    return bool(codes) and one.questionnaire is not None and codes <= apart[one.questionnaire]


def _no_answers(questionnaire: Questionnaire, name: str) -> frozenset[str]:
    """Return the codes of a question that are no answer."""
    options = questionnaire.options(questionnaire.by_name[name])
    return frozenset(option.name for option in options if option.non_answer)
