"""Writes what an office needs, none of it over a file that is there: all of it, or nothing."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy import make_url

from bot.installing.answers import (
    ACCOUNTS_SECRET,
    MAIL_PASSWORD,
    PASSWORD,
    TOKEN,
    config_of,
    following,
    password_of,
)
from bot.installing.places import program
from bot.installing.questions import Answers
from storage.files import write_new
from surveys.problems import BadInput, Problem

CONFIG = "config.yaml"
SETUP = "setup"
"""The folder with what the administrator copies to places of the system."""
UNIT, CADDY, NGINX = "followup@.service", "Caddyfile", "nginx.conf"
SCRAPE = "prometheus.yml"
AS_THEY_ARE = ("alerts.yml", "grafana.json")
"""Files of the monitor that are the same for all offices. Their own placeholders look like ours."""
HEADING = (
    "# Written by `followup init`. Every other setting has its default.\n"
    "# To check this file: followup check -c {file}\n"
)
Files = Mapping[Path, str]


def files_of(answers: Answers, folder: Path) -> dict[Path, str]:
    """Return the files of an office with their content; the configuration is the last one."""
    setup = {folder / SETUP / name: text for name, text in setup_of(answers, folder).items()}
    config = yaml.safe_dump(config_of(answers, folder), sort_keys=False, allow_unicode=True)
    file = folder / CONFIG
    return {**_secrets(answers, folder), **setup, file: HEADING.format(file=file) + config}


def _secrets(answers: Answers, folder: Path) -> dict[Path, str]:
    names = {
        TOKEN: "token",
        MAIL_PASSWORD: "mail_password",
        ACCOUNTS_SECRET: "accounts_secret",
    }
    found = {
        folder / file: f"{answers[name]}\n" for file, name in names.items() if name in answers
    }
    if password_of(answers):
        found[folder / PASSWORD] = _line_of_pgpass(answers["database"])
    return found


def _line_of_pgpass(database: str) -> str:
    """Return the password of a database as PostgreSQL's own tools read it from a file."""
    url = make_url(database)
    parts = (url.host or "*", str(url.port or "*"), url.database or "*", url.username or "*")
    escaped = (
        part.replace("\\", "\\\\").replace(":", "\\:") for part in (*parts, url.password or "")
    )
    return ":".join(escaped) + "\n"


def setup_of(answers: Answers, folder: Path) -> dict[str, str]:
    """Return what an administrator copies to places of the system, by its name."""
    return {name: rendered(name, answers, folder) for name in _wanted(answers)} | {
        name: (files("bot.installing") / "templates" / name).read_text("utf-8")
        for name in AS_THEY_ARE
    }


def _wanted(answers: Answers) -> Iterator[str]:
    yield from (UNIT, SCRAPE)
    if answers.get("page", "").startswith("https"):
        yield from (CADDY, NGINX)


def rendered(name: str, answers: Answers, folder: Path) -> str:
    """Return a file for the system, for an office in a folder."""
    page = urlsplit(answers.get("page", ""))
    template = Environment(
        loader=PackageLoader("bot.installing", "templates"),
        autoescape=False,  # noqa: S701 - no HTML; all values are checked
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    ).get_template(name)
    return template.render(
        office=folder.name,
        offices=folder.parent,
        program=program(),
        host=page.netloc,
        path=page.path.rstrip("/"),
        port=answers.get("port", ""),
        monitor=following(answers.get("port")),
    )


def check_free(files: Files) -> None:
    """Raise BadInput that names every file that is there already."""
    there = [path for path in files if path.exists() or path.is_symlink()]
    if there:
        fix = "Nothing was written. Move it away, or choose another folder."
        raise BadInput(Problem("", "", f"{one} is there already.", fix=fix) for one in there)


def write_all(files: Files) -> None:
    """Write all files, each its owner's alone.

    If one cannot be written, none is left. Raises BadInput.
    """
    check_free(files)
    done: list[Path] = []
    try:
        for path, text in files.items():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_new(path, text.encode())
            done.append(path)
    except OSError as error:
        for path in done:
            path.unlink(missing_ok=True)
        where = error.filename or path
        message = f"{where} cannot be written: {error.strerror}."
        raise BadInput((Problem("", "", message, fix="Nothing was written."),)) from None
