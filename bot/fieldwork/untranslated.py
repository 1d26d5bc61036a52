"""Groups of people who wait for a translation in open and coming waves, for the office to act on.

Reads only. Names languages and numbers, never people.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.fieldwork.language_of_contact import LanguageGate, Speakers, speakers
from bot.settings.office import Office
from storage.fieldwork.plans import added_questionnaires, office_plans
from storage.fieldwork.waves import Wave, asked_now, waves_of
from storage.fieldwork.workshops import workshops_with
from storage.instruments.questionnaires import get_questionnaire, newest
from storage.instruments.workshop_lists import workshops_with_lists
from storage.people.enrolments import workshops_speaking
from storage.people.participants import languages_spoken
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.planning.due_workshops import over_at
from surveys.planning.plan import DatedWave
from surveys.wording import unreviewed_words
from surveys.workshop import Workshop


@dataclass(frozen=True)
class WaitingGroup:
    """The people of one wave with one language into which its questionnaire is not translated."""

    workshop: str
    wave: str
    speakers: Speakers

    def __str__(self) -> str:
        return f"{self.workshop} {self.wave}: {self.speakers}"


def waiting_groups(
    connection: Connection, office: Office, now: datetime
) -> tuple[WaitingGroup, ...]:
    """Return all groups that wait now or will wait, by workshop, wave and language."""
    return tuple(
        WaitingGroup(workshop.code, wave.key, one)
        for workshop in _workshops_to_check(connection, office)
        if workshop.running
        for wave in _waves_to_ask(connection, office, workshop, now)
        for one in speakers(connection, wave)
        if one.waits
    )


def _workshops_to_check(connection: Connection, office: Office) -> list[Workshop]:
    """Return the workshops in which people may wait for a translation, by their first day.

    They have people with a language that a questionnaire lacks texts in, or lists of their own.
    """
    plans = {**office.rules.plans, **office_plans(connection)}
    keys = {wave.questionnaire for plan in plans.values() for wave in plan.waves}
    keys |= added_questionnaires(connection)
    to_ask = [newest(connection, key) for key in sorted(keys)]
    to_ask += [get_questionnaire(connection, *one) for one in asked_now(connection)]
    gates = [LanguageGate(one, frozenset()) for one in to_ask]
    untranslated = [
        language
        for language in languages_spoken(connection)
        if any(gate.holds_back(language) for gate in gates)
    ]
    codes = {*workshops_speaking(connection, untranslated), *workshops_with_lists(connection)}
    return workshops_with(connection, sorted(codes))


def _waves_to_ask(
    connection: Connection, office: Office, workshop: Workshop, now: datetime
) -> Iterator[Wave | DatedWave]:
    """Yield the open waves of a workshop, then those of its plan that can still open."""
    known = waves_of(connection, workshop.code)
    yield from (wave for wave in known.values() if wave.open)
    plan = office.rules.plan_of(workshop)
    for dated in plan.dated(workshop) if plan else ():
        stored = known.get(dated.key)
        if (stored is None or stored.waits) and now < over_at(dated.closes_on):
            yield dated


def unreviewed_translations() -> str:
    """Return the languages with unreviewed translations, as `followup check` prints them."""
    asked = {code for key in packaged_keys() for code in packaged_questionnaire(key).unreviewed}
    words = ", ".join(unreviewed_words()) or "none"
    questions = ", ".join(sorted(asked)) or "none"
    return f"not yet reviewed: words of the bot: {words}; questionnaires: {questions}"
