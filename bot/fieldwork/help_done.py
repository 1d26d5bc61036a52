"""Who is told in an invitation what was done about the help that the person asked for.

Plain functions, each called inside one transaction. A person is told once of each help, and only a
sentence that an organiser has approved.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection

from bot.wording.help_done import HelpDone
from storage.fieldwork.attempts import Claimed
from storage.fieldwork.case_files import CaseFile
from storage.office.help_needs import (
    approved_in,
    need_of,
    note_told,
    told_in_case,
    told_to,
)
from storage.people.enrolments import enrolments_of
from storage.responses.help_asked import Ask, asks_of
from surveys.help_asked import MOST_TOLD
from surveys.planning.contacts import Kind

Told = tuple[Ask, HelpDone]


def tell_help_done(
    connection: Connection, file: CaseFile, claimed: Claimed, now: datetime
) -> list[HelpDone]:
    """Store what a claimed invitation tells before it leaves, and return it; at most three things.

    A request for consent, which goes in its place to who has not agreed yet, tells nothing.
    """
    if claimed.kind is not Kind.INVITATION or file.enrolment.consented_at is None:
        return []
    found = list(_done_for(connection, file))
    before = told_to(connection, [ask.enrolment for ask, _ in found], claimed.id)
    new = [(ask, done) for ask, done in found if (ask.enrolment, ask.help) not in before]
    for ask, _ in new[:MOST_TOLD]:
        note_told(connection, ask.enrolment, ask.help, claimed.id, now)
    return [done for _, done in new[:MOST_TOLD]]


def help_done_told(connection: Connection, file: CaseFile) -> list[HelpDone]:
    """Return what the invitation of a case has told, to show it again."""
    told = told_in_case(connection, file.case.id)
    if not told:
        return []
    found = _done_for(connection, file)
    return [done for ask, done in found if (ask.enrolment, ask.help) in told]


def _done_for(connection: Connection, file: CaseFile) -> Iterator[Told]:
    """Yield what a person asked for and was done, with an approved sentence, the oldest first."""
    here = enrolments_of(connection, file.participant.id)
    approved = approved_in(connection, {one.workshop_code for one in here})
    if not approved:
        return
    asked = asks_of(connection, [file.participant.id])
    for ask in sorted(asked.asks, key=lambda one: one.first):
        standing = approved.get(need_of(ask))
        if standing is not None:
            day = file.calendar.local_day(ask.first)
            yield ask, HelpDone(day, asked.labels[ask.workshop, ask.help], standing)
