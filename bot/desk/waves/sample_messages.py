"""The first message of a wave as a person gets it, in each language in use. Only reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.desk.waves.invented_cases import INVENTED, invented_case
from bot.settings.office import Office
from bot.wording.cards import Asking
from bot.wording.case_cards import invitation_card
from bot.wording.help_done import HelpDone, with_help_done
from storage.people.enrolments import languages_in
from surveys.bidi import direction
from surveys.interview.facts import facts_for
from surveys.interview.interview import Interview
from surveys.names import language_name
from surveys.planning.contacts import Kind
from surveys.questionnaire import Questionnaire
from surveys.wording import Words, best_language


@dataclass(frozen=True)
class SampleMessage:
    """A message in one language: its text, its buttons, and how many people of the wave read it."""

    language: str
    name: str
    direction: str
    people: int
    text: str
    buttons: tuple[str, ...]


def sample_messages(
    connection: Connection,
    office: Office,
    code: str,
    key: str,
    now: datetime,
    done: Sequence[HelpDone] = (),
) -> list[SampleMessage]:
    """Return the invitation of a wave in the languages of its people, the most frequent first.

    It is written to an invented person, who asked for the help that is `done`. Raise NotFound for an
    unknown wave.
    """
    questionnaire, file = invented_case(connection, office, code, key, now)
    people = _people_by_language(questionnaire, languages_in(connection, code, file.wave.role))
    found = []
    for language in sorted(people, key=lambda one: (-people[one], one)):
        facts = facts_for(file.participant, file.workshop, file.administration, language)
        interview = Interview(questionnaire, file.calendar.local(now), language, facts=facts)
        card = invitation_card(Asking(INVENTED, interview), file, Kind.INVITATION, last=False)
        card = with_help_done(card, Words(language), done)
        buttons = tuple(button.text for row in card.rows for button in row)
        name = language_name(language)
        found.append(
            SampleMessage(
                language, name, direction(language), people[language], card.text, buttons
            )
        )
    return found


def _people_by_language(questionnaire: Questionnaire, spoken: Mapping[str, int]) -> dict[str, int]:
    """Return how many people read each language of a questionnaire; always its default language."""
    found = {questionnaire.default_language: 0}
    for language, number in spoken.items():
        read = best_language(language, questionnaire.languages) or questionnaire.default_language
        found[read] = found.get(read, 0) + number
    return found
