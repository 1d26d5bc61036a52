"""The code book of the office: themes are added, worded, retired and put back."""

from collections.abc import Awaitable, Callable

from bot.desk.reports import code_book as desk
from bot.desk.reports.code_book import ThemeChanged
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Field, Form, Panel, Screen, Undo, Visit
from storage.office.staff import StaffRole
from storage.office.themes import code_book
from surveys.theme import Content

ORGANISER = StaffRole.ORGANISER
ADDRESS = "/reports/themes"


async def show(visit: Visit) -> Screen:
    """Show all themes, also retired ones."""
    return Screen("code_book.html", "Code book", {"themes": await visit.read(code_book)})


def _fields(one: Content) -> tuple[Field, ...]:
    hint = "When it is marked, and when it is not."
    return (
        Field("name", "Name", "text", one.name, "As reports print it.", required=True),
        Field("definition", "Meaning", "textarea", one.definition, hint),
        Field(
            "example", "Example", "textarea", one.example, "In your own words, for readers here."
        ),
    )


async def _ask_add(visit: Visit, form: Form) -> Panel:
    hint = "One short word, such as targeting. No other theme ever gets it."
    code = Field("code", "Code", "text", "", hint, required=True)
    return Panel("Add a theme", "Add it", (), (code, *_fields(Content(""))))


async def _ask_change(visit: Visit, form: Form) -> Panel:
    one = await visit.read(desk.get_theme, form.text("code"))
    lines = ("What was marked with it stays. If it means something else now, add another theme.",)
    title = f"Change the theme {one.content.name}"
    return Panel(title, "Save it", lines, _fields(one.content), (("code", one.code),))


def _worded(act: Callable[..., ThemeChanged]) -> Callable[[Visit, Form], Awaitable[Done]]:
    async def run(visit: Visit, form: Form) -> Done:
        wording = (form.text("name"), form.text("definition"), form.text("example"))
        given = (visit.office, form.text("code"), wording, visit.now)
        return _done(await visit.write(act, *given))

    return run


def _at_once(act: Callable[..., ThemeChanged]) -> Callable[[Visit, Form], Awaitable[Done]]:
    async def run(visit: Visit, form: Form) -> Done:
        return _done(await visit.write(act, visit.office, form.text("code"), visit.now))

    return run


async def _undo(visit: Visit, form: Form) -> Done:
    return _done(
        await visit.write(desk.undo_change, visit.office, form.named("number"), visit.now)
    )


def _done(done: ThemeChanged) -> Done:
    return Done(done.said, (theme_back(done.undo),) if done.changed else (), ADDRESS)


def theme_back(number: int) -> Undo:
    """Return what takes a change of a theme back."""
    return Undo(ADDRESS, "undo", (("number", str(number)),))


PAGE = DeskPage(
    ADDRESS,
    ORGANISER,
    show,
    {
        "add": DeskAct(ORGANISER, _worded(desk.add), _ask_add),
        "change": DeskAct(ORGANISER, _worded(desk.change), _ask_change),
        "retire": DeskAct(ORGANISER, _at_once(desk.retire)),
        "restore": DeskAct(ORGANISER, _at_once(desk.restore)),
        "undo": DeskAct(ORGANISER, _undo),
    },
)
