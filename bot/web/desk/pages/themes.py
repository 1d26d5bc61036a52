"""Themes of own words: marked by two readers, one text at a time, and decided where they differ."""

from collections.abc import Awaitable, Callable

from bot.desk.reports import theme_marks as desk
from bot.desk.reports.code_book import active_themes
from bot.desk.reports.own_words import record_read
from bot.desk.reports.theme_marks import ThemesMarked
from bot.desk.reports.theme_reading import (
    ThemeText,
    agreement_of_readers,
    differing_texts,
    texts_to_mark,
)
from bot.web.desk.pages.own_words import about_text, name_of, next_after, onward, place_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Form, Screen, Undo, Visit
from bot.wording.counts import counted
from storage.office.staff import StaffRole
from storage.office.themes import code_book

ORGANISER = StaffRole.ORGANISER
THEMES, DIFFER = "/reports/words/themes", "/reports/words/differ"
TOGETHER = "All themes together"
NONE = "none of them"


async def show_next(visit: Visit) -> Screen:
    """Show the next text that waits for this reader, after that it was read is recorded."""
    queue = await visit.read(texts_to_mark, visit.office.acting, (), visit.now)
    after = visit.query.get("after", "")
    themes = await visit.read(active_themes)
    one = next_after([(name_of(each), each) for each in queue], after) if themes else None
    data = {"waiting": counted(len(queue), "text waits", "texts wait"), "themes": themes}
    more = await _about(visit, one, after) if one else {}
    return Screen("words_themes.html", "Themes of own words", data | more | {"one": one})


async def show_differing(visit: Visit) -> Screen:
    """Show the next text in which two readers differ, and how far readers agree."""
    queue = await visit.read(differing_texts, (), visit.now)
    after = visit.query.get("after", "")
    one = next_after([(name_of(each.text), each) for each in queue], after)
    names = {each.code: each.content.name for each in await visit.read(code_book)}
    told = await visit.read(agreement_of_readers, (), visit.now)
    data = {
        "waiting": counted(len(queue), "text waits", "texts wait"),
        "themes": await visit.read(active_themes),
        "agreement": [(names.get(each.theme, TOGETHER), each) for each in told],
    }
    more: dict[str, object] = {}
    if one is not None:
        more = await _about(visit, one.text, after)
        more["readings"] = [
            (reader, ", ".join(names[code] for code in sorted(reading.themes)) or NONE)
            for reader, reading in zip(
                ("First reader", "Second reader"), one.readings, strict=True
            )
        ]
    return Screen("words_differ.html", "Where readers differ", data | more | {"one": one})


async def _about(visit: Visit, one: ThemeText, after: str) -> dict[str, object]:
    """Return what a page says of a text, after that it was read is recorded."""
    await visit.write(record_read, visit.office, one.workshop, visit.now, 1)
    return await about_text(visit, one, after)


def _marked(
    address: str, act: Callable[..., ThemesMarked]
) -> Callable[[Visit, Form], Awaitable[Done]]:
    async def run(visit: Visit, form: Form) -> Done:
        given = (visit.office, place_of(form), form.all("themes"), visit.now)
        done = await visit.write(act, *given)
        return _done(done, address, onward(address, form))

    return run


def _back(address: str) -> Callable[[Visit, Form], Awaitable[Done]]:
    async def run(visit: Visit, form: Form) -> Done:
        given = (form.named("number"), place_of(form), visit.now)
        done = await visit.write(desk.take_back, visit.office, *given)
        return Done(done.said, (), address)

    return run


def _done(done: ThemesMarked, address: str, to: str) -> Done:
    undo = marks_back(done.undo, str(done.case), done.item, address)
    return Done(done.said, (undo,) if done.changed else (), to)


def marks_back(number: int, case: str, item: str, address: str = THEMES) -> Undo:
    """Return what takes marks, or a decision about them, back."""
    about = (("number", str(number)), ("case", case), ("item", item))
    return Undo(address, "back", about)


PAGES = (
    DeskPage(
        THEMES,
        ORGANISER,
        show_next,
        {
            "mark": DeskAct(ORGANISER, _marked(THEMES, desk.mark)),
            "back": DeskAct(ORGANISER, _back(THEMES)),
        },
    ),
    DeskPage(
        DIFFER,
        ORGANISER,
        show_differing,
        {
            "decide": DeskAct(ORGANISER, _marked(DIFFER, desk.decide)),
            "back": DeskAct(ORGANISER, _back(DIFFER)),
        },
    ),
)
