"""The stored form of a questionnaire: canonical JSON. It is the version of record."""

import hashlib
import json

from surveys.questionnaire import Questionnaire


def dump(questionnaire: Questionnaire) -> str:
    """Return canonical JSON with sorted keys. Equal questionnaires give equal texts."""
    data = questionnaire.model_dump(mode="json")
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load(text: str) -> Questionnaire:
    """Return the questionnaire of a stored form; it was checked before it was stored."""
    return Questionnaire.model_validate_json(text)


def checksum_of(questionnaire: Questionnaire) -> str:
    """Return the checksum of the content of a questionnaire, whatever its version."""
    body = dump(questionnaire.model_copy(update={"version": 0, "revision": 0}))
    return hashlib.sha256(body.encode()).hexdigest()
