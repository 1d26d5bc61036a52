"""Claims several contacts of one channel in one transaction; a fault in one does not stop the others."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.outbox.recovery import postpone_after_fault
from bot.outbox.sending import Contact, SendingContext, claim_contact
from bot.settings.office import Office
from storage.fieldwork.due_contacts import cases_to_claim


@dataclass
class Batch:
    """What one transaction claimed: the contacts to send, and cases with a fault.

    `changed` says whether it did anything, also where a contact turned out to be due later.
    """

    contacts: list[Contact] = field(default_factory=list)
    faults: list[tuple[int, Exception]] = field(default_factory=list)
    changed: bool = False


def claim_batch(
    connection: Connection, office: Office, sending: SendingContext, limit: int, now: datetime
) -> Batch:
    """Claim at most `limit` contacts that are due; store the next contact of those that are not."""
    batch = Batch()
    for case_id in cases_to_claim(connection, sending.channel, now, limit):
        batch.changed = True
        try:
            with connection.begin_nested():
                contact = claim_contact(connection, office, case_id, now, sending)
        except DBAPIError:
            raise
        except Exception as error:
            postpone_after_fault(connection, case_id, now)
            batch.faults.append((case_id, error))
            continue
        if contact is not None:
            batch.contacts.append(contact)
    return batch
