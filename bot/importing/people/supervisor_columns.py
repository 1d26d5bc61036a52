"""The columns of a participant's supervisor: name and e-mail address."""

from dataclasses import replace

from bot.importing.people.listed import ListedPerson
from bot.importing.rows.rows import Row
from bot.importing.tables.cells import Cell
from surveys.people import Role


def supervisor_row(row: Row, person: ListedPerson) -> Row | None:
    """Return a row for the supervisor whom the row of a participant names; None without one.

    The supervisor is of the same administration, and is asked about this participant.
    """
    name, email = row.cell("supervisor"), row.cell("supervisor_email")
    if person.role is not Role.PARTICIPANT or not (name.text or email.text):
        return None
    cells = {
        "name": name,
        "email": email,
        "administration": Cell(person.administration),
        "language": Cell(person.language),
        "role": Cell(Role.SUPERVISOR),
        "about": Cell(person.email or person.name),
    }
    labels = {
        "name": row.labels.get("supervisor", "supervisor"),
        "email": row.labels.get("supervisor_email", "supervisor email"),
        "about": row.labels.get("name", "name"),
    }
    what = f"supervisor of {row.what}"
    return replace(row, cells=cells, labels=labels, extra=(), aside=(), what=what)
