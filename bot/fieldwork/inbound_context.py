"""What a use case of an inbound message works with."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.settings.office import Office
from storage.fieldwork.case_files import CaseFile
from surveys.people import Address


@dataclass(frozen=True)
class InboundContext:
    """The database, the office, the sender and the moment of an inbound message.

    `ref` is the message whose button was tapped, '' for anything else. `file` is the case that the
    button names, locked, if it is the sender's own and was read with them.
    """

    connection: Connection
    office: Office
    address: Address
    now: datetime
    ref: str = ""
    file: CaseFile | None = None
