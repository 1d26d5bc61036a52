"""Own words, read a second time: by another member, who does not see first what was released."""

from bot.desk.reports import second_reading
from bot.desk.reports.own_words import record_read
from bot.desk.reports.reading_text import Leaving
from bot.web.desk.pages.own_words import (
    fields_of,
    leaving_of,
    name_of,
    next_after,
    onward,
    place_of,
    to_read,
)
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Screen, Undo, Visit
from bot.wording.counts import counted
from storage.office.staff import StaffRole

ADDRESS = "/reports/words/second"
ORGANISER = StaffRole.ORGANISER
THEIRS, MINE = "theirs", "mine"
SENT = ("case", "item", "read", "after", "leaving", "shorter")


async def show(visit: Visit) -> Screen:
    """Show the next text that waits for a second reader, after that it was read is recorded."""
    given = (visit.office.acting, visit.now)
    queue = await visit.read(second_reading.texts_to_read_again, *given)
    after = visit.query.get("after", "")
    one = next_after([(name_of(each), each) for each in queue], after)
    data: dict[str, object] = {"waiting": counted(len(queue), "text waits", "texts wait")}
    if one is not None:
        await visit.write(record_read, visit.office, one.workshop, visit.now, 1)
        data |= await to_read(visit, one, after)
    return Screen("words_second.html", "Second reading", data | {"one": one})


def _wanted(form: Form) -> tuple[Leaving, str]:
    return leaving_of(form), form.text("shorter")


async def _differs(visit: Visit, form: Form) -> Panel | None:
    """Ask which text may leave, if the second reader releases another one than the first."""
    given = (visit.office, place_of(form), _wanted(form), visit.now)
    told = await visit.read(second_reading.compared, *given)
    if not told.second or told.first == told.second:
        return None
    choices = (
        Choice(THEIRS, "The text of the first reader: two have released it then"),
        Choice(MINE, "Mine: then another member reads it a second time"),
    )
    return Panel(
        "The first reader has released it otherwise. Which text may leave?",
        "Save",
        (f"First reader: {told.first}", f"You: {told.second}"),
        (Field("whose", "What may leave the office", "radio", choices=choices, required=True),),
        tuple((name, form.text(name)) for name in SENT),
    )


async def _read(visit: Visit, form: Form) -> Done:
    """Store the second reading, and go on with the next text."""
    place, agrees = place_of(form), form.text("whose") == THEIRS
    given = (visit.office, place, _wanted(form), visit.now)
    done = await visit.write(second_reading.read_again_by_another, *given, agrees=agrees)
    to = onward(ADDRESS, form)
    about = f"Case {place.case}, {place.item}"
    fields = fields_of(place.case, place.item, place.read, "")
    if len(done.read_by) > 1:
        return Done(f"{about}: two have read it now.", (Undo(ADDRESS, "back", fields),), to)
    said = "released by you; another member reads it" if done.released else "withheld"
    undo = Undo("/reports/words", "unread", (*fields, ("marks", "0")), "Read again")
    return Done(f"{about}: {said}.", (undo,), to)


async def _back(visit: Visit, form: Form) -> Done:
    given = (visit.office, place_of(form), visit.now)
    return Done(await visit.write(second_reading.take_agreement_back, *given), (), ADDRESS)


PAGE = DeskPage(
    ADDRESS,
    ORGANISER,
    show,
    {"read": DeskAct(ORGANISER, _read, _differs), "back": DeskAct(ORGANISER, _back)},
)
