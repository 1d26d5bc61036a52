"""The languages of the people of a wave: what is translated, who waits, where English is accepted.

Opens no case and sends nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.wording.counts import counted
from storage.fieldwork.language_fallbacks import accept, accepted
from storage.fieldwork.waves import Wave
from storage.instruments.questionnaires import get_questionnaire, newest
from storage.instruments.workshop_lists import lists_of
from storage.people.enrolments import languages_in
from surveys.authoring.workshop_lists import filled
from surveys.names import language_in
from surveys.planning.plan import DatedWave
from surveys.questionnaire import Questionnaire
from surveys.wording import best_language

MOST_LISTED = 5
TRANSLATION_ADVICE = (
    "They are asked once a questionnaire file with these texts is published as a correction "
    "(`followup questionnaire publish FILE --text-only`, or the file sent in chat; choices of the "
    "workshop itself: `followup workshop lists WORKSHOP FILE --text-only`), or in English "
    "after `followup wave open WORKSHOP WAVE --accept-english`."
)
"""What the office can do for people who wait."""


@dataclass(frozen=True)
class LanguageGate:
    """The languages of a wave: those fully translated, and those for which English is accepted."""

    questionnaire: Questionnaire | None
    accepted: frozenset[str]

    def holds_back(self, language: str) -> bool:
        """Return whether people with this language must wait for a translation."""
        return language not in self.accepted and bool(self.missing(language))

    def missing(self, language: str) -> tuple[str, ...]:
        """Return what is not translated into a language; () if everything is."""
        if self.questionnaire is None:
            return ()
        spoken = best_language(language, self.questionnaire.languages)
        return self.questionnaire.missing(spoken) if spoken else ("the whole questionnaire",)


@dataclass(frozen=True)
class Speakers:
    """The people of a wave with one language: how many, what is not translated, whether they wait."""

    language: str
    people: int
    missing: tuple[str, ...]
    waits: bool
    reviewed: bool

    def __str__(self) -> str:
        people = counted(self.people, "person", "people")
        text = f"{language_in_english(self.language)}: {people}"
        listed = ", ".join(self.missing[:MOST_LISTED])
        if len(self.missing) > MOST_LISTED:
            listed += f" and {len(self.missing) - MOST_LISTED} more"
        if self.waits:
            wait = "waits" if self.people == 1 else "wait"
            return f"{text} {wait} for a translation of {listed}"
        if self.missing:
            return f"{text}, English accepted for {listed}"
        return text if self.reviewed else f"{text}, translation not yet reviewed"


def language_in_english(code: str) -> str:
    """Return the English name of a language with its code: "Thai (th)"."""
    name = language_in(code, "en")
    return f"{name} ({code})" if name != code else code


def language_gate(connection: Connection, wave: Wave | DatedWave) -> LanguageGate:
    """Return the gate of a wave, by its pinned questionnaire, or the newest if it has not opened."""
    accepted_now = accepted(connection, wave.workshop_code, wave.key)
    if isinstance(wave, DatedWave):
        base = newest(connection, wave.planned.questionnaire)
        own = filled(base, lists_of(connection, wave.workshop_code)) if base else None
        return LanguageGate(own, accepted_now)
    if wave.questionnaire_key is None or wave.questionnaire_version is None:
        return LanguageGate(None, accepted_now)
    key, version = wave.questionnaire_key, wave.questionnaire_version
    return LanguageGate(get_questionnaire(connection, key, version), accepted_now)


def waiting_languages(connection: Connection, wave: Wave) -> list[str]:
    """Return the languages of the people of a wave who must wait for a translation."""
    gate = language_gate(connection, wave)
    spoken = languages_in(connection, wave.workshop_code, wave.role)
    return sorted(language for language in spoken if gate.holds_back(language))


def speakers(connection: Connection, wave: Wave | DatedWave) -> tuple[Speakers, ...]:
    """Return the languages of the active people of a wave, the most spoken first."""
    gate = language_gate(connection, wave)
    role = wave.planned.role if isinstance(wave, DatedWave) else wave.role
    counts = languages_in(connection, wave.workshop_code, role)
    drafts = gate.questionnaire.unreviewed if gate.questionnaire else ()
    return tuple(
        Speakers(
            language,
            people,
            gate.missing(language),
            gate.holds_back(language),
            best_language(language, drafts) is None,
        )
        for language, people in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    )


def accept_english(
    connection: Connection, wave: Wave | DatedWave, now: datetime, by: str
) -> tuple[str, ...]:
    """Accept English for all people of a wave who wait; return the newly accepted languages."""
    waiting = [one.language for one in speakers(connection, wave) if one.waits]
    return accept(connection, (wave.workshop_code, wave.key), waiting, now, by)
