"""Assembles the packaged questionnaires: `make questionnaires`, after a change of the YAML files,
the shared lists, the translations or the rules of assembling.

The result is part of the repository and of the installed package; a test compares it with its sources.
"""

import json
from pathlib import Path

from surveys.authoring.packaged import ENDING, library, packaged_text
from surveys.authoring.reading import assembled
from surveys.authoring.stored_form import checksum_of, load

FOLDER = Path(str(library() / "assembled"))
EDITIONS = Path(str(library() / "editions.json"))


def source_keys() -> tuple[str, ...]:
    """Return the keys of the YAML files, sorted."""
    names = (file.name for file in library().joinpath("questionnaires").iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def assembled_text(key: str) -> str:
    """Return the assembled form of a YAML file with all translations.

    Keys keep their order, and each value has a line, so that a change of one text changes one line.
    """
    questionnaire = assembled(packaged_text(key), f"{key}.yaml")
    return json.dumps(questionnaire.model_dump(mode="json"), ensure_ascii=False, indent=0) + "\n"


def build(folder: Path) -> None:
    """Write the assembled form of every YAML file, and remove what has no YAML file any more."""
    folder.mkdir(exist_ok=True)
    texts = {key + ENDING: assembled_text(key) for key in source_keys()}
    for old in folder.glob(f"*{ENDING}"):
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")


def editions_text(before: str) -> str:
    """Return the file of editions with the present checksums; `before` has the earlier ones."""
    earlier = {key: one["earlier"] for key, one in json.loads(before).items()}
    editions = {
        key: {
            "present": checksum_of(load(assembled_text(key))),
            "earlier": earlier.get(key, {}),
        }
        for key in source_keys()
    }
    return json.dumps(editions, indent=2) + "\n"


if __name__ == "__main__":
    build(FOLDER)
    EDITIONS.write_text(editions_text(EDITIONS.read_text("utf-8")), "utf-8")
