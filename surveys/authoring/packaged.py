"""The questionnaires that come with the project, read from their assembled form.

`surveys.authoring.building` makes that form from the YAML files and the translations, which take a
hundred times as long to read.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from surveys.authoring.stored_form import load
from surveys.questionnaire import Questionnaire

ENDING = ".json"


class Replacement(StrEnum):
    """How an earlier edition is replaced: its texts are corrected, or a new version follows it.

    A new version is needed where a scale or a choice means something else now: its answers must not
    be counted with the earlier ones without a note.
    """

    TEXTS = "texts"
    VERSION = "version"


@dataclass(frozen=True)
class Editions:
    """The checksums of a packaged questionnaire: of its present edition, and of earlier ones.

    `earlier` says for each earlier edition how the present one replaces it.
    """

    present: str
    earlier: Mapping[str, Replacement]

    def replacement(self, stored: str | None) -> Replacement | None:
        """Return how the present edition replaces a stored one, or nothing; None if it does not."""
        return Replacement.VERSION if stored is None else self.earlier.get(stored)


def library() -> Traversable:
    """Return the folder of all files of the library."""
    return resources.files("surveys") / "library"


@lru_cache
def packaged_keys() -> tuple[str, ...]:
    """Return the keys of the packaged questionnaires, sorted."""
    names = (file.name for file in library().joinpath("assembled").iterdir())
    return tuple(sorted(name.removesuffix(ENDING) for name in names if name.endswith(ENDING)))


@lru_cache
def packaged_questionnaire(key: str) -> Questionnaire:
    """Return a packaged questionnaire with its translations. KeyError for an unknown key."""
    if key not in packaged_keys():
        raise KeyError(key)
    return load(library().joinpath("assembled", key + ENDING).read_text("utf-8"))


@lru_cache
def packaged_editions() -> Mapping[str, Editions]:
    """Return the editions of all packaged questionnaires by key."""
    read = json.loads(library().joinpath("editions.json").read_text("utf-8"))
    return {
        key: Editions(
            one["present"], {sum_: Replacement(how) for sum_, how in one["earlier"].items()}
        )
        for key, one in read.items()
    }


def packaged_text(key: str) -> str:
    """Return the English YAML text of a packaged questionnaire, to start an own one from."""
    return library().joinpath("questionnaires", f"{key}.yaml").read_text("utf-8")
