"""Which configuration a command reads, and which database it works on."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.settings.config import Settings

DEFAULT_CONFIG = Path("config.yaml")
VARIABLE = "FOLLOWUP_CONFIG"
"""The environment variable that names the configuration where no `--config` does."""


def config_file(config: Path | None) -> Path | None:
    """Return the file named, or the one that FOLLOWUP_CONFIG names, or ./config.yaml if it is there."""
    found = config or _of_environment()
    return found or (DEFAULT_CONFIG if DEFAULT_CONFIG.is_file() else None)


def settings_of(config: Path | None) -> "Settings":
    """Return the settings of `config_file`, or the defaults. Raises BadInput with all its problems."""
    from bot.settings.reading import read_settings

    return read_settings(config_file(config))


def is_obvious(config: Path | None) -> bool:
    """Return whether somebody who looks into this folder sees which configuration is used."""
    file = config_file(config)
    return file is None or (
        bool(config or not _of_environment()) and file.resolve().parent == Path.cwd()
    )


def tell_database(settings: "Settings", config: Path | None) -> None:
    """Say on the error output which database is used, unless it is that of this folder."""
    if not is_obvious(config):
        where = f"{shown(settings)} (configuration: {config_file(config)})"
        typer.echo(f"Database: {where}", err=True)


def shown(settings: "Settings") -> str:
    """Return the database of the settings for people: its file, or its address without a password."""
    from sqlalchemy import make_url

    url = make_url(settings.database)
    in_file = url.drivername == "sqlite" and url.database
    return (
        str(Path(url.database or "").absolute())
        if in_file
        else url.set(query={}).render_as_string()
    )


def _of_environment() -> Path | None:
    named = os.environ.get(VARIABLE, "").strip()
    return Path(named) if named else None
