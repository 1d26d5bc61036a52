"""The questions that all programs are asked alike: one way through the packaged M6, as plain JSON.

The others are told the texts as they are for these answers: they have no expressions.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from surveys.authoring.packaged import packaged_questionnaire
from surveys.questionnaire import Questionnaire

WAY: Mapping[str, str] = {
    "job": "same",
    "use_any": "regular",
    "stage_now": "s1",
    "others_use": "few",
    "anchors": "procedure",
    "anchor_status_procedure": "new",
    "title_procedure": "Order 7 on risk profiles",
    "without_it": "no",
    "effects": "none",
    "actions": "reported",
    "suggestion": "accepted",
}
"""The items of M6 that are asked if each is answered so: codes, and one text."""
KINDS = {"select_one": "one", "select_multiple": "many", "text": "text"}
FILLED_IN = {"${ended_month}": "February 2018", "${workshop_title}": "Risk"}
"""What stands in the texts for the people of the crowd."""


@dataclass(frozen=True)
class Question:
    """`kind` is one, many or text; `given` is the label of the answer, or the text; `code` is ours.

    `item` is the number of the item in M6.
    """

    name: str
    kind: str
    text: str
    choices: tuple[str, ...]
    given: str
    code: str
    item: int


def questions() -> list[Question]:
    """All questions of the way, in order."""
    questionnaire = packaged_questionnaire("M6")
    return [_question(questionnaire, name, code) for name, code in WAY.items()]


def written(folder: Path) -> Path:
    """A file with the questions, for programs that cannot import ours."""
    path = folder / "questions.json"
    path.write_text(json.dumps([asdict(one) for one in questions()]), "utf-8")
    return path


def _question(questionnaire: Questionnaire, name: str, code: str) -> Question:
    place = next(n for n, item in enumerate(questionnaire.items) if item.name == name)
    item = questionnaire.items[place]
    text = questionnaire.text(item.label, "en")
    for reference, word in FILLED_IN.items():
        text = text.replace(reference, word)
    labels = {one.name: questionnaire.text(one.label, "en") for one in questionnaire.options(item)}
    kind, given = KINDS[item.type], labels.get(code, code)
    return Question(name, kind, text, tuple(labels.values()), given, code, place)
