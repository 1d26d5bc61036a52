"""followup theme list | add | change | retire | restore | undo | texts | mark | differ | decide |
take-back | agreement."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Code, Desk, Result, at_desk
from bot.cli.printing import act_lines, table
from bot.cli.words import By, Case, Item

if TYPE_CHECKING:
    from bot.desk.reports.own_words import TextPlace
    from bot.desk.reports.theme_reading import ThemeText
    from surveys.theme import Reading

app = typer.Typer(no_args_is_help=True)

Theme = Annotated[str, typer.Argument(help="The code of the theme, such as targeting.")]
Name = Annotated[str | None, typer.Option("--name", help="Its name, as reports print it.")]
Definition = Annotated[
    str | None, typer.Option("--definition", help="When it is marked, and when it is not.")
]
Example = Annotated[
    str | None, typer.Option("--example", help="An example, in the words of the office.")
]
Themes = Annotated[
    list[str], typer.Argument(help="The codes of the themes, or none if it has none of them.")
]
HEADING = ("code", "name", "use", "meaning", "example")
AGREEMENT = ("theme", "both", "first", "second", "neither", "texts", "kappa")
NO_THEMES = "There is no theme yet. `followup theme add CODE NAME` adds one."


@app.command("list")
@at_desk
def list_(here: Desk) -> Result:
    """List the code book: the themes that readers look for in what people write."""
    from storage.office.themes import code_book as all_themes

    found = here.database.read(all_themes)
    rows = [
        (
            one.code,
            one.content.name,
            "retired" if one.content.retired else "in use",
            one.content.definition or "-",
            one.content.example or "-",
        )
        for one in found
    ]
    return Result(found, table(HEADING, rows, NO_THEMES))


@app.command()
@at_desk
def add(
    here: Desk,
    code: Annotated[str, typer.Argument(help="Its code; no other theme ever gets it.")],
    name: Annotated[str, typer.Argument(help="Its name, as reports print it.")],
    definition: Definition = None,
    example: Example = None,
) -> Result:
    """Add a theme to the code book."""
    from bot.desk.reports import code_book

    done = here.act(code_book.add, code, (name, definition, example), here.now)
    return Result(done, act_lines(done))


@app.command()
@at_desk
def change(
    here: Desk,
    code: Theme,
    name: Name = None,
    definition: Definition = None,
    example: Example = None,
) -> Result:
    """Change the words of a theme. What was marked with it stays."""
    from bot.desk.reports import code_book

    done = here.act(code_book.change, code, (name, definition, example), here.now)
    return Result(done, act_lines(done))


@app.command()
@at_desk
def retire(here: Desk, code: Theme) -> Result:
    """Retire a theme: it is marked no more, and what was marked is still counted."""
    from bot.desk.reports import code_book

    done = here.act(code_book.retire, code, here.now)
    return Result(done, act_lines(done))


@app.command()
@at_desk
def restore(here: Desk, code: Theme) -> Result:
    """Put a retired theme back into use."""
    from bot.desk.reports import code_book

    done = here.act(code_book.restore, code, here.now)
    return Result(done, act_lines(done))


@app.command()
@at_desk
def undo(
    here: Desk,
    number: Annotated[int, typer.Argument(help="The number that the act named.")],
) -> Result:
    """Take a change of the code book back; not if somebody has changed the theme since."""
    from bot.desk.reports import code_book

    done = here.act(code_book.undo_change, number, here.now)
    return Result(done, act_lines(done))


@app.command()
@at_desk
def texts(here: Desk, code: Code = "", by: By = "") -> Result:
    """List the texts that you may mark: those that nobody has read come first.

    What others have marked is not told before two have read.
    """
    from bot.desk.reports import theme_reading

    found = theme_reading.list_to_mark(
        here.database, here.office, [code] if code else [], here.now, by
    )
    lines = [line for one in found for line in _lines(one)]
    return Result(found, lines or ["No text waits to be marked by you."])


@app.command()
@at_desk
def mark(here: Desk, case: Case, item: Item, themes: Themes, by: By = "") -> Result:
    """Mark the themes of a text that you have read, as one of its two readers."""
    from bot.desk.reports import theme_marks

    done = here.act(theme_marks.mark, _place(case, item, by), themes, here.now)
    return Result(done, act_lines(done))


@app.command()
@at_desk
def differ(here: Desk, code: Code = "") -> Result:
    """List the texts in which two readers have marked different themes."""
    from bot.desk.reports import theme_reading

    found = theme_reading.list_differing(
        here.database, here.office, [code] if code else [], here.now
    )
    lines = [
        line
        for one in found
        for line in (*_lines(one.text), *(f"  {_reading(each)}" for each in one.readings))
    ]
    return Result(found, lines or ["No two readers differ."])


@app.command()
@at_desk
def decide(here: Desk, case: Case, item: Item, themes: Themes, by: By = "") -> Result:
    """Decide which themes of a text count, where its two readers differ."""
    from bot.desk.reports import theme_marks

    done = here.act(theme_marks.decide, _place(case, item, by), themes, here.now)
    return Result(done, act_lines(done))


@app.command("take-back")
@at_desk
def take_back(
    here: Desk,
    number: Annotated[int, typer.Argument(help="The number that the act named.")],
    case: Case,
    item: Item,
) -> Result:
    """Take marks or a decision back; not if somebody has marked or decided since."""
    from bot.desk.reports import theme_marks

    done = here.act(theme_marks.take_back, number, _place(case, item, ""), here.now)
    return Result(done, act_lines(done))


@app.command()
@at_desk
def agreement(here: Desk, code: Code = "") -> Result:
    """Show how far two readers agree: counts of texts, and kappa from ten texts on."""
    from bot.desk.reports.theme_reading import agreement_of_readers

    found = here.database.read(agreement_of_readers, [code] if code else [], here.now)
    rows = [
        (
            one.theme or "all together",
            *(one.both, one.only_first, one.only_second, one.neither, one.texts),
            "-" if one.kappa is None else f"{one.kappa:.2f}",
        )
        for one in found
    ]
    data = [vars(one) | {"kappa": one.kappa} for one in found]
    return Result(data, table(AGREEMENT, rows, "No text was read by two yet."))


def _place(case: int, item: str, by: str) -> "TextPlace":
    from bot.desk.reports.own_words import TextPlace

    return TextPlace(case, item, by=by)


def _lines(one: "ThemeText") -> tuple[str, str]:
    where = f"{one.case} {one.item}: {one.workshop} {one.wave}, {one.language}"
    return where, f"  {one.text}"


def _reading(one: "Reading") -> str:
    return f"{one.by}: {', '.join(sorted(one.themes)) or 'none'}"
