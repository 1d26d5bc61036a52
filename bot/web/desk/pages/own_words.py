"""Own words: what participants wrote, one text at a time, to be released for quotes or withheld."""

from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import quote

from bot.desk.reports import own_words
from bot.desk.reports.own_words import TextDecided, TextPlace
from bot.desk.reports.queued_texts import UNREAD, QueuedText
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Form, Screen, Undo, Visit
from bot.wording.counts import counted
from storage.office.staff import StaffRole
from surveys.bidi import direction

ADDRESS = "/reports/words"
ORGANISER = StaffRole.ORGANISER


async def show(visit: Visit) -> Screen:
    """Show the next unread text, after that it was read is recorded."""
    queue = await visit.read(own_words.own_words, (), UNREAD, visit.now)
    one = _next(queue, visit.query.get("after", ""))
    if one is not None:
        await visit.write(own_words.record_read, visit.office, one.workshop, visit.now, 1)
    data = {
        "one": one,
        "waiting": counted(len(queue), "text waits", "texts wait"),
        "direction": direction(one.language) if one else "ltr",
        "later": _name(one) if one else "",
        "after": visit.query.get("after", ""),
    }
    return Screen("own_words.html", "Own words", data)


def _next(queue: Sequence[QueuedText], after: str) -> QueuedText | None:
    """Return the text that comes after one that was left for later, in a circle."""
    names = [_name(one) for one in queue]
    begin = names.index(after) + 1 if after in names else 0
    return next(iter([*queue[begin:], *queue]), None)


def _name(one: QueuedText) -> str:
    return f"{one.case}.{one.item}"


def _place(form: Form) -> TextPlace:
    return TextPlace(form.number("case"), form.text("item"), form.text("read"))


def _done(form: Form, decided: TextDecided, said: str) -> Done:
    fields = tuple((name, form.text(name)) for name in ("case", "item", "read"))
    after = quote(form.text("after"), "")
    undo = (Undo(ADDRESS, "unread", fields),)
    to = f"{ADDRESS}?after={after}" if after else ADDRESS
    return Done(f"{said} Case {decided.case}, {decided.item}.", undo, to)


async def _release(visit: Visit, form: Form) -> Done:
    """Release a text whole, or as it was shortened in the field."""
    shorter = form.text("shorter") or None
    decided = await visit.write(own_words.release, visit.office, _place(form), visit.now, shorter)
    return _done(form, decided, "Released.")


def _decide(
    act: Callable[..., TextDecided], said: str
) -> Callable[[Visit, Form], Awaitable[Done]]:
    async def run(visit: Visit, form: Form) -> Done:
        decided = await visit.write(act, visit.office, _place(form), visit.now)
        return _done(form, decided, said)

    return run


PAGE = DeskPage(
    ADDRESS,
    ORGANISER,
    show,
    {
        "release": DeskAct(ORGANISER, _release),
        "withhold": DeskAct(ORGANISER, _decide(own_words.withhold, "Withheld.")),
        "unread": DeskAct(ORGANISER, _decide(own_words.read_again, "To be read again.")),
    },
)
