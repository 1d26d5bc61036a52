"""All data stored about one person, in their language: for themselves, and for the office.

Reads only. Addresses are complete here; mask them with `masked` before showing them to others.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.wording.answers_card import answers_given
from bot.wording.cards import Asking
from storage.fieldwork.case_files import CaseFile, load_file
from storage.fieldwork.cases import cases_of
from storage.fieldwork.interviews import load_interview
from storage.fieldwork.workshops import get_workshop
from storage.people.addresses import addresses_of
from storage.people.administrations import all_administrations
from storage.people.enrolments import enrolments_of
from storage.people.merges import everyone_merged_into
from storage.people.office_messages import OfficeMessage, messages_of
from storage.responses.open_answers import earlier_values
from storage.responses.text_decisions import released_of
from storage.responses.theme_marks import themes_marked
from surveys.names import place_in
from surveys.people import Address, Enrolment, Participant
from surveys.wording import Words

SHOWN_LETTERS = 2


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question and its answer, in words."""

    question: str
    answer: str


@dataclass(frozen=True)
class FilledQuestionnaire:
    """One questionnaire of a person. `earlier` are answers that were changed or withdrawn.

    `released` are texts as the office has released them to be quoted, `themes` the codes of what it has
    marked in them.
    """

    title: str
    wave: str
    answers: tuple[AnsweredQuestion, ...]
    earlier: tuple[AnsweredQuestion, ...]
    released: tuple[AnsweredQuestion, ...]
    themes: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class WorkshopData:
    """The data of a person in one workshop. `administration` is the name of theirs at that time."""

    workshop: str
    city: str
    role: str
    administration: str
    enrolment: Enrolment
    filled: tuple[FilledQuestionnaire, ...]


@dataclass(frozen=True)
class PersonalData:
    """All data stored about a person."""

    person: Participant
    addresses: tuple[Address, ...]
    shares: tuple[WorkshopData, ...]
    messages: tuple[OfficeMessage, ...] = ()

    @property
    def answers(self) -> int:
        """The number of answers."""
        return sum(len(filled.answers) for share in self.shares for filled in share.filled)


def personal_data_of(connection: Connection, person: Participant, now: datetime) -> PersonalData:
    """Return all data stored about a person at a moment."""
    enrolments = enrolments_of(connection, person.id)
    shares = [_share(connection, one, person.language, now) for one in enrolments]
    addresses = tuple(addresses_of(connection, person.id))
    written = messages_of(connection, everyone_merged_into(connection, [person.id]))
    return PersonalData(person, addresses, tuple(shares), tuple(written))


def _share(
    connection: Connection, enrolment: Enrolment, language: str, now: datetime
) -> WorkshopData:
    workshop = get_workshop(connection, enrolment.workshop_code)
    known = all_administrations(connection)[enrolment.administration_code]
    place = place_in(known.code, known.name, language)
    files = (load_file(connection, number) for number in cases_of(connection, enrolment.id))
    # Nothing is told in a wave that was put back to its plan.
    filled = (_filled(connection, file, now) for file in files if file.wave.opened_at)
    answered = tuple(one for one in filled if one.answers or one.earlier)
    return WorkshopData(workshop.title, workshop.city, enrolment.role, place, enrolment, answered)


def _filled(connection: Connection, file: CaseFile, now: datetime) -> FilledQuestionnaire:
    case_id = file.case.id
    interview = load_interview(connection, file, now)
    instrument, language = interview.questionnaire, interview.language
    given = answers_given(Asking(case_id, interview))
    labels = {item.name: instrument.text(item.label, language) for item in instrument.items}
    before, released = earlier_values(connection, case_id), released_of(connection, case_id)
    return FilledQuestionnaire(
        instrument.text(instrument.title, language),
        file.wave.key,
        tuple(AnsweredQuestion(one.asked, one.told) for one in given),
        tuple(AnsweredQuestion(labels.get(item) or item, value) for item, value in before),
        tuple(AnsweredQuestion(labels.get(item) or item, text) for item, text in released),
        tuple(
            (labels.get(item) or item, codes) for item, codes in themes_marked(connection, case_id)
        ),
    )


def masked(address: Address) -> str:
    """Return an address, without its channel, that only its owner recognises: "12…9"."""
    name, at, rest = address.identifier.partition("@")
    return f"{name[:SHOWN_LETTERS]}…" + (f"@{rest}" if at else name[-1:])


def personal_copy(stored: PersonalData) -> dict[str, object]:
    """Return personal data for a JSON file: the person's own copy, with complete addresses."""
    words = Words(stored.person.language)
    return {
        "code": stored.person.code,
        "name": stored.person.name,
        "title": stored.person.title,
        "language": stored.person.language,
        "time_zone": stored.person.timezone,
        "addresses": [f"{one.channel}: {one.identifier}" for one in stored.addresses],
        "stopped_at": _moment(stored.person.stopped_at),
        "workshops": [
            {
                "workshop": share.workshop,
                "city": share.city,
                "role": share.role,
                "administration": share.administration,
                "enrolled_at": _moment(share.enrolment.enrolled_at),
                "agreed_at": _moment(share.enrolment.consented_at),
                "stopped_at": _moment(share.enrolment.withdrawn_at),
                "handed_over_at": _moment(share.enrolment.handed_over_at),
                "removed_at": _moment(share.enrolment.removed_at),
                "elearning": share.enrolment.elearning,
                "questionnaires": [
                    {
                        "title": filled.title,
                        "answers": [
                            {"question": one.question, "answer": one.answer}
                            for one in filled.answers
                        ],
                        "changed": [
                            {"question": one.question, "answer": one.answer or words("skipped")}
                            for one in filled.earlier
                        ],
                        "released": [
                            {"question": one.question, "text": one.answer}
                            for one in filled.released
                        ],
                        "themes": [
                            {"question": question, "themes": list(codes)}
                            for question, codes in filled.themes
                        ],
                    }
                    for filled in share.filled
                ],
            }
            for share in stored.shares
        ],
        "messages": [
            {"written_at": _moment(one.written_at), "text": one.text} for one in stored.messages
        ],
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
