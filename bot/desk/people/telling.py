"""In which chats a person can be told what the office has done."""

from sqlalchemy import Connection

from bot.settings.office import Office
from storage.database import Conflict
from storage.fieldwork.case_files import CaseFile
from storage.people.addresses import addresses_of
from surveys.people import AddressState, Participant
from surveys.planning.channels import EMAIL, IMPORTED


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


def chats_about(connection: Connection, office: Office, file: CaseFile) -> list[tuple[str, str]]:
    """Return the chats in which the person of a case hears of it; none of answers from before."""
    if file.case.entered_mode == IMPORTED:
        return []
    return chats_of(connection, office, file.participant)


def asked_here(file: CaseFile) -> CaseFile:
    """Return a case. Raise Conflict if its answers come from an earlier table: it never asks."""
    if file.case.entered_mode == IMPORTED:
        where = f"{file.workshop.code} {file.wave.key} of {file.participant.name}"
        raise Conflict(f"{where} comes from an earlier table. Nothing was changed.")
    return file
