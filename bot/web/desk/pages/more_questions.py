"""One more questionnaire for a workshop, on a day; and the choices of its own in questionnaires."""

from bot.desk.waves.typed_days import typed_day
from bot.desk.workshops import added_waves
from bot.settings.office import Office
from bot.web.desk.pages import own_choices
from bot.web.desk.pages.own_choices import questions_address
from bot.web.desk.pages.wave_acts import wave_address
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Screen, Undo, Visit
from storage.fieldwork.workshops import get_workshop
from storage.instruments.questionnaires import published_titles
from storage.instruments.workshop_lists import lists_of
from storage.office.staff import StaffRole
from surveys.people import Role
from surveys.planning.plan import read_offset
from surveys.problems import BadInput, Problem
from surveys.workshop import AddedWave

ORGANISER = StaffRole.ORGANISER
ROLES = {
    Role.PARTICIPANT: "Participants",
    Role.SUPERVISOR: "Supervisors",
    Role.CONTACT_POINT: "Contact points",
}
OPEN_DAYS = 28
IN_WORDS = "In words, such as 11 June."


async def show(visit: Visit) -> Screen:
    """Show the questionnaires that this workshop has beside its plan, and its own choices."""
    workshop = await visit.read(get_workshop, visit.place["code"])
    data = {
        "workshop": workshop,
        "lists": await visit.read(lists_of, workshop.code),
        "wave_address": wave_address,
    }
    return Screen("more_questions.html", f"More questions for {workshop.title}", data)


async def _ask_add(visit: Visit, form: Form) -> Panel:
    titles = await visit.read(published_titles)
    kinds = tuple(Choice(key, f"{title} ({key})") for key, title in sorted(titles.items()))
    roles = tuple(Choice(role, text) for role, text in ROLES.items())
    fields = (
        Field("key", "Questionnaire", "select", form.text("key"), choices=kinds, required=True),
        Field("role", "Who is asked", "radio", form.text("role") or "participant", choices=roles),
        Field(
            "day",
            "First day",
            value=form.text("day"),
            hint="In words, such as 11 June.",
            required=True,
        ),
        Field("days", "Open for so many days", value=form.text("days") or str(OPEN_DAYS)),
    )
    if not form.text("day"):
        return Panel("Ask one more questionnaire?", "Show what would happen", (), fields)
    found = await visit.read(added_waves.look, *_here(visit), _wanted(visit, form), visit.now)
    return Panel("Ask one more questionnaire?", "Ask it", (found.said,), fields, grown=True)


def _here(visit: Visit) -> tuple[Office, str]:
    return visit.office, visit.place["code"]


def _wanted(visit: Visit, form: Form) -> added_waves.NewWave:
    """Return the wave that a form describes. Raise BadInput."""
    opens = form.text("day")
    if read_offset(opens) is None:
        opens = typed_day(opens, visit.today, "First day").isoformat()
    role = form.text("role")
    if role not in {str(one) for one in ROLES}:
        raise BadInput((Problem("Who is asked", "", "is not chosen."),))
    days = form.number("days")
    if not 1 <= days <= 365:
        fix = "Write a number from 1 to 365."
        raise BadInput((Problem("Days", "", "is no number of days.", form.text("days"), fix),))
    return added_waves.NewWave(form.text("key").upper(), opens, Role(role), days)


async def _add(visit: Visit, form: Form) -> Done:
    done = await visit.write(added_waves.add, *_here(visit), _wanted(visit, form), visit.now)
    key = done.wave.key
    undo = (Undo(questions_address(visit.place["code"]), "drop", (("wave", key),)),)
    return Done(done.said, undo if done.changed else ())


async def _drop(visit: Visit, form: Form) -> Done:
    code, key = visit.place["code"], form.text("wave")
    wave = await visit.write(added_waves.drop, *_here(visit), key, visit.now)
    said = f"{code} {wave.key} is taken back. Nobody is asked in it."
    return Done(said, (add_again(code, wave),))


def add_again(code: str, wave: AddedWave) -> Undo:
    """Return what adds a wave again that was taken back."""
    fields = (
        ("key", wave.questionnaire),
        ("role", wave.role),
        ("day", wave.opens),
        ("days", str(wave.open_days)),
    )
    return Undo(questions_address(code), "add", fields)


PAGE = DeskPage(
    "/workshops/{code}/questions",
    ORGANISER,
    show,
    {
        "add": DeskAct(ORGANISER, _add, _ask_add),
        "drop": DeskAct(ORGANISER, _drop),
        "send": DeskAct(ORGANISER, own_choices.send, file=True),
        "put-back": DeskAct(ORGANISER, own_choices.put_back, own_choices.ask_put_back),
    },
)
