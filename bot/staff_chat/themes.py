"""/themes in chat: texts whose themes somebody may mark, one after the other, with a button for each.

The work is done by `bot.desk.reports.theme_marks`. A tap on a theme ticks it and stores nothing: what is
ticked stands in the buttons. The code book is written, and differences are decided, at a screen.
"""

from collections.abc import Sequence
from functools import partial

from bot.desk.reports import theme_marks
from bot.desk.reports.own_words import TextPlace, record_read
from bot.desk.reports.theme_marks import ThemesMarked
from bot.desk.reports.theme_reading import ThemeText, text_at, texts_to_mark
from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, number_of, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.own_words import HEX_DIGITS
from bot.staff_chat.queues import LONGEST, Queue
from bot.wording.counts import counted
from storage.database import NotFound
from storage.fieldwork.answers import answers_of
from storage.office.staff import Member
from storage.office.themes import code_book
from surveys.theme import NONE, Theme

OLD = "This text is from an old list. Please send /themes again."
NO_BOOK = (
    "There is no theme yet. They are written at the desk, or with: followup theme add CODE NAME"
)
TOO_LONG = "This text is too long for the chat: followup theme texts {code}"
TICKED, NOT_TICKED = "☑", "☐"
MOST = 60
"""The themes that fit the buttons, by the order in which they were added."""


async def show_first(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/themes: the first text that waits for this member."""
    return await _queue_of(member).show_first(context, command, member)


async def show_next(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Later]: leave this text, and show the next one."""
    return await _queue_of(member).show_next(context, tap, found, member)


async def tick(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Tick a theme, or take its tick away: the same text again, with other buttons."""
    place, mask = await _place(context, found)
    one = await context.transactions.read(text_at, place, context.clock())
    book = await context.transactions.read(code_book)
    return Reply(says=(Say(text_card(one, book, 0, mask), tap.ref),))


async def save(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Save] or [None of these]: store the marks, and show the next text."""
    place, mask = await _place(context, found)
    queue, book = _queue_of(member), await context.transactions.read(code_book)
    codes = [one.code for bit, one in enumerate(book) if mask >> bit & 1] or [NONE]
    rest = await queue.after(context, found)
    given = (context.office_of(member), place, codes, context.clock())
    done = await context.transactions.write(theme_marks.mark, *given)
    card = await queue.first_of(context, member, rest)
    return Reply(says=(Say(_said(done), tap.ref), Say(card)))


async def undo(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Undo]: take marks back, if nobody has marked the text since."""
    if len(found.numbers) != 3:
        raise NotFound(OLD)
    number, case, wanted = found.numbers
    place = TextPlace(case, await _item(context, case, wanted))
    given = (context.office_of(member), number, place, context.clock())
    done = await context.transactions.write(theme_marks.take_back, *given)
    return Reply(says=(Say(_said(done), tap.ref),))


def text_card(one: ThemeText, book: Sequence[Theme], waiting: int, mask: int = 0) -> Card:
    """Return a text with a button for each theme; `mask` has a bit for each that is ticked."""
    head = f"{counted(waiting, 'text')} to mark. " if waiting else ""
    lines = [f"{head}Case {one.case}, {one.item}, {one.workshop} {one.wave}, {one.language}:", ""]
    later = Button("Later", _token(Action.THEME_LATER, one, 0))
    if len(one.text.encode()) > LONGEST:
        return Card("\n".join([*lines, TOO_LONG.format(code=one.workshop)]), ((later,),))
    rows = [_themes(one, book, mask)[start : start + 2] for start in range(0, len(book), 2)]
    save_it = Button("Save", _token(Action.THEME_SAVE, one, mask))
    none = Button("None of these", _token(Action.THEME_SAVE, one, 0))
    last = (save_it if mask else none, later)
    return Card("\n".join([*lines, one.text]), (*(tuple(row) for row in rows if row), last))


def _themes(one: ThemeText, book: Sequence[Theme], mask: int) -> list[Button]:
    return [
        Button(
            f"{TICKED if mask >> bit & 1 else NOT_TICKED} {theme.content.name}",
            _token(Action.THEME_TICK, one, mask ^ 1 << bit),
        )
        for bit, theme in enumerate(book[:MOST])
        if not theme.content.retired
    ]


def _queue_of(member: Member) -> Queue[ThemeText]:
    waiting = partial(_waiting, member)
    return Queue("themes", "text", "for your themes", waiting, _numbers, _card)


async def _waiting(member: Member, context: StaffContext) -> list[ThemeText]:
    given = (context.office_of(member).acting, (), context.clock())
    return await context.transactions.read(texts_to_mark, *given)


async def _card(context: StaffContext, member: Member, one: ThemeText, waiting: int) -> Card:
    """Return a text, after its reading is recorded."""
    book = await context.transactions.read(code_book)
    if all(theme.content.retired for theme in book):
        return Card(NO_BOOK)
    office, now = context.office_of(member), context.clock()
    await context.transactions.write(record_read, office, one.workshop, now, 1)
    return text_card(one, book, waiting)


def _said(done: ThemesMarked) -> Card:
    undo_it = Button("Undo", token(Action.THEME_UNDO, done.undo, done.case, number_of(done.item)))
    return Card(done.said, ((undo_it,),) if done.changed else ())


async def _place(context: StaffContext, found: Token) -> tuple[TextPlace, int]:
    """Return the text that a button names, as it was read, and what is ticked."""
    if len(found.numbers) != 4:
        raise NotFound(OLD)
    case, wanted, read, mask = found.numbers
    item = await _item(context, case, wanted)
    return TextPlace(case, item, f"{read:0{HEX_DIGITS}x}"), mask


async def _item(context: StaffContext, case: int, wanted: int) -> str:
    """Return the item of a case by its number on buttons. Raise NotFound if it is not there."""
    given = await context.transactions.read(answers_of, [case])
    for item in given.get(case, {}):
        if number_of(item) == wanted:
            return item
    raise NotFound(OLD)


def _numbers(one: ThemeText) -> tuple[int, int]:
    return one.case, number_of(one.item)


def _token(action: Action, one: ThemeText, mask: int) -> str:
    return token(action, *_numbers(one), int(one.fingerprint[:HEX_DIGITS], 16), mask)
