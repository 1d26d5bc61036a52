"""Workshops on buttons: a choice of them page by page, and the workshop or wave that one names."""

from collections.abc import Sequence

from bot.desk.waves import acts
from bot.desk.workshops.listing import Listed, list_workshops
from bot.messaging import tokens
from bot.messaging.messages import Button, Card, Reply, Say
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from bot.wording.days import day_words
from storage.database import NotFound
from storage.fieldwork.workshops import all_workshops
from surveys.planning.listing import Group
from surveys.workshop import Workshop

PAGE = 8
"""Workshops under one message."""
OLD_LIST = "This list is old. Please send the command again."
NO_WORKSHOPS = "There are no workshops yet."
NONE_FOUND = "No workshop matches “{search}”. Its code, title, place, donor or year is searched."
HOW_TO_SEARCH = (
    "{shown} of {all} workshops. To find another, send {command} and words of it, "
    "such as {command} fiji 2018."
)
CHOICES = (
    Action.OFFICE_WORKSHOP,
    Action.OFFICE_ROOM,
    Action.OFFICE_PLAN,
    Action.OFFICE_LIST,
    Action.QUESTIONNAIRE_WHEN,
    Action.REPORT,
    Action.OFFICE_IMPORT_MOVE,
    Action.CHOICES_WORKSHOP,
)
"""What a choice is for. Their order is their number in tokens: add at the end only."""


def number_of(workshop: Workshop) -> int:
    """Return the number of a workshop on buttons. It stays the same when workshops are added."""
    return tokens.number_of(workshop.code)


def label_of(workshop: Workshop) -> str:
    """Return the text of a workshop's button: title, city if it is known, and first day."""
    known = (workshop.title, workshop.city, day_words(workshop.starts_on))
    return ", ".join(part for part in known if part)


async def listed_workshops(context: StaffContext, search: str = "") -> list[Listed]:
    """Return the workshops that match a search, current ones first and cancelled ones last."""
    return await context.transactions.read(
        list_workshops, context.office.day_of(context.clock()), search
    )


def choice(
    listed: Sequence[Listed], action: Action, question: str, command: str = "", search: str = ""
) -> Reply:
    """Return a message that asks for one of these workshops; its buttons do `action`.

    `command` is the one that also takes words to search for.
    """
    if not listed:
        none = NONE_FOUND.format(search=search) if search else NO_WORKSHOPS
        return Reply(says=(Say(Card(none)),))
    rows = buttons(listed, action)
    if command and len(listed) > PAGE:
        shown = HOW_TO_SEARCH.format(shown=PAGE, all=len(listed), command=command)
        question = f"{question}\n{shown}"
    # A button cannot carry the words of a search, so that more of it needs more words.
    more = () if search else more_row(len(listed), action)
    return Reply(says=(Say(Card(question, (*rows, *more))),))


def page_of(listed: Sequence[Listed], page: int) -> Sequence[Listed]:
    """Return the workshops of a page, the first one for a page that does not exist any more."""
    return listed[page * PAGE : (page + 1) * PAGE] or listed[:PAGE]


def pages_of(listed: Sequence[Listed]) -> int:
    """Return the number of pages of a list."""
    return -(-len(listed) // PAGE)


def buttons(
    listed: Sequence[Listed], action: Action, page: int = 0, before: tuple[int, ...] = ()
) -> tuple[tuple[Button, ...], ...]:
    """Return a button for each workshop of a page. `before` stands before it in the token."""
    return tuple(
        (Button(_label(one), token(action, *before, number_of(one.workshop))),)
        for one in page_of(listed, page)
    )


def _label(listed: Listed) -> str:
    cancelled = "Cancelled: " if listed.group is Group.CANCELLED else ""
    return cancelled + label_of(listed.workshop)


def more_row(
    number: int, action: Action, page: int = 0, before: tuple[int, ...] = ()
) -> tuple[tuple[Button, ...], ...]:
    """Return the row with the ways to the pages before and after; () if there is one page."""
    more = Action.REPORT_MORE if action is Action.REPORT else Action.OFFICE_MORE
    kind = CHOICES.index(action)
    found = []
    if page > 0:
        found.append(Button("Back", token(more, kind, page - 1, *before)))
    if number > (page + 1) * PAGE:
        found.append(Button("More …", token(more, kind, page + 1, *before)))
    return (tuple(found),) if found else ()


async def known_workshops(context: StaffContext) -> list[Workshop]:
    """Return all workshops."""
    return await context.transactions.read(all_workshops)


async def workshop_of(context: StaffContext, found: Token) -> Workshop:
    """Return the workshop that a button names. NotFound if it does not exist any more."""
    wanted = [*found.numbers[:1]]
    meant = [one for one in await known_workshops(context) if [number_of(one)] == wanted]
    if len(meant) != 1:
        raise NotFound(OLD_LIST)
    return meant[0]


async def wave_of(context: StaffContext, found: Token) -> tuple[Workshop, str]:
    """Return the workshop and the key of the wave that a button names, or raise NotFound.

    A button carries the identity of the wave: its place changes with the plan.
    """
    workshop = await workshop_of(context, found)
    waves = await context.transactions.read(acts.waves_now, context.office, workshop.code)
    wanted = found.numbers[1:2]
    meant = [one.key for one in waves if (tokens.number_of(one.key),) == wanted]
    if len(meant) != 1:
        raise NotFound(OLD_LIST)
    return workshop, meant[0]
