"""The channel, the e-mail address and the language in which a person is contacted.

Each function is one transaction. `surveys.planning.channels` decides which channel is used in the end.
"""

from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.people.acts import Done, person_for
from bot.importing.tables.addresses import read_email
from bot.settings.office import Office
from storage.database import Conflict
from storage.fieldwork.next_contact import refresh_person
from storage.office.audit import Act
from storage.people.addresses import addresses_of, find_address
from storage.people.participants import (
    get_participant,
    participant_with,
    set_channel,
    set_language,
)
from storage.people.relinks import use_email, use_email_before
from surveys.names import language_in
from surveys.people import Address, AddressState, Participant
from surveys.planning.channels import EMAIL
from surveys.wording import worded_languages

USUAL = "usual"


def working_addresses(
    connection: Connection, office: Office, participant_id: int
) -> list[Address]:
    """Return the newest working address of a person in each channel."""
    newest = {
        one.channel: one
        for one in addresses_of(connection, participant_id)
        if one.channel in office.rules.channels and one.state is AddressState.ACTIVE
    }
    return [newest[channel] for channel in office.rules.channels if channel in newest]


def choose_channel(
    connection: Connection, office: Office, code: str, channel: str, now: datetime
) -> Participant:
    """Set the channel a person asked for; `USUAL` leaves it to the table of administrations.

    Raise Conflict without a working address there.
    """
    person = participant_with(connection, code)
    if channel == USUAL:
        set_contact_channel(connection, office, person, None, now)
        record(connection, office, Act.PERSON_CHANGED, f"{person.code} channel as usual", now)
        return get_participant(connection, person.id)
    if channel not in office.rules.channels:
        choices = ", ".join(office.rules.channels)
        raise Conflict(f"{channel!r} is not a channel here. Use one of: {choices}.")
    known = [one.channel for one in working_addresses(connection, office, person.id)]
    if channel not in known:
        has = f"only {', '.join(known)}" if known else "no address that works"
        raise Conflict(f"{person.code} has no {channel} address that works, but {has}.")
    set_contact_channel(connection, office, person, channel, now)
    record(connection, office, Act.PERSON_CHANGED, f"{person.code} {channel} chosen", now)
    return get_participant(connection, person.id)


def put_email(
    connection: Connection, office: Office, code: str, email: str, now: datetime
) -> Done:
    """Give a person a new e-mail address, or mark a known one as working again.

    It is the only one in use from now on, and the links in earlier letters end. Raise Conflict if it
    is not an address, or belongs to another person.
    """
    person = person_for(connection, code)
    read = read_email(email)
    if not read.address or read.others:
        raise Conflict(
            f"{email!r} is not an e-mail address such as mele@example.org. {read.why}".strip()
        )
    email = read.address
    known = find_address(connection, EMAIL, email)
    if known is not None and known.participant_id != person.id:
        raise Conflict("This e-mail address belongs to somebody else.")
    if not use_email(connection, person.id, email, now):
        return Done(person.code, f"{person.code} has this e-mail address. Nothing was changed.")
    refresh_person(connection, person.id, office.rules, now)
    record(connection, office, Act.PERSON_CHANGED, f"{person.code} new e-mail address", now)
    said = f"{person.code} has a new e-mail address. One before, and its links, are out of use."
    return Done(person.code, said, f"followup participant email-back {person.code}")


def put_email_back(connection: Connection, office: Office, code: str, now: datetime) -> Done:
    """Use the e-mail address again that the present one has replaced."""
    person = person_for(connection, code)
    if not use_email_before(connection, person.id, now):
        said = f"{person.code} has no e-mail address that was replaced. Nothing was changed."
        return Done(person.code, said)
    refresh_person(connection, person.id, office.rules, now)
    record(connection, office, Act.PERSON_CHANGED, f"{person.code} e-mail address before", now)
    undo = f"followup participant email-back {person.code}"
    return Done(person.code, f"Letters to {person.code} go to the address before again.", undo)


def choose_language(
    connection: Connection, office: Office, code: str, language: str, now: datetime
) -> Done:
    """Set the language in which a person is written to. Conflict for one that the bot has not."""
    person = person_for(connection, code)
    if language not in worded_languages():
        raise Conflict(f"{language!r} is not a language here. Use one of: {_languages()}.")
    name = language_in(language, "en")
    if person.language == language:
        return Done(person.code, f"{person.code} is written to in {name}. Nothing was changed.")
    set_language(connection, person.id, language)
    refresh_person(connection, person.id, office.rules, now)
    record(connection, office, Act.PERSON_CHANGED, f"{person.code} language {language}", now)
    undo = f"followup participant language {person.code} {person.language}"
    said = f"{person.code} is written to in {name} from now on."
    return Done(person.code, said, undo)


def _languages() -> str:
    return ", ".join(worded_languages())


def set_contact_channel(
    connection: Connection, office: Office, person: Participant, channel: str | None, now: datetime
) -> None:
    """Store the channel of a person and plan their next contact again."""
    set_channel(connection, person.id, channel)
    refresh_person(connection, person.id, office.rules, now)
