"""Reads the settings from their YAML file, and reports all mistakes in it at once."""

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from bot.settings.config import SECRET_KEYS, Settings
from surveys.problems import BadInput, Problem


def read_settings(path: Path | None) -> Settings:
    """Return the settings of a file, or the defaults if `path` is None.

    Relative paths in the file are resolved against its folder, because cron and services start in
    another one. Raises BadInput with all problems.
    """
    if path is None:
        return Settings()
    source = path.name
    try:
        data = yaml.safe_load(path.read_text("utf-8")) or {}
    except OSError as error:
        problem = Problem(source, "", f"cannot be read: {error.strerror}.", str(path))
        raise BadInput((problem,)) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInput((_unreadable(source, error),)) from None
    settings = checked_settings(data, source, path.resolve().parent)
    return settings.read_from(path.resolve(), _given(data))


def checked_settings(data: Any, source: str, folder: Path) -> Settings:
    """Return the settings in what a file says; relative paths count from `folder`.

    Raises BadInput with all problems, which name the `source`.
    """
    try:
        return Settings.model_validate(data).beside(folder)
    except ValidationError as error:
        raise BadInput(tuple(_problem(source, one) for one in error.errors())) from None


def _given(data: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Yield the keys that a file names, such as web.port."""
    for name, value in data.items():
        key = f"{prefix}{name}"
        yield key
        if isinstance(value, dict):
            yield from _given(value, f"{key}.")


def _unreadable(source: str, error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    message = getattr(error, "problem", None) or "is not text in UTF-8"
    return Problem(
        source, place, f"The file is not YAML: {message}.", "", "See config.example.yaml."
    )


def _problem(source: str, error: Any) -> Problem:
    """Return one mistake as a problem: its key, its value, and the nearest known key."""
    place = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(error["loc"][-1]), _keys(error["loc"][:-1]), n=1)
        fix = f"Did you mean {near[0]}?" if near else "See config.example.yaml for all keys."
        return Problem(source, place, "This key is not known.", "", fix)
    message = error["msg"].removeprefix("Value error, ")
    # An error about several keys or a whole part carries the whole input, which may contain secrets.
    whole = not place or isinstance(error["input"], dict)
    value = "" if whole or place in SECRET_KEYS else str(error["input"])
    return Problem(source, place, f"{message}.", value, "See config.example.yaml.")


def _keys(place: tuple[object, ...]) -> list[str]:
    """Return the known keys of a part of the file."""
    part: type[BaseModel] = Settings
    for name in place:
        found = part.model_fields[str(name)].annotation
        if not (isinstance(found, type) and issubclass(found, BaseModel)):
            return []
        part = found
    return [field.alias or name for name, field in part.model_fields.items()]
