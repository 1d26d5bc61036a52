"""/words in chat: the next text that nobody has read yet, with buttons to release or withhold it.

The work is done by `bot.desk.reports.own_words`. A text is shortened on the command line.
"""

from collections.abc import Callable

from bot.desk.reports import own_words
from bot.desk.reports.own_words import TextDecided, TextPlace
from bot.desk.reports.queued_texts import UNREAD, QueuedText
from bot.messaging.messages import Button, Card, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, number_of, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.queues import LONGEST, Queue
from bot.staff_chat.rows import ButtonHandler
from bot.wording.counts import counted
from storage.database import NotFound
from storage.fieldwork.answers import answers_of
from storage.office.staff import Member

OLD_TEXT = "This text is from an old list. Please send /words again."
SHORTEN = 'To shorten it: followup words release {case} {item} --text "…"'
TOO_LONG = "This text is too long for the chat: followup words list {code}"
HEX_DIGITS = 10
"""How much of a fingerprint a button names."""


def decide(act: Callable[..., TextDecided], said: str) -> ButtonHandler:
    """Return the handler of a button that decides about a text, and then shows the next one."""

    async def handle(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
        place, rest = await _place(context, found), await QUEUE.after(context, found)
        office = context.office_of(member)
        await context.transactions.write(act, office, place, context.clock())
        return Reply(said, (Say(await QUEUE.first_of(context, member, rest), tap.ref),))

    return handle


async def _queue(context: StaffContext) -> list[QueuedText]:
    return await context.transactions.read(own_words.own_words, (), UNREAD, context.clock())


async def _place(context: StaffContext, found: Token) -> TextPlace:
    """Return the text that a button names, as it was read. NotFound if there is no such text."""
    if len(found.numbers) != 3:
        raise NotFound(OLD_TEXT)
    case, wanted, read = found.numbers
    given = await context.transactions.read(answers_of, [case])
    for item in given[case]:
        if number_of(item) == wanted:
            return TextPlace(case, item, f"{read:0{HEX_DIGITS}x}")
    raise NotFound(OLD_TEXT)


def _numbers(one: QueuedText) -> tuple[int, int]:
    return one.case, number_of(one.item)


async def _card(context: StaffContext, member: Member, one: QueuedText, waiting: int) -> Card:
    """Return a text, after its reading is recorded."""
    office = context.office_of(member)
    await context.transactions.write(
        own_words.record_read, office, one.workshop, context.clock(), 1
    )
    return text_card(one, waiting)


def text_card(one: QueuedText, waiting: int) -> Card:
    """Return a text with its marks and the buttons that decide about it."""
    head = f"{counted(waiting, 'text')} to read. Case {one.case}, {one.item}"
    title = "" if one.quotable else ", only as a title"
    lines = [f"{head}, {one.workshop} {one.wave}, {one.language}{title}:"]
    later = Button("Later", _token(Action.OFFICE_TEXT_LATER, one))
    if len(one.text.encode()) > LONGEST:
        return Card("\n".join([*lines, TOO_LONG.format(code=one.workshop)]), ((later,),))
    lines += ["", one.text, ""]
    if one.marks:
        lines.append(f"Look at: {', '.join(f'{mark.text} ({mark.kind})' for mark in one.marks)}")
    lines.append(SHORTEN.format(case=one.case, item=one.item))
    decisions = (
        Button("Release", _token(Action.OFFICE_TEXT_RELEASE, one)),
        Button("Withhold", _token(Action.OFFICE_TEXT_WITHHOLD, one)),
        later,
    )
    return Card("\n".join(lines), (decisions,))


def _token(action: Action, one: QueuedText) -> str:
    read = int(one.fingerprint[:HEX_DIGITS], 16)
    return token(action, *_numbers(one), read)


QUEUE = Queue("words", "text", "to be read", _queue, _numbers, _card)
