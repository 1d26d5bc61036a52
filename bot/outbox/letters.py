"""The envelope of a card that is sent as a letter: subject, personal links, sender and reason.

Called inside the transaction that claims the attempt, because it creates the links.
`bot.channels.email.composing` writes the letter. Knows no mail.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.access.links import address_of, new_link
from bot.messaging.messages import Envelope
from bot.settings.office import Office
from storage.fieldwork.attempts import Claimed, first_arrived
from storage.fieldwork.case_files import CaseFile
from storage.fieldwork.cases import Case
from storage.fieldwork.interviews import load_interview
from storage.people.links import Purpose
from surveys.people import Address
from surveys.wording import N_, Words

OPEN = N_("Open the questionnaire")
AGREE_FIRST = N_("Open the page and answer yes or no")
YOUR_PAGE = N_("Open your page")
"""The texts of the link in a letter."""


def envelope_for(
    connection: Connection,
    office: Office,
    file: CaseFile,
    sent: tuple[Claimed, Address],
    now: datetime,
) -> Envelope:
    """Return the envelope of a claimed attempt.

    It has new links, because only the hashes of earlier links are stored.
    """
    claimed, address = sent
    asked_in = load_interview(connection, file, now)
    # Consent is asked for in the language of the person, before there is a questionnaire.
    agreed = file.enrolment.consented_at is not None
    language = asked_in.language if agreed else file.participant.language
    title = asked_in.questionnaire.text(asked_in.questionnaire.title, asked_in.language)
    words = Words(language)
    first = first_arrived(connection, file.case.id, address.id)
    letter = Letter(
        title + words.colon + words.listed((file.workshop.title, file.workshop.city)),
        language,
        OPEN if agreed else AGREE_FIRST,
        letter_key(file.case, claimed.ordinal),
        file.workshop.title,
        letter_key(file.case, first) if first else "",
    )
    return enveloped(connection, office, file.enrolment.id, letter, now)


@dataclass(frozen=True)
class Letter:
    """The parts of an envelope that differ between letters; see `Envelope`."""

    subject: str
    language: str
    label: str
    key: str
    about: str
    thread: str = ""


def enveloped(
    connection: Connection, office: Office, enrolment_id: int, letter: Letter, now: datetime
) -> Envelope:
    """Return the envelope of a letter about an enrolment, with new links."""
    words = Words(letter.language)
    return Envelope(
        subject=letter.subject,
        language=letter.language,
        label=words(letter.label),
        url=_link(connection, office, enrolment_id, Purpose.INTERVIEW, now),
        alone=words("This link is only for you. Please do not forward this message."),
        about=words(
            "The {office} is writing to you about: {subject}. Questions: {contact}.",
            office=office.name,
            subject=letter.about,
            contact=office.contact,
        ),
        stop_label=words("Stop these messages"),
        stop_url=_link(connection, office, enrolment_id, Purpose.STOP, now),
        key=letter.key,
        thread=letter.thread,
    )


def letter_key(case: Case, ordinal: int) -> str:
    """Return the key of the letter of an attempt: stable, and unique in all databases.

    The time of the case keeps a trial and the real survey apart, which have the same case numbers.
    """
    return f"case{case.id}-{ordinal}.{case.created_at:%Y%m%d%H%M%S}"


def _link(
    connection: Connection, office: Office, enrolment_id: int, purpose: Purpose, now: datetime
) -> str:
    assert office.public_url is not None  # noqa: S101 - the settings refuse e-mail without it
    secret = new_link(connection, enrolment_id, purpose, now)
    return address_of(office.public_url, purpose, secret)
