"""Asked of the office: help that people asked for, taken up, closed with a sentence, and approved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.desk.asked import acts
from bot.desk.asked.acts import HelpResult
from bot.desk.asked.listing import (
    AskedHelp,
    Wanted,
    asked_help,
    languages_asked,
    name_of,
    standing_words,
)
from bot.desk.waves.typed_days import typed_day
from bot.web.desk.pages.people.common import typed
from bot.web.desk.paging import page_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Field, Form, Panel, Screen, Undo, Visit
from storage.office.staff import StaffRole
from surveys.help_asked import HelpState
from surveys.names import language_in
from surveys.wording import ENGLISH

ADDRESS = "/people/asked"
ON_A_PAGE = 20
TAGS = {HelpState.WAITING: "now", HelpState.TAKEN: "soon", HelpState.DONE: "ok"}
SENTENCE = "sentence-"
"""How the names of fields with a sentence begin; the language follows."""


@dataclass(frozen=True)
class Group:
    """One kind of help in a workshop, with the administrations that asked for it."""

    needs: Sequence[AskedHelp]

    @property
    def first(self) -> AskedHelp:
        return self.needs[0]

    @property
    def people(self) -> int:
        return sum(one.people for one in self.needs)

    @property
    def about(self) -> list[tuple[str, str]]:
        """What names it in addresses and forms."""
        return [("workshop", self.first.need.workshop), ("help", self.first.need.help)]

    @property
    def open(self) -> bool:
        """Whether some of it is not done."""
        return any(one.standing.state is not HelpState.DONE for one in self.needs)

    @property
    def waits(self) -> bool:
        """Whether a sentence waits for approval."""
        return any(one.waits_for_approval for one in self.needs)


async def show(visit: Visit) -> Screen:
    """Show what people asked for, what waits first."""
    code = visit.query.get("workshop", "")
    found = await visit.read(asked_help, code)
    pages, shown = page_of(_grouped(found), visit.query, ON_A_PAGE)
    data = {"groups": shown, "pages": pages, "words": standing_words, "tag": _tag, "code": code}
    data |= {"day_of": visit.office.day_of}
    return Screen("asked.html", "Asked of the office", data)


def _tag(one: AskedHelp) -> str:
    return "soon" if one.waits_for_approval else TAGS[one.standing.state]


def _grouped(found: Sequence[AskedHelp]) -> list[Group]:
    groups: dict[tuple[str, str], list[AskedHelp]] = {}
    for one in found:
        groups.setdefault((one.need.workshop, one.need.help), []).append(one)
    return [Group(needs) for needs in groups.values()]


async def _ask_take(visit: Visit, form: Form) -> Panel:
    """Ask until when help is taken up."""
    until = Field("by", "Until when", value=form.text("by"), hint="Such as 30 June", required=True)
    lines = ("Nobody outside the office is told.",)
    name = await _named(visit, form)
    return Panel(f"Take up {name}?", "Take it up", lines, (until,), _hidden(form))


async def _take(visit: Visit, form: Form) -> Done:
    day = typed_day(form.text("by"), visit.today, "Until when")
    return _done(
        await typed(visit.write(acts.take_up, visit.office, _wanted(form), day, visit.now))
    )


async def _ask_close(visit: Visit, form: Form) -> Panel:
    """Ask for the sentence, in the languages of the people who asked."""
    spoken = await visit.read(languages_asked, _wanted(form))
    languages = (ENGLISH, *(one for one in spoken if one != ENGLISH))
    fields = tuple(
        Field(
            f"{SENTENCE}{one}",
            f"What was done, in {language_in(one, ENGLISH)}",
            "textarea",
            form.text(f"{SENTENCE}{one}"),
            _hint(one),
            required=one == ENGLISH,
        )
        for one in languages
    )
    lines = ("Nobody reads it before it is approved.",)
    name = await _named(visit, form)
    return Panel(f"Close {name}?", "Close it", lines, fields, _hidden(form))


def _hint(language: str) -> str:
    if language == ENGLISH:
        return "No names of people. An address of the web may stand in it."
    return "Without it, they read the English sentence, marked as English."


async def _close(visit: Visit, form: Form) -> Done:
    given = {
        name.removeprefix(SENTENCE): text
        for name, text in form.pairs()
        if name.startswith(SENTENCE)
    }
    return _done(
        await typed(visit.write(acts.close, visit.office, _wanted(form), given, visit.now))
    )


async def _ask_approve(visit: Visit, form: Form) -> Panel | None:
    """Ask before a sentence may reach people: what it says, and whom it reaches."""
    would = await visit.read(acts.to_approve, _wanted(form))
    if not would.needs:
        return None
    title = f"Let invitations say what was done about {await _named(visit, form)}?"
    return Panel(title, "Approve", would.lines, (), (*_hidden(form), ("read", would.sign)))


async def _approve(visit: Visit, form: Form) -> Done:
    given = (visit.office, _wanted(form), visit.now, form.text("read"))
    return _done(await visit.write(acts.approve, *given))


async def _undo(visit: Visit, form: Form) -> Done:
    number = form.number("act")
    return _done(await visit.write(acts.undo, visit.office, number, visit.now))


def act_back(number: int) -> Undo:
    """Return what takes an act about help back."""
    return Undo(ADDRESS, "undo", (("act", str(number)),))


def _done(result: HelpResult) -> Done:
    return Done(result.said, (act_back(result.act),) if result.act else ())


def _wanted(form: Form) -> Wanted:
    place = form.text("administration")
    return Wanted(form.text("workshop"), form.text("help"), (place,) if place else ())


async def _named(visit: Visit, form: Form) -> str:
    """Return what a form is about, in words."""
    return await visit.read(name_of, _wanted(form))


def _hidden(form: Form) -> tuple[tuple[str, str], ...]:
    names = ("workshop", "help", "administration")
    return tuple((name, form.text(name)) for name in names if form.text(name))


ACTS: Mapping[str, DeskAct] = {
    "take": DeskAct(StaffRole.ORGANISER, _take, _ask_take),
    "close": DeskAct(StaffRole.ORGANISER, _close, _ask_close),
    "approve": DeskAct(StaffRole.ORGANISER, _approve, _ask_approve),
    "undo": DeskAct(StaffRole.ORGANISER, _undo),
}
PAGE = DeskPage(ADDRESS, StaffRole.ORGANISER, show, ACTS)
