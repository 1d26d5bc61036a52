"""Acts on one case of a person: the wrong workshop, set aside, opened again, closed."""

from collections.abc import Callable
from functools import partial

from bot.desk.people import case_changes
from bot.desk.people.case_changes import DAYS_OPEN, CaseChange
from bot.desk.people.cases import PersonCase, cases_of_person
from bot.web.desk.pages.people.common import back, is_undo, line, person_of
from bot.web.desk.rows import DeskAct
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Undo, Visit
from storage.database import Conflict, NotFound
from storage.office.staff import StaffRole
from surveys.people import Participant
from surveys.problems import BadInput, Problem

WRONG = "wrong workshop"
ASIDE = "aside"
"""The choice that moves no answers."""
Change = Callable[..., CaseChange]


async def case_of(visit: Visit, form: Form) -> tuple[Participant, PersonCase]:
    """Return the person of the page and the case that a form names, which must be the person's."""
    person = await person_of(visit)
    known = await visit.read(cases_of_person, person.id, visit.now)
    found = next((one for one in known if _is_meant(one, form)), None)
    if found is None:
        raise NotFound("This questionnaire is not there any more.")
    return person, found


def _is_meant(case: PersonCase, form: Form) -> bool:
    """Return whether a form names a case, by its number or by workshop and wave."""
    place = (form.text("workshop"), form.text("wave"))
    return case.number == form.number("case") or (case.workshop, case.wave) == place


def _about(case: PersonCase) -> tuple[tuple[str, str], ...]:
    return (("case", str(case.number)),)


async def _looked(visit: Visit, case: PersonCase, change: Change, *more: object) -> CaseChange:
    """Return what a change would do. Conflict if it cannot be done, or is done already."""
    look = partial(change, dry_run=True)
    done = await visit.write(look, visit.office, case.number, *more, visit.now)
    if not done.changed:
        raise Conflict(done.said)
    return done


async def _done(
    visit: Visit, case: PersonCase, change: Change, *more: object, undo: Undo | None = None
) -> Done:
    done = await visit.write(change, visit.office, case.number, *more, visit.now)
    undos = (undo,) if undo and done.changed else ()
    return Done(f"{done.said} {done.told}".strip(), undos)


def _undo(person: Participant, act: str, number: int, *more: tuple[str, str]) -> Undo:
    return back(person.code, act, ("case", str(number)), *more)


async def ask_wrong(visit: Visit, form: Form) -> Panel | None:
    """Ask what shall happen to answers about the wrong workshop."""
    _person, case = await case_of(visit, form)
    looked = await _looked(visit, case, case_changes.set_aside, WRONG)
    moves = [
        Choice(code, f"Move them to {code}", "The same questions, not answered there yet.")
        for code in case.move_to
    ]
    aside = Choice(
        ASIDE, "Set them aside", "In no report, kept for the office. Nothing more is asked."
    )
    what = Field(
        "to", "What shall happen to them?", "radio", choices=(*moves, aside), required=True
    )
    title = f"The answers to {case.wave} are not about {case.title}?"
    return Panel(title, "Save", (looked.told,), (what,), _about(case))


async def wrong(visit: Visit, form: Form) -> Done:
    """Move the answers of a case, or set it aside."""
    person, case = await case_of(visit, form)
    to = form.text("to")
    if to == ASIDE:
        undo = _undo(person, "put-back", case.number)
        return await _done(visit, case, case_changes.set_aside, WRONG, undo=undo)
    if not to:
        raise BadInput([Problem("Answers", "", "Choose what shall happen to them.")])
    return await move(visit, form)


async def move(visit: Visit, form: Form) -> Done:
    """Move the answers of a case to another workshop; moving them back takes it back."""
    person, case = await case_of(visit, form)
    change = case_changes.move_answers
    done = await visit.write(change, visit.office, case.number, form.text("to"), visit.now)
    undo = _undo(person, "move-answers", done.number, ("to", case.workshop))
    return Done(f"{done.said} {done.told}".strip(), (undo,) if done.changed else ())


async def ask_move(visit: Visit, form: Form) -> Panel | None:
    """Ask before answers are moved, except to take a move back."""
    if is_undo(form):
        return None
    _person, case = await case_of(visit, form)
    to = form.text("to")
    looked = await _looked(visit, case, case_changes.move_answers, to)
    lines = (looked.said, looked.told)
    return Panel(f"Move the answers to {to}?", "Move", lines, (), (*_about(case), ("to", to)))


async def ask_aside(visit: Visit, form: Form) -> Panel | None:
    """Ask why a case is set aside."""
    if is_undo(form):
        return None
    _person, case = await case_of(visit, form)
    looked = await _looked(visit, case, case_changes.set_aside, WRONG)
    why = line("reason", "Why? It stays with the office.")
    lines = (looked.said, looked.told)
    return Panel(
        f"Set {case.wave} of {case.title} aside?", "Set aside", lines, (why,), _about(case)
    )


async def aside(visit: Visit, form: Form) -> Done:
    """Set a case aside."""
    person, case = await case_of(visit, form)
    reason = form.text("reason")
    if not reason:
        raise BadInput([Problem("Why", "", "Say why the questionnaire is set aside.")])
    undo = _undo(person, "put-back", case.number)
    return await _done(visit, case, case_changes.set_aside, reason, undo=undo)


async def ask_put_back(visit: Visit, form: Form) -> Panel | None:
    """Ask before a case counts again."""
    if is_undo(form):
        return None
    _person, case = await case_of(visit, form)
    looked = await _looked(visit, case, case_changes.put_back)
    lines = (looked.said, looked.told)
    return Panel(
        f"Let {case.wave} of {case.title} count again?", "Put back", lines, (), _about(case)
    )


async def put_back(visit: Visit, form: Form) -> Done:
    """Let a case count again."""
    person, case = await case_of(visit, form)
    undo = _undo(person, "set-aside", case.number, ("reason", case.reason))
    return await _done(visit, case, case_changes.put_back, undo=undo)


async def ask_reopen(visit: Visit, form: Form) -> Panel | None:
    """Ask for how long a closed case is opened again."""
    if is_undo(form):
        return None
    _person, case = await case_of(visit, form)
    looked = await _looked(visit, case, case_changes.reopen, DAYS_OPEN)
    days = line("days", "For how many days?", str(DAYS_OPEN))
    title = f"Open {case.wave} of {case.title} again?"
    return Panel(title, "Open it", (looked.told,), (days,), _about(case))


async def reopen(visit: Visit, form: Form) -> Done:
    """Open a closed case again."""
    person, case = await case_of(visit, form)
    undo = _undo(person, "close", case.number)
    days = form.number("days")
    return await _done(visit, case, case_changes.reopen, days, undo=undo)


async def ask_close(visit: Visit, form: Form) -> Panel | None:
    """Ask before a case that was opened again is closed."""
    if is_undo(form):
        return None
    _person, case = await case_of(visit, form)
    looked = await _looked(visit, case, case_changes.close_again)
    lines = (looked.said, looked.told)
    return Panel(f"Close {case.wave} of {case.title} again?", "Close it", lines, (), _about(case))


async def close(visit: Visit, form: Form) -> Done:
    """Close a case that was opened again."""
    person, case = await case_of(visit, form)
    undo = _undo(person, "reopen", case.number, ("days", str(DAYS_OPEN)))
    return await _done(visit, case, case_changes.close_again, undo=undo)


_ORGANISER = StaffRole.ORGANISER
ACTS = {
    "wrong": DeskAct(_ORGANISER, wrong, ask_wrong),
    "move-answers": DeskAct(_ORGANISER, move, ask_move),
    "set-aside": DeskAct(_ORGANISER, aside, ask_aside),
    "put-back": DeskAct(_ORGANISER, put_back, ask_put_back),
    "reopen": DeskAct(_ORGANISER, reopen, ask_reopen),
    "close": DeskAct(_ORGANISER, close, ask_close),
}
