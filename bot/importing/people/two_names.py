"""Rows that may be two people. What looks like it is pointed at, what only may be it is asked."""

from bot.importing.people.compound import may_name_two, names_two
from bot.importing.people.found import OUT, People
from bot.importing.rows.open_questions import LEAVE_OUT, Choice, Question
from bot.importing.rows.rows import Row

TWO_NAMES, ONE = "two names", "one person"


def may_be_two(people: People, row: Row) -> bool:
    """Return whether a row is left out, or asked about, because it may be two people."""
    cell = row.cell("name")
    if names_two(cell):
        fix = "Give each person a row of their own."
        people.reading.wrong(row, "name", "looks like two people.", fix)
        return False
    answer = people.answers.get(TWO_NAMES) if may_name_two(cell, row.get("email")) else ONE
    if answer == ONE:
        return False
    if answer == LEAVE_OUT:
        people.notes.append(f"{row.place}, {cell.text}, was left out: it is two people.")
    else:
        choices = (Choice("One person", ONE), OUT)
        people.ask(Question(TWO_NAMES, f"{row.place}: is '{cell.text}' one person?", choices), row)
    return True
