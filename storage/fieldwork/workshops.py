"""Workshops and their donors."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, insert, select, update

from storage.database import NotFound
from storage.due_workshops import mark_due
from storage.fieldwork.wave_decisions import NOT_HELD, Held
from storage.schema import added_waves, attempts, cases, plans, waves, workshop_donors, workshops
from surveys.workshop import AddedWave, Workshop

BY_PLAN = "plan"
"""Who opened a wave that opened by its plan."""
WITH_PLAN = select(workshops, plans.c.body.label("office_plan")).join(
    plans, plans.c.key == workshops.c.plan, isouter=True
)
"""Workshops with the text of their plan, where the office has written it."""
_DONORS = select(workshop_donors).order_by(workshop_donors.c.position)
_ADDED = select(added_waves).order_by(added_waves.c.added_at, added_waves.c.key)
# Built once, because each round runs them often: building a statement costs more than running it.
_ONE = WITH_PLAN.where(workshops.c.code == bindparam("code"))
_DONORS_OF = _DONORS.where(workshop_donors.c.workshop_code == bindparam("code"))
_ADDED_TO = _ADDED.where(added_waves.c.workshop_code == bindparam("code"))
_ALL = (_DONORS, _ADDED, WITH_PLAN.order_by(workshops.c.starts_on, workshops.c.code))
_CODES: BindParameter[str] = bindparam("codes", expanding=True)
_SOME = (
    _DONORS.where(workshop_donors.c.workshop_code.in_(_CODES)),
    _ADDED.where(added_waves.c.workshop_code.in_(_CODES)),
    _ALL[2].where(workshops.c.code.in_(_CODES)),
)
_BETWEEN = select(workshops.c.code).where(
    workshops.c.ends_on >= bindparam("first"),
    workshops.c.starts_on <= bindparam("last"),
    workshops.c.cancelled_at.is_(None),
)


def put_workshop(connection: Connection, workshop: Workshop) -> bool:
    """Add a workshop or correct the one with its code; return True if it is new.

    A cancellation is stored separately and stays as it is.
    """
    values = {
        "title": workshop.title,
        "kind": workshop.kind,
        "starts_on": workshop.starts_on,
        "ends_on": workshop.ends_on,
        "confirmed": workshop.confirmed,
        "city": workshop.city,
        "country": workshop.country,
        "plan": workshop.plan,
        "note": workshop.note,
    }
    known = find_workshop(connection, workshop.code)
    if known is not None:
        connection.execute(
            update(workshops).where(workshops.c.code == workshop.code).values(values)
        )
        if (known.starts_on, known.ends_on) != (workshop.starts_on, workshop.ends_on):
            _forget_unseen(connection, workshop.code)
    else:
        connection.execute(insert(workshops).values(code=workshop.code, **values))
    connection.execute(
        delete(workshop_donors).where(workshop_donors.c.workshop_code == workshop.code)
    )
    for position, donor in enumerate(workshop.donors):
        connection.execute(
            insert(workshop_donors).values(
                workshop_code=workshop.code, donor=donor, position=position
            )
        )
    mark_due(connection, [workshop.code])
    return known is None


def put_planned(connection: Connection, workshop: Workshop, at: datetime) -> None:
    """Add or correct a workshop that the office gives at a moment, as a calendar does.

    Where its days are new, waves that are near or past by then wait for a yes.
    """
    known = find_workshop(connection, workshop.code)
    put_workshop(connection, workshop)
    if known is None or _planned(known) != _planned(workshop):
        set_planned_since(connection, workshop.code, at)


def _planned(workshop: Workshop) -> tuple[object, ...]:
    return workshop.starts_on, workshop.ends_on, workshop.confirmed, workshop.plan


def set_planned_since(connection: Connection, code: str, at: datetime) -> None:
    """Note since when the days of a workshop stand."""
    connection.execute(update(workshops).where(workshops.c.code == code).values(planned_since=at))


def set_workshop_held(connection: Connection, code: str, held: Held | None) -> None:
    """Hold a workshop, or release it with None."""
    values = held.values if held else NOT_HELD
    connection.execute(update(workshops).where(workshops.c.code == code).values(values))
    mark_due(connection, [code])


def set_workshop_remind_on(connection: Connection, code: str, day: date) -> None:
    """Set the day on which organisers are reminded that a workshop is on hold."""
    connection.execute(update(workshops).where(workshops.c.code == code).values(remind_on=day))


def find_workshop(connection: Connection, code: str) -> Workshop | None:
    """Return the workshop with this code; None if there is none."""
    which = {"code": code}
    row = connection.execute(_ONE, which).one_or_none()
    if row is None:
        return None
    donors = (one.donor for one in connection.execute(_DONORS_OF, which))
    added = (added_wave_of(one) for one in connection.execute(_ADDED_TO, which))
    return workshop_of(row, donors, added)


def get_workshop(connection: Connection, code: str) -> Workshop:
    """Return the workshop with this code. NotFound names the code."""
    workshop = find_workshop(connection, code)
    if workshop is None:
        raise NotFound(f"There is no workshop {code}. `followup workshop list` shows all codes.")
    return workshop


def lock_workshop(connection: Connection, code: str) -> Workshop:
    """Return a workshop, locked so that its waves are opened and closed once."""
    # This lock lets other transactions enrol people meanwhile.
    held = select(workshops.c.code).where(workshops.c.code == code)
    connection.execute(held.with_for_update(key_share=True))
    return get_workshop(connection, code)


def all_workshops(connection: Connection) -> list[Workshop]:
    """All workshops by their first day."""
    return _workshops(connection, None)


def workshop_codes(connection: Connection) -> list[str]:
    """The codes of all workshops."""
    return list(connection.scalars(select(workshops.c.code).order_by(workshops.c.code)))


def workshops_with(connection: Connection, codes: Collection[str]) -> list[Workshop]:
    """The workshops with these codes, by their first day."""
    return _workshops(connection, codes)


def plain_workshops_with(connection: Connection, codes: Collection[str]) -> list[Workshop]:
    """The workshops with these codes, by their first day, without their donors and added waves."""
    rows = connection.execute(_SOME[2], {"codes": list(codes)}) if codes else ()
    return [workshop_of(row) for row in rows]


def workshops_between(connection: Connection, first: date, last: date) -> list[Workshop]:
    """The workshops with a day between two days that were not cancelled, by their first day."""
    here = connection.scalars(_BETWEEN, {"first": first, "last": last})
    return _workshops(connection, list(here))


def move_workshop(connection: Connection, code: str, starts_on: date, ends_on: date) -> Workshop:
    """Change the days of a workshop and confirm them."""
    get_workshop(connection, code)
    connection.execute(
        update(workshops)
        .where(workshops.c.code == code)
        .values(starts_on=starts_on, ends_on=ends_on, confirmed=True)
    )
    _forget_unseen(connection, code)
    mark_due(connection, [code])
    return get_workshop(connection, code)


def note_moved_by_hand(connection: Connection, code: str, at: datetime | None) -> None:
    """Note when staff moved a workshop, or with None that its days are those of the calendar."""
    connection.execute(update(workshops).where(workshops.c.code == code).values(moved_at=at))


def moved_by_hand(connection: Connection) -> list[str]:
    """Return the codes of the workshops that staff moved after the calendar."""
    return list(
        connection.scalars(select(workshops.c.code).where(workshops.c.moved_at.is_not(None)))
    )


def _forget_unseen(connection: Connection, code: str) -> None:
    """Delete the waves of a workshop with changed days that nobody has seen; they are planned anew.

    Kept are waves that an organiser opened, holds, skipped or gave days, and those with a message
    sent or an interview begun.
    """
    mine = waves.c.workshop_code == code
    untouched = waves.c.held_at.is_(None) & waves.c.skipped_at.is_(None)
    untouched &= waves.c.days_set_at.is_(None)
    has_case = select(cases.c.id).where(cases.c.wave_id == waves.c.id).exists()
    not_opened = waves.c.opened_at.is_(None) & untouched
    connection.execute(delete(waves).where(mine, not_opened, ~has_case))
    tried = select(attempts.c.id).where(attempts.c.case_id == cases.c.id).exists()
    seen = tried | cases.c.asked_at.is_not(None) | cases.c.started_at.is_not(None)
    unseen = select(waves.c.id).where(
        mine,
        waves.c.opened_by == BY_PLAN,
        waves.c.closed_at.is_(None),
        waves.c.held_at.is_(None),
        ~select(cases.c.id).where(cases.c.wave_id == waves.c.id, seen).exists(),
    )
    numbers = list(connection.scalars(unseen))
    connection.execute(delete(cases).where(cases.c.wave_id.in_(numbers)))
    connection.execute(delete(waves).where(waves.c.id.in_(numbers)))


def set_cancelled(connection: Connection, code: str, at: datetime | None) -> None:
    """Cancel a workshop at a moment, or restore it with None."""
    get_workshop(connection, code)
    connection.execute(update(workshops).where(workshops.c.code == code).values(cancelled_at=at))
    mark_due(connection, [code])


def _workshops(connection: Connection, codes: Collection[str] | None) -> list[Workshop]:
    if codes is not None and not codes:
        return []
    donors, added, wanted = _ALL if codes is None else _SOME
    which = {} if codes is None else {"codes": list(codes)}
    by_code: dict[str, list[str]] = {}
    for row in connection.execute(donors, which):
        by_code.setdefault(row.workshop_code, []).append(row.donor)
    own: dict[str, list[AddedWave]] = {}
    for row in connection.execute(added, which):
        own.setdefault(row.workshop_code, []).append(added_wave_of(row))
    return [
        workshop_of(row, by_code.get(row.code, ()), own.get(row.code, ()))
        for row in connection.execute(wanted, which)
    ]


def added_wave_of(row: Row[tuple[object, ...]]) -> AddedWave:
    """An added wave from its row."""
    return AddedWave(row.key, row.role, row.questionnaire, row.opens, row.open_days)


def workshop_of(
    row: Row[tuple[object, ...]],
    donors: Iterable[str] = (),
    added: Iterable[AddedWave] = (),
) -> Workshop:
    """A workshop from its row with the text of its plan, its donors and its added waves."""
    return Workshop(
        code=row.code,
        title=row.title,
        kind=row.kind,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        city=row.city,
        country=row.country,
        plan=row.plan,
        confirmed=row.confirmed,
        cancelled_at=row.cancelled_at,
        note=row.note,
        office_plan=row.office_plan or "",
        planned_since=row.planned_since,
        held_at=row.held_at,
        hold_reason=row.hold_reason,
        remind_on=row.remind_on,
        donors=tuple(donors),
        added=tuple(added),
    )
