"""The stored form of a questionnaire: canonical JSON. It is the version of record."""

import json

from surveys.questionnaire import Questionnaire


def dump(questionnaire: Questionnaire) -> str:
    """Return canonical JSON with sorted keys. Equal questionnaires give equal texts."""
    data = questionnaire.model_dump(mode="json")
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load(text: str) -> Questionnaire:
    """Return the questionnaire of a stored form; it was checked before it was stored."""
    return Questionnaire.model_validate_json(text)
