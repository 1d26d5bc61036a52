"""Where an office and the program may be, so that systemd can start it."""

import re
import sys
from pathlib import Path

from surveys.problems import BadInput, Problem

NAME = re.compile(r"[a-z][a-z0-9_-]{0,19}")
"""The name of an office on its machine: the unit, and with "followup-" before it the account."""
PLAIN = re.compile(r"[\w./@+-]+", re.ASCII)
"""Paths that need no quotes in a unit or in a command."""
HIDDEN = ("/root", "/home", "/run/user", "/tmp", "/var/tmp")  # noqa: S108 - names, not files
"""Folders of which the service sees nothing."""
SAID = (
    "{what} is below {hidden} ({path}): the service of systemd cannot read it there. To try it in this "
    "terminal is fine. For the service, {fix}"
)
FIX_PROGRAM = "install the program with a Python of the system: python3 -m venv /opt/followup"
FIX_FOLDER = "choose a folder such as /var/lib/followup/{name}"


def check_name(folder: Path) -> None:
    """Raise BadInput unless the folder has a name for an office, on a path without quotes."""
    if not NAME.fullmatch(folder.name):
        message = "is no name for an office on this machine."
        fix = "Choose a folder of up to 20 small letters, digits, - and _, such as suva."
        raise BadInput((Problem("", "folder", message, folder.name, fix),))
    if not PLAIN.fullmatch(str(folder)):
        message, fix = "has letters that a unit cannot name.", "Choose a path without spaces."
        raise BadInput((Problem("", "folder", message, str(folder), fix),))


def program() -> Path:
    """Return the command `followup` of this environment."""
    return Path(sys.prefix) / "bin" / "followup"


def unseen_places(folder: Path) -> list[str]:
    """Return a warning for the program and for the folder, if the service of systemd cannot see it."""
    python = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve()}
    hidden = [(one, where) for one in sorted(python) if (where := _hidden(one))]
    said = [_said("The program", *hidden[0], FIX_PROGRAM)] if hidden else []
    if where := _hidden(folder):
        said.append(_said("The folder", folder, where, FIX_FOLDER.format(name=folder.name)))
    return said


def _said(what: str, path: Path, hidden: str, fix: str) -> str:
    return SAID.format(what=what, hidden=hidden, path=path, fix=f"{fix}.")


def _hidden(path: Path) -> str:
    return next((one for one in HIDDEN if path.is_relative_to(one)), "")
