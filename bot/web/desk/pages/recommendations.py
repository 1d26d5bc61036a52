"""Recommendations of a fiscal year: proposed, worded, released, settled, each change with its undo."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.desk.reports import recommendations as desk
from bot.desk.reports.recommendation_wording import Wording
from bot.desk.reports.recommendations import Recommended
from bot.desk.waves.typed_days import typed_day
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Screen, Undo, Visit, number_in
from bot.wording.counts import counted
from bot.wording.days import day_words
from storage.database import Conflict
from storage.office.recommendations import get_recommendation
from storage.office.staff import StaffRole
from surveys.planning.fiscal_year import FiscalYear
from surveys.problems import BadInput, Problem
from surveys.recommendation import Became, Content

ORGANISER = StaffRole.ORGANISER
ADDRESS = "/reports/recommendations"
YEARS = 6
"""So many years can be chosen, the present one first."""
KNOWN = range(1990, 2101)
BECAME = (
    Choice(Became.DONE, "It was done"),
    Choice(Became.DROPPED, "It was dropped", "Say why."),
    Choice(Became.OPEN, "It is still open"),
)


async def show(visit: Visit) -> Screen:
    """Show the recommendations of a fiscal year."""
    year = _year(visit)
    now = FiscalYear.of(visit.today).begins
    data = {
        "year": year,
        "years": [FiscalYear(begins) for begins in range(now, now - YEARS, -1)],
        "found": await visit.read(desk.list_recommendations, year),
    }
    return Screen("recommendations.html", f"Recommendations of {year.name}", data)


def _year(visit: Visit) -> FiscalYear:
    """Return the year of the query; the one before the present if it names none."""
    typed = number_in(visit.query.get("year", ""), 4) or 0
    return FiscalYear(typed if typed in KNOWN else FiscalYear.of(visit.today).begins - 1)


def _year_of(form: Form) -> FiscalYear:
    """Return the year that a form names. Raise Conflict for none."""
    if form.number("year") not in KNOWN:
        raise Conflict("Choose a fiscal year.")
    return FiscalYear(form.number("year"))


async def _propose(visit: Visit, form: Form) -> Done:
    """Add what a rule proposes."""
    year = _year_of(form)
    given = (visit.transactions.patient, visit.office, year, visit.now)
    new = await asyncio.to_thread(desk.propose, *given)
    said = f"{counted(len(new), 'recommendation')} proposed. Word and release them."
    none = "Nothing new is proposed: too few people name the same, or it stands here already."
    back = tuple(recommendation_back(one.undo, f"Undo {one.number}") for one in new)
    return Done(said if new else none, back, _there(year.begins))


def _fields(one: Content) -> tuple[Field, ...]:
    due = day_words(one.due_on) if one.due_on else ""
    return (
        Field("words", "What is recommended", "textarea", one.words, required=True),
        Field("owner", "Who is to do it", "text", one.owner, "A body or a post, no person."),
        Field("due", "By when", "text", due, "In words, such as 30 June 2019."),
    )


async def _ask_add(visit: Visit, form: Form) -> Panel:
    year = _year_of(form)
    hidden = (("year", str(year.begins)),)
    return Panel(
        f"Add a recommendation to {year.name}", "Add it", (), _fields(Content("")), hidden
    )


async def _add(visit: Visit, form: Form) -> Done:
    year = _year_of(form)
    done = await visit.write(desk.add, visit.office, year, _wording(visit, form), visit.now)
    return _done(done, year.begins)


async def _ask_change(visit: Visit, form: Form) -> Panel:
    one = await visit.read(get_recommendation, form.number("number"))
    hidden = (("number", str(one.number)),)
    title = f"Change recommendation {one.number}"
    return Panel(title, "Save it", (), _fields(one.content), hidden)


async def _change(visit: Visit, form: Form) -> Done:
    wording = _wording(visit, form)
    return await _changed(visit, form, desk.change, wording)


def _wording(visit: Visit, form: Form) -> Wording:
    due = form.text("due")
    day = typed_day(due, visit.today, "By when") if due else None
    return Wording(form.text("words"), form.text("owner"), day)


async def _ask_settle(visit: Visit, form: Form) -> Panel:
    one = await visit.read(get_recommendation, form.number("number"))
    fields = (
        Field("became", "It", "radio", one.content.outcome, choices=BECAME, required=True),
        Field("because", "In a sentence", "text", one.content.outcome_words),
    )
    title = f"What became of recommendation {one.number}?"
    return Panel(title, "Save it", (one.content.words,), fields, (("number", str(one.number)),))


async def _settle(visit: Visit, form: Form) -> Done:
    if form.text("became") not in set(Became):
        raise Conflict("Choose what became of it.")
    outcome = (Became(form.text("became")), form.text("because"))
    if outcome == (Became.DROPPED, ""):
        raise BadInput([Problem("In a sentence", "", "is empty.", fix="Say why it was dropped.")])
    return await _changed(visit, form, desk.settle, outcome)


async def _changed(
    visit: Visit, form: Form, act: Callable[..., Recommended], *given: object
) -> Done:
    number = form.number("number")
    done = await visit.write(act, visit.office, number, *given, visit.now)
    one = await visit.read(get_recommendation, done.number)
    return _done(done, one.fiscal_year)


def _at_once(act: Callable[..., Recommended]) -> Callable[[Visit, Form], Awaitable[Done]]:
    async def run(visit: Visit, form: Form) -> Done:
        return await _changed(visit, form, act)

    return run


def _done(done: Recommended, year: int) -> Done:
    return Done(done.said, (recommendation_back(done.undo),) if done.changed else (), _there(year))


def recommendation_back(number: int, label: str = "Undo") -> Undo:
    """Return what takes a change of a recommendation back."""
    return Undo(ADDRESS, "undo", (("number", str(number)),), label)


def _there(year: int) -> str:
    return f"{ADDRESS}?year={year}"


PAGE = DeskPage(
    ADDRESS,
    ORGANISER,
    show,
    {
        "propose": DeskAct(ORGANISER, _propose),
        "add": DeskAct(ORGANISER, _add, _ask_add),
        "change": DeskAct(ORGANISER, _change, _ask_change),
        "release": DeskAct(ORGANISER, _at_once(desk.release)),
        "withdraw": DeskAct(ORGANISER, _at_once(desk.withdraw)),
        "settle": DeskAct(ORGANISER, _settle, _ask_settle),
        "undo": DeskAct(ORGANISER, _at_once(desk.undo)),
    },
)
