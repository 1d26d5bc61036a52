"""/words in chat: the next text that nobody has read yet, with buttons to release or withhold it.

The work is done by `bot.desk.reports.own_words`. A text is shortened on the command line.
"""

from collections.abc import Callable, Sequence

from bot.desk.reports import own_words
from bot.desk.reports.own_words import TextDecided, TextPlace
from bot.desk.reports.queued_texts import UNREAD, QueuedText
from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, number_of, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.rows import ButtonHandler
from bot.wording.counts import counted
from storage.database import NotFound
from storage.fieldwork.answers import answers_of
from storage.office.staff import Member

OLD_TEXT = "This text is from an old list. Please send /words again."
NOTHING = "No text waits to be read."
END = "That was the last one. {left} left for later: /words shows them again."
SHORTEN = 'To shorten it: followup words release {case} {item} --text "…"'
TOO_LONG = "This text is too long for the chat: followup words list {code}"
LONGEST = 3000
"""Bytes of a text that is shown with everything around it in one message."""
HEX_DIGITS = 10
"""How much of a fingerprint a button names."""


async def show_first(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/words: the first unread text."""
    queue = await _queue(context)
    return Reply(says=(Say(await _card(context, member, queue, queue)),))


async def show_next(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Later]: leave this text unread, and show the next one."""
    queue = await _queue(context)
    return Reply(says=(Say(await _card(context, member, queue, _after(queue, found)), tap.ref),))


def decide(act: Callable[..., TextDecided], said: str) -> ButtonHandler:
    """Return the handler of a button that decides about a text, and then shows the next one."""

    async def handle(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
        place, rest = await _place(context, found), _after(await _queue(context), found)
        office = context.office_of(member)
        await context.transactions.write(act, office, place, context.clock())
        queue = await _queue(context)
        return Reply(said, (Say(await _card(context, member, queue, rest), tap.ref),))

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


def _after(queue: Sequence[QueuedText], found: Token) -> Sequence[QueuedText]:
    """Return the unread texts after the one that a button names; all if it is not among them."""
    named = found.numbers[:2]
    places = [(one.case, number_of(one.item)) for one in queue]
    return queue[places.index(named) + 1 :] if named in places else queue


async def _card(
    context: StaffContext,
    member: Member,
    queue: Sequence[QueuedText],
    rest: Sequence[QueuedText],
) -> Card:
    """Return the first of the rest of the queue, after its reading is recorded."""
    if not rest:
        return Card(END.format(left=counted(len(queue), "text")) if queue else NOTHING)
    one, office = rest[0], context.office_of(member)
    await context.transactions.write(
        own_words.record_read, office, one.workshop, context.clock(), 1
    )
    return text_card(one, len(queue))


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
    return token(action, one.case, number_of(one.item), read)
