"""The answers of one person to one questionnaire. That they were read is recorded."""

from bot.desk.people.reading_answers import read_answers
from bot.web.desk.rows import DeskPage
from bot.web.desk.visits import Screen, Visit
from storage.office.staff import StaffRole


async def show(visit: Visit) -> Screen:
    """Show the answers, in English where they are not in the person's own words."""
    place = (visit.place["workshop"], visit.place["wave"], visit.place["code"])
    found = await visit.write(read_answers, visit.office, place, visit.now)
    return Screen("person_answers.html", f"Answers of {found.name}", {"found": found})


PAGE = DeskPage("/people/{code}/answers/{workshop}/{wave}", StaffRole.ORGANISER, show)
