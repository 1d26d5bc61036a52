"""followup words list | release | withhold | again | translate | take-back."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Code, Desk, Result, at_desk
from bot.cli.printing import act_lines

if TYPE_CHECKING:
    from bot.desk.reports.own_words import TextDecided
    from bot.desk.reports.queued_texts import QueuedText

app = typer.Typer(no_args_is_help=True)

Case = Annotated[int, typer.Argument(help="The number of the case, as `words list` prints it.")]
Item = Annotated[str, typer.Argument(help="The item, such as example.")]
By = Annotated[
    str,
    typer.Option("--by", help="Your staff code, such as S-7KQ2MZ9D. [default: your account]"),
]
NOTHING = "There is no such text."


class State(StrEnum):
    """What the office has decided about a text."""

    UNREAD = "unread"
    RELEASED = "released"
    WITHHELD = "withheld"


class Why(StrEnum):
    """Why a text is withheld."""

    WRITER = "writer"
    CASE = "case"
    INSULT = "insult"
    QUESTION = "question"


@app.command("list")
@at_desk
def list_(
    here: Desk,
    code: Code = "",
    state: Annotated[
        State | None, typer.Option("--state", help="Only texts in this state.")
    ] = None,
) -> Result:
    """List texts in people's own words that may be quoted; unread ones first.

    Names of known people, addresses and numbers in them are listed below each.
    """
    from bot.desk.reports.own_words import list_own_words

    codes = [code] if code else []
    found = list_own_words(here.database, here.office, codes, state or "", here.now)
    lines = [line for one in found for line in _lines(one)]
    return Result(found, lines or [NOTHING])


@app.command()
@at_desk
def release(
    here: Desk,
    case: Case,
    item: Item,
    text: Annotated[
        str | None,
        typer.Option(
            "--text",
            help="What to release of it: the text with … or [name] in place of what is left out.",
        ),
    ] = None,
    by: By = "",
) -> Result:
    """Release a text that you have read, whole or shortened; a second member confirms it so."""
    from bot.desk.reports import own_words

    place = own_words.TextPlace(case, item, by=by)
    done = here.act(own_words.release, place, here.now, text)
    return Result(done, [_released(done), f"  {done.released}"])


@app.command()
@at_desk
def withhold(
    here: Desk,
    case: Case,
    item: Item,
    why: Annotated[
        Why | None,
        typer.Option("--why", help="Why, for the office alone; `words list` has it."),
    ] = None,
    by: By = "",
) -> Result:
    """Withhold a text: no report and no file for others has it."""
    from bot.desk.reports import own_words
    from surveys import withholding

    place = own_words.TextPlace(case, item, by=by)
    reason = withholding.Why(why) if why else None
    done = here.act(own_words.withhold, place, here.now, reason)
    return Result(done, [_said(done, "is withheld", "was withheld already")])


@app.command()
@at_desk
def again(here: Desk, case: Case, item: Item, by: By = "") -> Result:
    """Put a text back among the unread ones."""
    from bot.desk.reports import own_words

    done = here.act(own_words.read_again, own_words.TextPlace(case, item, by=by), here.now)
    return Result(done, [_said(done, "is unread again", "was unread already")])


@app.command()
@at_desk
def translate(
    here: Desk,
    case: Case,
    item: Item,
    text: Annotated[str, typer.Argument(help="The released text in English; '' for none.")],
    by: By = "",
) -> Result:
    """Print a released text in English, marked as translated by the office."""
    from bot.desk.reports import own_words, translating

    place = own_words.TextPlace(case, item, by=by)
    done = here.act(translating.translate, place, text, here.now)
    return Result(done, act_lines(done))


@app.command("take-back")
@at_desk
def take_back(
    here: Desk,
    number: Annotated[int, typer.Argument(help="The number that `words translate` named.")],
) -> Result:
    """Take a translation back; not if somebody has decided about the text since."""
    from bot.desk.reports.translating import take_translation_back

    done = here.act(take_translation_back, number, here.now)
    return Result(done, act_lines(done))


def _lines(one: "QueuedText") -> Iterator[str]:
    readers = f" by {', '.join(one.read_by)}" if one.read_by else ""
    why = f": it {one.why}" if one.why else ""
    title = "" if one.quotable else ", only as a title"
    where = f"{one.workshop} {one.wave}, {one.language}{title}"
    yield f"{one.case} {one.item}: {where}, {one.state}{readers}{why}"
    yield f"  {one.text}"
    if one.released and one.released != one.text:
        yield f"  released: {one.released}"
    if one.translation:
        yield f"  in English: {one.translation}"
    if one.marks:
        yield f"  look at: {', '.join(f'{mark.text} ({mark.kind})' for mark in one.marks)}"


def _released(done: "TextDecided") -> str:
    readers = ", ".join(done.read_by)
    return _said(done, f"is released, read by {readers}", f"was released already, by {readers}")


def _said(done: "TextDecided", new: str, before: str) -> str:
    return f"Text {done.item} of case {done.case} {new if done.changed else before}."
