"""The lists of the demonstration: packaged ones, and those of its people as offices send them."""

import csv
import io
from collections.abc import Iterable
from importlib import resources

from bot.demo.members import Member
from bot.importing.files import open_list
from bot.importing.rows.rows import List


def sample(name: str) -> bytes:
    """Return a file that comes with the demonstration."""
    return (resources.files("bot.demo.samples") / name).read_bytes()


def sample_list(name: str) -> List:
    """Return a list that comes with the demonstration."""
    return open_list(sample(name), name)


def list_of(people: Iterable[Member]) -> str:
    """Return a list of participants as offices send it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("name", "administration", "email", "role", "about"))
    for one in people:
        writer.writerow((one.name, one.administration, one.email, one.role, one.about))
    return text.getvalue()
