"""In which chats a person can be told what the office has done."""

from sqlalchemy import Connection

from bot.settings.office import Office
from storage.people.addresses import addresses_of
from surveys.people import AddressState, Participant
from surveys.planning.channels import EMAIL


def chats_of(connection: Connection, office: Office, person: Participant) -> list[tuple[str, str]]:
    """Return the chats in which a person can be told something; none after a stop."""
    if person.stopped_at is not None:
        return []
    return [
        (one.channel, one.identifier)
        for one in addresses_of(connection, person.id)
        if one.state is AddressState.ACTIVE and one.channel in office.rules.channels
        if one.channel != EMAIL
    ]
