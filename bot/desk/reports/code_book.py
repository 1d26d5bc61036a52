"""The code book of the office: the themes that readers look for in what people write.

It reaches nobody until a report is presented, so all of it is done at once. A code is never given to
another theme: a theme that is not wanted any more is retired, and what was marked with it stays. An undo
changes nothing if somebody has changed the theme since. Repeating an act changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.reports.personal_words import doubts_before_release
from bot.desk.reports.recommendation_wording import check_length
from bot.desk.reports.undoable import Undoable
from bot.settings.office import Office
from storage.database import Conflict, NotFound
from storage.office.audit import Act
from storage.office.themes import changes_of, code_book, get_theme_change, put_theme
from surveys.problems import BadInput, Problem
from surveys.theme import CODE, NONE, Content, Theme

LONGEST_NAME = 60
LIST = "`followup theme list` shows the themes."
NO_CODE = (
    "is no code: small letters, digits and _, at most 20, the first one a letter, and not “none”."
)
TAKEN = "The code {code} belongs to “{name}” already. A code is never given to another theme."
SAME_NAME = "“{name}” is the name of {code} already."


@dataclass(frozen=True)
class ThemeChanged(Undoable):
    """A theme after an act, in words."""

    command = "theme undo"
    code: str
    content: Content
    said: str
    undo: int = 0


Wording = tuple[str | None, str | None, str | None]
"""Name, definition and example; None for what stays as it is."""


def active_themes(connection: Connection) -> list[Theme]:
    """Return the themes that are marked today."""
    return [one for one in code_book(connection) if not one.content.retired]


def add(
    connection: Connection, office: Office, code: str, wording: Wording, now: datetime
) -> ThemeChanged:
    """Add a theme. Raise Conflict if its code or its name is another one's, also of a retired one."""
    code = code.strip().lower()
    if not CODE.fullmatch(code) or code == NONE:
        raise BadInput((Problem("CODE", "", NO_CODE, code),))
    content = _worded(Content(""), wording)
    standing = changes_of(connection, code)
    if standing and standing[0].theme.content == content:
        return ThemeChanged(code, content, f"{code} says so already. Nothing was changed.")
    if standing:
        raise Conflict(TAKEN.format(code=code, name=standing[0].theme.content.name))
    said = f"{code} is in the code book: “{content.name}”."
    return _changed(connection, office, Theme(code, content), said, now)


def change(
    connection: Connection, office: Office, code: str, wording: Wording, now: datetime
) -> ThemeChanged:
    """Change the words of a theme. What was marked with it stays."""
    before = get_theme(connection, code)
    content = _worded(before.content, wording)
    said = f"{before.code} is “{content.name}” now. What was marked with it stays."
    return _replaced(connection, office, before, content, said, now)


def retire(connection: Connection, office: Office, code: str, now: datetime) -> ThemeChanged:
    """Retire a theme: nobody marks it any more, and what was marked is still counted."""
    before = get_theme(connection, code)
    said = f"{before.code} is retired: it is marked no more. What was marked is still counted."
    return _replaced(connection, office, before, replace(before.content, retired=True), said, now)


def restore(connection: Connection, office: Office, code: str, now: datetime) -> ThemeChanged:
    """Put a retired theme back into use."""
    before = get_theme(connection, code)
    said = f"{before.code} is in use again."
    return _replaced(connection, office, before, replace(before.content, retired=False), said, now)


def undo_change(
    connection: Connection, office: Office, number: int, now: datetime
) -> ThemeChanged:
    """Take a change back. A theme that was added is retired, as its code stays its own.

    If somebody has changed the theme since, nothing is changed, and that is said.
    """
    found = get_theme_change(connection, number)
    code = found.theme.code
    newest, *earlier = changes_of(connection, code)
    if newest.number != number:
        said = f"{code} was changed since, by {newest.by}. Nothing was changed."
        return ThemeChanged(code, newest.theme.content, said)
    retired = replace(newest.theme.content, retired=True)
    before = earlier[0].theme.content if earlier else retired
    if before == newest.theme.content:
        return ThemeChanged(code, before, f"{code} is so already. Nothing was changed.")
    again = put_theme(connection, Theme(code, before), office.acting, now)
    record(connection, office, Act.THEME_UNDONE, code, now, theme_change=again)
    said = (
        f"{code} is as it was before." if earlier else f"{code} is retired. Its code stays taken."
    )
    return ThemeChanged(code, before, said, again)


def get_theme(connection: Connection, code: str) -> Theme:
    """Return a theme by its code. Raise NotFound if there is none."""
    found = changes_of(connection, code.strip().lower())
    if not found:
        raise NotFound(f"There is no theme {code!r}. {LIST}")
    return found[0].theme


def marked_themes(connection: Connection, codes: Sequence[str]) -> frozenset[str]:
    """Return the themes that somebody marks, by their codes; `none` alone stands for none of them.

    Raise BadInput for no code and for `none` beside others, NotFound for an unknown theme, and
    Conflict for a retired one.
    """
    wanted = frozenset(code.strip().lower() for code in codes)
    if not wanted:
        raise BadInput((Problem("THEMES", "", f"are missing. `{NONE}` says that it has none."),))
    if NONE in wanted:
        if len(wanted) > 1:
            raise BadInput((Problem("THEMES", "", f"have `{NONE}` beside others."),))
        return frozenset()
    for code in sorted(wanted):
        if get_theme(connection, code).content.retired:
            raise Conflict(f"{code} is retired, so it is marked no more. {LIST}")
    return wanted


def _worded(before: Content, wording: Wording) -> Content:
    name, definition, example = (None if one is None else " ".join(one.split()) for one in wording)
    after = replace(
        before,
        name=before.name if name is None else name,
        definition=before.definition if definition is None else definition,
        example=before.example if example is None else example,
    )
    if not after.name:
        raise BadInput((Problem("NAME", "", "is empty."),))
    if len(after.name) > LONGEST_NAME:
        message = f"is longer than {LONGEST_NAME} letters."
        raise BadInput((Problem("NAME", "", message, after.name),))
    check_length("--definition", after.definition)
    check_length("--example", after.example)
    return after


def _replaced(
    connection: Connection,
    office: Office,
    before: Theme,
    content: Content,
    said: str,
    now: datetime,
) -> ThemeChanged:
    if content == before.content:
        return ThemeChanged(
            before.code, content, f"{before.code} is so already. Nothing was changed."
        )
    return _changed(connection, office, Theme(before.code, content), said, now)


def _changed(
    connection: Connection, office: Office, theme: Theme, said: str, now: datetime
) -> ThemeChanged:
    content = theme.content
    for other in active_themes(connection):
        if other.code != theme.code and other.content.name.casefold() == content.name.casefold():
            raise Conflict(SAME_NAME.format(name=other.content.name, code=other.code))
    doubts = doubts_before_release(connection, (content.name, content.definition, content.example))
    number = put_theme(connection, theme, office.acting, now)
    record(connection, office, Act.THEME_CHANGED, theme.code, now, theme_change=number)
    return ThemeChanged(theme.code, content, " ".join(filter(None, (said, doubts))), number)
