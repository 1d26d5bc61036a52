"""The next three steps after `followup init`, as commands."""

import getpass
from collections.abc import Iterator
from pathlib import Path

from bot.installing.answers import BOT_NAME
from bot.installing.places import program
from bot.installing.questions import Answers
from bot.installing.writing import CADDY, CONFIG, NGINX, SETUP, UNIT


def next_steps(answers: Answers, folder: Path) -> Iterator[str]:
    """Yield the lines that say what to do next."""
    office, setup, config = folder.name, folder / SETUP, folder / CONFIG
    yield "Three steps are left:"
    yield f"1. Start it in this terminal: {program()} run -c {config}"
    yield "   Or as a service, as root:"
    yield from _given_away(folder)
    yield f"   install -m 644 {setup / UNIT} /etc/systemd/system/"
    yield f"   systemctl daemon-reload && systemctl enable --now followup@{office}"
    yield f"2. Make a code for yourself: {program()} staff add administrator --name YOU -c {config}"
    yield f"   {_sent(answers)}"
    yield f"3. {_page(answers, setup)}"


def _given_away(folder: Path) -> Iterator[str]:
    """Yield what gives the folder to the account of the service, unless that is who made it."""
    account = f"followup-{folder.name}"
    if getpass.getuser() != account:
        yield f"   id {account} || useradd --system --home-dir {folder} {account}"
        yield f"   chown -R {account}: {folder}"


def _sent(answers: Answers) -> str:
    if "token" not in answers:
        return (
            "There is no bot yet: name a file with its token in telegram.token_file, and restart."
        )
    return f"Send what it prints to @{answers.get(BOT_NAME, 'the bot')} as one message."


def _page(answers: Answers, setup: Path) -> str:
    if not answers.get("page", "").startswith("https"):
        return f"Open the desk on this machine: http://127.0.0.1:{answers['port']}/desk"
    return (
        f"Put a proxy in front of the page: {setup / CADDY} for Caddy, or {setup / NGINX} for nginx. "
        f"Then look at {answers['page']}"
    )
