"""config.example.yaml: valid as it stands, and with every key that the program knows."""

import re
from pathlib import Path
from typing import TypeGuard, get_args

import yaml
from pydantic import BaseModel

from bot.settings.config import Settings
from bot.settings.reading import read_settings
from tests.places import ROOT

EXAMPLE = ROOT / "config.example.yaml"


def keys_of(model: type[BaseModel], prefix: str = "") -> set[str]:
    """All keys of the configuration, with dots."""
    found: set[str] = set()
    for name, field in model.model_fields.items():
        models = [one for one in (field.annotation, *get_args(field.annotation)) if is_model(one)]
        if models:
            found |= keys_of(models[0], f"{prefix}{name}.")
        else:
            found.add(prefix + (field.alias or name))
    return found


def is_model(part: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(part, type) and issubclass(part, BaseModel)


def keys_in(data: dict[str, object], prefix: str = "") -> set[str]:
    """All keys of a file, with dots."""
    found: set[str] = set()
    for name, value in data.items():
        found |= keys_in(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name}
    return found


def test_the_example_is_valid_and_says_the_defaults() -> None:
    settings = read_settings(EXAMPLE)
    plain = Settings().beside(EXAMPLE.parent)
    same = settings.model_copy(update={"office": plain.office})
    assert same.model_dump() == plain.model_dump()


def test_the_example_has_every_key_and_no_other(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    # A part that is left out as a whole, then single keys.
    text = re.sub(
        r"^# desk:\n(?:#  .*\n)+",
        lambda found: found[0].replace("# ", "", 1).replace("\n# ", "\n"),
        text,
        flags=re.MULTILINE,
    )
    text = re.sub(r"^(\s*)# (\w+: \S*)$", r"\1\2", text, flags=re.MULTILINE)
    assert keys_in(yaml.safe_load(text)) == keys_of(Settings)
    copy = tmp_path / "config.yaml"
    copy.write_text(text, "utf-8")
    assert read_settings(copy).telegram.bot_name == "customs_followup_bot"
