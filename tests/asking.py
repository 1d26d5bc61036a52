"""People of a workshop who have asked the office for help, put into a database as answers are."""

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from storage import schema
from storage.instruments.questionnaires import publish
from surveys.authoring.packaged import packaged_questionnaire

AT = datetime(2018, 3, 10, 2, tzinfo=UTC)
_IS_M3 = schema.questionnaires.c.key == "M3"


def asked_for_templates(connection: Connection, code: str) -> None:
    """The first two people of a workshop have asked for templates in the wave of three months."""
    if connection.scalar(select(schema.questionnaires.c.version).where(_IS_M3)) is None:
        publish(connection, packaged_questionnaire("M3"), AT)
    wave: dict[str, object] = {"workshop_code": code, "key": "M3", "role": "participant"}
    wave |= {"questionnaire_key": "M3", "questionnaire_version": 1}
    days = {"opens_on": AT.date(), "closes_on": AT.date(), "opened_at": AT, "closed_at": AT}
    added = insert(schema.waves).values(wave | days).returning(schema.waves.c.id)
    number = connection.execute(added).scalar_one()
    mine = schema.enrolments.c.workshop_code == code
    for one in connection.scalars(select(schema.enrolments.c.id).where(mine).limit(2)).all():
        _answered(connection, number, one)


def _answered(connection: Connection, wave: int, enrolment: int) -> None:
    values = {"wave_id": wave, "enrolment_id": enrolment, "created_at": AT}
    added = insert(schema.cases).values(values).returning(schema.cases.c.id)
    told = {"case_id": connection.execute(added).scalar_one(), "item": "help"}
    told |= {"value": "templates", "state": "answered", "language": "en", "channel": "demo"}
    connection.execute(insert(schema.answers).values(told | {"answered_at": AT}))
