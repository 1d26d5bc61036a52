"""Programmes and the results of their operations."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import Connection, Row, delete, insert, select, update

from storage.database import NotFound
from storage.schema import operation_results, programmes
from surveys.programme import Programme, Result, Step

THOUSAND = 1000


def put_programme(connection: Connection, programme: Programme) -> None:
    """Add a programme or correct the known one with its code."""
    values = {
        "operation": programme.operation,
        "days": programme.days,
        "month": programme.month,
        "trainers_workshop": programme.trainers.workshop or None,
        "trainers_month": programme.trainers.month,
        "follow_up_workshop": programme.follow_up.workshop or None,
        "follow_up_month": programme.follow_up.month,
    }
    mine = programmes.c.code == programme.code
    known = connection.execute(update(programmes).where(mine).values(values)).rowcount
    if not known:
        connection.execute(insert(programmes).values(code=programme.code, **values))


def lock_programme(connection: Connection, code: str) -> None:
    """Let others wait with this programme, if there is one, until the transaction ends."""
    connection.execute(
        select(programmes.c.code).where(programmes.c.code == code).with_for_update()
    )


def delete_programme(connection: Connection, code: str) -> None:
    """Delete a programme with the results of its operation."""
    connection.execute(delete(operation_results).where(operation_results.c.programme_code == code))
    connection.execute(delete(programmes).where(programmes.c.code == code))


def find_programme(connection: Connection, code: str) -> Programme | None:
    """The programme with this code."""
    row = connection.execute(select(programmes).where(programmes.c.code == code)).one_or_none()
    return _programme(row) if row else None


def get_programme(connection: Connection, code: str) -> Programme:
    """The programme with this code; NotFound names it."""
    found = find_programme(connection, code)
    if found is None:
        raise NotFound(f"There is no programme {code}. `followup programme list` shows all codes.")
    return found


def all_programmes(connection: Connection) -> list[Programme]:
    """All programmes by the month of their operation."""
    rows = connection.execute(select(programmes).order_by(programmes.c.month, programmes.c.code))
    return [_programme(row) for row in rows]


def put_results(connection: Connection, code: str, results: Sequence[Result]) -> None:
    """Replace the results of a programme's operation."""
    table = operation_results
    connection.execute(delete(table).where(table.c.programme_code == code))
    for position, one in enumerate(results):
        whole = int(one.amount)
        thousandths = int((one.amount - whole) * THOUSAND)
        amount = {"amount": whole, "thousandths": thousandths}
        values = {"kind": one.kind, "unit": one.unit, **amount, "position": position}
        connection.execute(insert(table).values(programme_code=code, **values))


def results_of(connection: Connection, code: str) -> list[Result]:
    """The results of a programme's operation in the order of their list."""
    table = operation_results.c
    rows = connection.execute(
        select(table.kind, table.unit, table.amount, table.thousandths)
        .where(table.programme_code == code)
        .order_by(table.position)
    )
    return [Result(kind, unit, amount_of(*parts)) for kind, unit, *parts in rows]


def amount_of(whole: int, thousandths: int) -> Decimal:
    """Return an amount from its parts as they are stored."""
    return Decimal(whole) + Decimal(thousandths) / THOUSAND


def _programme(row: Row[tuple[object, ...]]) -> Programme:
    return Programme(
        row.code,
        row.operation,
        row.days,
        row.month,
        Step(row.trainers_workshop or "", row.trainers_month),
        Step(row.follow_up_workshop or "", row.follow_up_month),
    )
