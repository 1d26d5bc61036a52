"""Who waits for a translation in the waves that are open or still to come, for the office to act on.

Reads only. Names languages and numbers, never people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.office import Office
from bot.rounds.speaking import Speakers, speakers
from storage.waves import Wave, waves_of
from storage.workshops import all_workshops
from surveys.authoring import packaged_keys, packaged_questionnaire
from surveys.plan import DatedWave
from surveys.rounds import over_at
from surveys.wording import unreviewed_words
from surveys.workshop import Workshop


@dataclass(frozen=True)
class Waiting:
    """The people of one wave who share a language that its questionnaire does not speak."""

    workshop: str
    wave: str
    speakers: Speakers

    def __str__(self) -> str:
        return f"{self.workshop} {self.wave}: {self.speakers}"


def all_waiting(connection: Connection, office: Office, now: datetime) -> tuple[Waiting, ...]:
    """Everybody who waits, or will, by workshop, wave and language."""
    return tuple(
        Waiting(workshop.code, wave.key, one)
        for workshop in all_workshops(connection)
        if workshop.running
        for wave in _to_ask(connection, office, workshop, now)
        for one in speakers(connection, wave)
        if one.waits
    )


def _to_ask(
    connection: Connection, office: Office, workshop: Workshop, now: datetime
) -> Iterator[Wave | DatedWave]:
    """The waves of a workshop that are open, and those of its plan that can still open."""
    known = waves_of(connection, workshop.code)
    yield from (wave for wave in known.values() if wave.open)
    plan = office.rules.plans.get(workshop.plan)
    for dated in plan.dated(workshop) if plan else ():
        if dated.key not in known and now < over_at(dated.closes_on):
            yield dated


def drafts() -> str:
    """The languages whose translations nobody has reviewed yet, in the words of `followup check`."""
    asked = {code for key in packaged_keys() for code in packaged_questionnaire(key).unreviewed}
    words = ", ".join(unreviewed_words()) or "none"
    questions = ", ".join(sorted(asked)) or "none"
    return f"not yet reviewed: words of the bot: {words}; questionnaires: {questions}"
