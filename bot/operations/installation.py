"""What `followup check` tries on this machine: folders, ports and the address of the page.

Each check returns what it found, or raises BadInput with everything that is wrong.
"""

import errno
import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bot.settings.config import Settings
from storage.database import Database
from storage.files import trouble_with_folder
from storage.operations.process_leases import is_running
from surveys.problems import BadInput, Problem

READ_ON_THE_WAY = "is not https: on the way, others could read personal links and answers."
BEHIND_A_PROXY = "Put a proxy with a certificate in front of it: see docs/administrators.md."
ONLY_HTTPS = "is not https, and Telegram's webhook needs it."
OTHER_PROGRAM = "Another program uses it: end that one, or choose another port."
ONE_OF_BOTH = (
    "Codes and links would lead to another bot: correct the name, or use the other token."
)
LOCAL = "127.0.0.1"
LET_IT_WRITE = "Let the bot write there, or set {key}: see docs/administrators.md."


def check_page(settings: Settings) -> str:
    """Return the address of the page, which is https unless it is for this machine alone."""
    url = settings.web.public_url
    if url is None:
        return "none: set web.public_url"
    parts = urlsplit(url)
    if parts.scheme == "https":
        return url
    if settings.telegram.webhook:
        raise _wrong("web.public_url", ONLY_HTTPS, url, BEHIND_A_PROXY)
    if not _is_this_machine(parts.hostname or ""):
        raise _wrong("web.public_url", READ_ON_THE_WAY, url, BEHIND_A_PROXY)
    return f"{url}, for this machine alone"


def check_bot(settings: Settings, number: int, username: str, found: int) -> str:
    """Return the bot of a token that begins with `number`, which the messenger says is `found`."""
    named = settings.telegram.bot_name
    if named is not None and named.casefold() != username.casefold():
        message = f"is not the bot of the token, which is {username} (number {number})."
        raise _wrong("telegram.bot_name", message, named, ONE_OF_BOTH)
    if number != found:
        message = f"is not the number of {username}, which is {found}."
        raise _wrong("telegram", message, str(number), "Ask @BotFather for the token again.")
    return f"@{username}, number {number}"


def check_folder_of_database(settings: Settings) -> str:
    """Return the folder of the SQLite database, in which files are written beside it."""
    path = Database(settings.database).path
    if path is None:
        return "the database has a server"
    folder = path.absolute().parent
    if not folder.is_dir():
        raise _wrong("database", f"There is no folder {folder}.", "", "Make it first.")
    if path.exists() and not os.access(path, os.W_OK):
        raise _wrong("database", f"{path} cannot be written.", "", _let_write("database"))
    return _writable(folder, "database")


def check_folder_of_copies(settings: Settings) -> str:
    """Return the folder of daily copies, which is tried."""
    folder = settings.backups.folder
    return _writable(folder, "backups.folder") if folder else "not made daily: set backups.folder"


def check_folder_of_files(settings: Settings) -> str:
    """Return the folder of files that are shown, which is tried."""
    return _writable(settings.files.of(settings.database).folder, "files.folder")


def check_ports(settings: Settings, database: Database | None) -> str:
    """Return which ports are free, or used by the bot that runs with this database."""
    wanted = list(_wanted_ports(settings))
    twice = [one for one in wanted if [place for _, place in wanted].count(one[1]) > 1]
    if twice:
        raise _wrong(
            "monitor.port", "is that of the page and the desk too.", str(settings.monitor.port), ""
        )
    found = {section: _trouble_with_port(*place) for section, place in wanted}
    ours = any(map(_is_used, found.values())) and database is not None and is_running(database)
    problems = [
        _problem_of_port(section, place, found[section])
        for section, place in wanted
        if found[section] and section != DESK and not (ours and _is_used(found[section]))
    ]
    if problems:
        raise BadInput(problems)
    said = (_said_of_port(section, place, found[section], ours=ours) for section, place in wanted)
    return "; ".join(said) or "none is needed"


Place = tuple[str, int]
"""A host and a port."""
DESK = "desk"
"""What is served without a public address. The bot works without it if its port is taken."""


def _wanted_ports(settings: Settings) -> Iterator[tuple[str, Place]]:
    """Yield the ports that the bot opens, each with what it is for."""
    if settings.web.port:
        public = settings.web.public_url is not None
        yield (
            "web" if public else DESK,
            (settings.web.host if public else LOCAL, settings.web.port),
        )
    if settings.monitor.port:
        yield "monitor", (settings.monitor.host, settings.monitor.port)


def _trouble_with_port(host: str, port: int) -> int:
    """Return the number of the error with which a port cannot be opened; 0 if it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        return error.errno or errno.EINVAL
    return 0


def _problem_of_port(section: str, place: Place, number: int) -> Problem:
    fix = OTHER_PROGRAM if _is_used(number) else f"Look at {section}.host and its port."
    message = f"cannot be opened: {os.strerror(number)}."
    return Problem("configuration", f"{section}.port", message, _where(place), fix)


def _is_used(number: int) -> bool:
    return number == errno.EADDRINUSE


def _said_of_port(section: str, place: Place, number: int, *, ours: bool) -> str:
    state = "free"
    if number and ours:
        state = "used by this bot, which runs"
    elif number:
        state = (
            f"not to be had ({os.strerror(number)}), so it is not served: choose another web.port"
        )
    return f"{section} {_where(place)} is {state}"


def _where(place: Place) -> str:
    return f"{place[0]}:{place[1]}"


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _writable(folder: Path, key: str) -> str:
    trouble = trouble_with_folder(folder)
    if trouble:
        raise _wrong(key, f"{folder} cannot be written: {trouble}.", "", _let_write(key))
    return f"{folder}, can be written"


def _let_write(key: str) -> str:
    return LET_IT_WRITE.format(key=key)


def _wrong(key: str, message: str, value: str, fix: str) -> BadInput:
    return BadInput((Problem("configuration", key, message, value, fix),))
