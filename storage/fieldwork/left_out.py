"""People whom the office leaves out of one wave, which may not have opened yet."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from storage.due_workshops import mark_enrolment_due
from storage.schema import left_out


def leave_out(connection: Connection, enrolment_id: int, wave_key: str, at: datetime) -> bool:
    """Leave an enrolment out of a wave; False if it was left out before."""
    if wave_key in waves_without(connection, enrolment_id):
        return False
    new = {"enrolment_id": enrolment_id, "wave_key": wave_key, "left_out_at": at}
    connection.execute(insert(left_out).values(new))
    mark_enrolment_due(connection, enrolment_id)
    return True


def take_in(connection: Connection, enrolment_id: int, wave_key: str) -> bool:
    """Ask an enrolment in a wave again; False if it was not left out."""
    this = (left_out.c.enrolment_id == enrolment_id) & (left_out.c.wave_key == wave_key)
    taken = connection.execute(delete(left_out).where(this)).rowcount
    mark_enrolment_due(connection, enrolment_id)
    return bool(taken)


def waves_without(connection: Connection, enrolment_id: int) -> set[str]:
    """Return the keys of the waves that an enrolment is left out of."""
    mine = select(left_out.c.wave_key).where(left_out.c.enrolment_id == enrolment_id)
    return set(connection.scalars(mine))
