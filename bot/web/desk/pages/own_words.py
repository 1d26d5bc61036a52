"""Own words: what participants wrote, one text at a time: what may leave the office, and its themes."""

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar
from urllib.parse import quote

from bot.desk.reports import own_words, reading_text
from bot.desk.reports.own_words import TextPlace
from bot.desk.reports.queued_texts import ENGLISH, QueuedText, question_of
from bot.desk.reports.read_lately import decide_as_before, take_decision_back, words_at_desk
from bot.desk.reports.reading_text import Leaving, TextReading
from bot.desk.reports.shortening import masked
from bot.desk.reports.text_marks import Mark
from bot.desk.reports.theme_reading import ThemeText, themes_to_mark
from bot.web.desk.paging import ON_A_PAGE
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Choice, Done, Form, Screen, Undo, Visit, number_in
from bot.wording.counts import counted
from storage.database import Conflict
from storage.office.staff import StaffRole
from surveys.bidi import direction
from surveys.withholding import Why

T = TypeVar("T")

ADDRESS, READ = "/reports/words", "/reports/words/read"
ORGANISER = StaffRole.ORGANISER
FIRST = "#first"
LATELY = 3
ALL = "all workshops"
CHOOSE = "Choose first what may leave the office."
SHORTER = Choice(Leaving.SHORTER, "The text below, shortened or masked")
WITHHOLD = Choice(Leaving.WITHHOLD, "Nothing: withhold it")
WHOLE = Choice(Leaving.WHOLE, "All of it")
MARKED = Choice(Leaving.WHOLE, "All of it, with what is marked")
DECIDED = {Leaving.SHORTER: "Released.", Leaving.WHOLE: "Released.", Leaving.WITHHOLD: "Withheld."}


async def show(visit: Visit) -> Screen:
    """Show the next unread text, after that it was read is recorded."""
    words = await visit.read(words_at_desk, visit.now)
    queue, lately = words.waiting, words.decided[:LATELY]
    after = visit.query.get("after", "")
    one = next_after([(name_of(each), each) for each in queue], after)
    data: dict[str, object] = {
        "waiting": counted(len(queue), "text waits", "texts wait"),
        "wanted": words.wanted,
        "lately": lately,
        "decided": len(words.decided),
    }
    shown = [each.workshop for each in (one, *lately) if each is not None]
    about = " ".join(sorted(set(shown)))
    await visit.write(own_words.record_read, visit.office, about, visit.now, len(shown))
    if one is not None:
        data |= await to_read(visit, one, after) | {
            "themes": await visit.read(themes_to_mark, visit.office.acting, one),
            "whys": Why,
            "translated": one.language != ENGLISH,
        }
    return Screen("own_words.html", "Own words", data | {"one": one})


async def show_read(visit: Visit) -> Screen:
    """Show all texts that were decided about, a page at a time, after that it was read is recorded.

    The next page begins after the decision that was the last, also if others came since.
    """
    decided = (await visit.read(words_at_desk, visit.now)).decided
    after = number_in(visit.query.get("after", ""))
    older = [one for one in decided if after is None or one.number < after]
    shown = older[:ON_A_PAGE]
    await visit.write(own_words.record_read, visit.office, ALL, visit.now, len(shown))
    more = shown[-1].number if len(older) > ON_A_PAGE else None
    data = {"shown_texts": shown, "decided": len(decided), "after": after, "more": more}
    return Screen("words_read.html", "Own words that were read", data)


async def to_read(visit: Visit, one: QueuedText, after: str) -> dict[str, object]:
    """Return what a page says of a text whose reader decides what may leave the office."""
    return await about_text(visit, one, after) | {
        "pieces": list(pieces(one.text, one.marks)),
        "masked": masked(one.text, one.marks),
        "choices": (SHORTER, WITHHOLD, MARKED) if one.marks else (WHOLE, SHORTER, WITHHOLD),
    }


async def about_text(visit: Visit, one: QueuedText | ThemeText, after: str) -> dict[str, object]:
    """Return what each page about own words says of a text. `after` was left for later."""
    return {
        "question": await visit.read(question_of, one.case, one.item),
        "direction": direction(one.language),
        "fields": fields_of(one.case, one.item, one.fingerprint, after),
        "later": name_of(one),
    }


def next_after(queue: Sequence[tuple[str, T]], after: str) -> T | None:
    """Return what comes after one that was left for later, in a circle; each with its name."""
    names = [name for name, _ in queue]
    begin = names.index(after) + 1 if after in names else 0
    return next((one for _, one in [*queue[begin:], *queue]), None)


def fields_of(case: int, item: str, read: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return the hidden fields that name a text as it was read, and what was left for later."""
    return (("case", str(case)), ("item", item), ("read", read), ("after", after))


def place_of(form: Form) -> TextPlace:
    """Return the text that a form names."""
    return TextPlace(form.number("case"), form.text("item"), form.text("read"))


def onward(address: str, form: Form) -> str:
    """Return the address that shows the next text, with the focus on its first choice."""
    after = quote(form.text("after"), "")
    return f"{address}?after={after}{FIRST}" if after else f"{address}{FIRST}"


def pieces(text: str, marks: Iterable[Mark]) -> Iterable[tuple[str, bool]]:
    """Yield the parts of a text in their order, and whether each is what somebody should look at."""
    known = "|".join(re.escape(one.text) for one in sorted(marks, key=lambda m: -len(m.text)))
    parts = re.split(f"({known})", text) if known else [text]
    return ((part, number % 2 == 1) for number, part in enumerate(parts) if part)


def name_of(one: QueuedText | ThemeText) -> str:
    """Return the name of a text in an address."""
    return f"{one.case}.{one.item}"


def leaving_of(form: Form) -> Leaving:
    """Return what may leave the office. Raise Conflict if nothing was chosen."""
    try:
        return Leaving(form.text("leaving"))
    except ValueError:
        raise Conflict(CHOOSE) from None


async def _read(visit: Visit, form: Form) -> Done:
    """Store what a reader says of a text, and go on with the next."""
    leaving = leaving_of(form)
    given = (form.text("shorter"), form.text("english"), form.all("themes"))
    reading = TextReading(leaving, *given, _why(form))
    place = place_of(form)
    done = await visit.write(reading_text.read_text, visit.office, place, reading, visit.now)
    said = f"{DECIDED[leaving]} Case {place.case}, {place.item}."
    marks = ("marks", str(done.marked.undo if done.marked else 0))
    named = fields_of(place.case, place.item, place.read, "")
    back = Undo(ADDRESS, "unread", (*named, marks))
    return Done(" ".join((said, *done.said)), (back,), onward(ADDRESS, form))


def _why(form: Form) -> Why | None:
    """Return why a text is withheld, None if nothing known was chosen."""
    return next((one for one in Why if one == form.text("why")), None)


async def _unread(visit: Visit, form: Form) -> Done:
    given = (visit.office, place_of(form), form.number("marks"), visit.now)
    said = await visit.write(reading_text.put_back, *given)
    return Done(f"{said} Case {form.number('case')}, {form.text('item')}.", (), ADDRESS)


async def _back(visit: Visit, form: Form) -> Done:
    given = (visit.office, form.named("number"), visit.now)
    done = await visit.write(take_decision_back, *given)
    undo = Undo(ADDRESS, "as-before", (("number", str(done.undo)),))
    return Done(done.said, (undo,) if done.undo else (), ADDRESS)


async def _as_before(visit: Visit, form: Form) -> Done:
    given = (visit.office, form.named("number"), visit.now)
    return Done((await visit.write(decide_as_before, *given)).said, (), ADDRESS)


ACTS = {"read": _read, "unread": _unread, "back": _back, "as-before": _as_before}
PAGES = (
    DeskPage(
        ADDRESS, ORGANISER, show, {name: DeskAct(ORGANISER, act) for name, act in ACTS.items()}
    ),
    DeskPage(READ, ORGANISER, show_read),
)
