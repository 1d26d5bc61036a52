"""Where the help stands that people asked for, and who was told in an invitation what was done.

An act changes some needs at once; the newest change of a need counts.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select, update

from storage.database import NotFound
from storage.responses.help_asked import Ask, asks_in
from storage.schema import attempts, enrolments, help_acts, help_changes, help_told
from surveys.help_asked import HelpState, Standing
from surveys.planning.dispositions import Outcome

NOT_ARRIVED = (Outcome.FAILED, Outcome.RETRY)


@dataclass(frozen=True, order=True)
class Need:
    """One kind of help that one administration asked for in one workshop."""

    workshop: str
    administration: str
    help: str


@dataclass(frozen=True)
class HelpChange:
    """Where a need stands since an act, and who acted."""

    act: int
    need: Need
    standing: Standing
    by: str
    at: datetime


def add_help_act(
    connection: Connection, changes: Mapping[Need, Standing], by: str, at: datetime
) -> int:
    """Store where some needs stand from now on; return the number of the act."""
    values = {"changed_by": by, "changed_at": at}
    added = insert(help_acts).values(values).returning(help_acts.c.id)
    act: int = connection.execute(added).scalar_one()
    for need, standing in changes.items():
        connection.execute(insert(help_changes).values(_values(act, need, standing)))
    return act


def _values(act: int, need: Need, standing: Standing) -> dict[str, object]:
    return {
        "act_id": act,
        "workshop_code": need.workshop,
        "administration_code": need.administration,
        "help": need.help,
        "state": standing.state,
        "due_on": standing.due_on,
        "sentence": standing.sentence,
        "translations": dict(standing.translations),
        "approved": standing.approved,
    }


def help_changes_in(
    connection: Connection, codes: Collection[str] | None = None, until: datetime | None = None
) -> list[HelpChange]:
    """Return the changes of needs of some workshops or all, oldest first; those up to a moment."""
    wanted = (
        select(help_changes, help_acts.c.changed_by, help_acts.c.changed_at)
        .join(help_acts, help_acts.c.id == help_changes.c.act_id)
        .order_by(help_changes.c.id)
    )
    if codes is not None:
        wanted = wanted.where(help_changes.c.workshop_code.in_(codes))
    if until is not None:
        wanted = wanted.where(help_acts.c.changed_at <= until)
    return [_change(row) for row in connection.execute(wanted)]


def help_act(connection: Connection, number: int) -> list[HelpChange]:
    """Return what an act changed. Raise NotFound if there is none."""
    wanted = (
        select(help_changes, help_acts.c.changed_by, help_acts.c.changed_at)
        .join(help_acts, help_acts.c.id == help_changes.c.act_id)
        .where(help_acts.c.id == number)
        .order_by(help_changes.c.id)
    )
    found = [_change(row) for row in connection.execute(wanted)]
    if not found:
        raise NotFound(f"There is no act {number} about help that people asked for.")
    return found


def note_told(
    connection: Connection, enrolment: int, help_: str, attempt: int, at: datetime
) -> None:
    """Store that a message which is about to leave tells a person what was done."""
    here = (help_told.c.enrolment_id == enrolment) & (help_told.c.help == help_)
    connection.execute(delete(help_told).where(here))
    values = {"enrolment_id": enrolment, "help": help_, "attempt_id": attempt, "told_at": at}
    connection.execute(insert(help_told).values(values))


def told_to(
    connection: Connection, numbers: Collection[int], attempt: int | None = None
) -> set[tuple[int, str]]:
    """Return which enrolments were told about which help, by messages that may have arrived.

    What `attempt` itself tells is left out: a message that is sent again says it again.
    """
    wanted = (
        select(help_told.c.enrolment_id, help_told.c.help, attempts.c.id, attempts.c.outcome)
        .outerjoin(attempts, attempts.c.id == help_told.c.attempt_id)
        .where(help_told.c.enrolment_id.in_(numbers))
    )
    return {
        (row.enrolment_id, row.help)
        for row in connection.execute(wanted)
        if row.outcome not in NOT_ARRIVED and row.id != attempt
    }


def told_in_case(connection: Connection, case_id: int) -> set[tuple[int, str]]:
    """Return what the messages of a case have told, by enrolment and help."""
    wanted = (
        select(help_told.c.enrolment_id, help_told.c.help)
        .join(attempts, attempts.c.id == help_told.c.attempt_id)
        .where(attempts.c.case_id == case_id)
    )
    return {(row.enrolment_id, row.help) for row in connection.execute(wanted)}


def any_sentence(connection: Connection) -> bool:
    """Return whether a sentence about help has ever been written."""
    written = select(help_changes.c.id).where(help_changes.c.sentence != "").limit(1)
    return connection.scalar(written) is not None


def approved_in(connection: Connection, codes: Collection[str]) -> dict[Need, Standing]:
    """Return the needs of some workshops whose sentence may be sent."""
    found = {one.need: one.standing for one in help_changes_in(connection, codes)}
    return {need: one for need, one in found.items() if one.approved}


def forget_help(connection: Connection, numbers: Collection[int]) -> None:
    """Delete what some erased enrolments were told, and the sentences about what nobody else asked."""
    connection.execute(delete(help_told).where(help_told.c.enrolment_id.in_(numbers)))
    here = select(enrolments).where(enrolments.c.id.in_(numbers))
    mine = {(row.workshop_code, row.administration_code) for row in connection.execute(here)}
    codes = {workshop for workshop, _ in mine}
    known = {one.need for one in help_changes_in(connection, codes)}
    mine_too = {one for one in known if (one.workshop, one.administration) in mine}
    if mine_too:
        asked = asks_in(connection, codes).asks
        _forget_sentences(connection, mine_too - {need_of(one) for one in asked})


def need_of(ask: Ask) -> Need:
    """Return the need to which a person's wish belongs."""
    return Need(ask.workshop, ask.administration, ask.help)


def _forget_sentences(connection: Connection, needs: Collection[Need]) -> None:
    table = help_changes.c
    for need in needs:
        this = (table.workshop_code == need.workshop) & (table.help == need.help)
        connection.execute(
            update(help_changes)
            .where(this, table.administration_code == need.administration)
            .values(sentence="", translations={}, approved=False)
        )


def _change(row: Row[tuple[object, ...]]) -> HelpChange:
    need = Need(row.workshop_code, row.administration_code, row.help)
    standing = Standing(
        HelpState(row.state), row.due_on, row.sentence, row.translations, row.approved
    )
    return HelpChange(row.act_id, need, standing, row.changed_by, row.changed_at)
