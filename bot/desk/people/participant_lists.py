"""Import of people from a list, completely or not at all."""

from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.importing.people.duplicates import merge_duplicates
from bot.importing.people.enrolling_rows import Enroller
from bot.importing.people.person_rows import People
from bot.importing.people.reading import read_people
from bot.importing.rows.imported import Imported
from bot.importing.rows.rows import List, Reading, open_book
from bot.settings.office import Office
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.people.administrations import all_administrations, put_administrations


def import_participants(
    connection: Connection, office: Office, code: str, given: List, now: datetime
) -> Imported:
    """Enrol the people of a list in a workshop. Raise BadInput with all problems at once.

    A person is recognised by e-mail, or within the workshop by name and administration. The column
    `about` of a supervisor's row gives the e-mail or the name of the participant.
    """
    workshop = get_workshop(connection, code)
    reading = Reading(given.source)
    people = People(reading, all_administrations(connection), given.answers, workshop.country)
    read_people(open_book(given, reading), people)
    listed, asked = merge_duplicates(people.listed, reading, given.answers)
    reading.refuse_if_failed()
    questions = (*people.questions.values(), *asked)
    with connection.begin_nested() as trial:
        put_administrations(connection, people.added.values())
        counts = Enroller(connection, office, code, now).enrol(listed, reading)
        reading.refuse_if_failed()
        done = {"new": counts["new"], "changed": counts["changed"]}
        record(connection, office, Act.IMPORTED, f"{code} people", now, **done)
        if given.dry_run or questions:
            trial.rollback()
    return Imported(
        counts["new"],
        counts["changed"],
        counts["same"],
        warnings=reading.warnings,
        questions=questions,
        notes=tuple(people.notes),
        lines=tuple(f"{one.name} ({one.administration}), {one.role}" for one in listed),
    )
