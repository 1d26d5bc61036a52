"""[More …] under a choice of workshops: the next page of the same choice, in the same message."""

from collections.abc import Sequence

from bot.desk.office.staff import may_see
from bot.desk.workshops.listing import Listed
from bot.messaging.messages import Card, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token
from bot.staff_chat import workshops
from bot.staff_chat.context import StaffContext
from bot.staff_chat.workshop_choice import (
    CHOICES,
    OLD_LIST,
    buttons,
    listed_workshops,
    more_row,
    page_of,
    pages_of,
)
from storage.database import NotFound
from storage.office.staff import Member

PAGES = "Which workshop? Page {page} of {all}: {groups}."


async def show(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show another page of a choice; a manager sees the workshops of the scope."""
    if len(found.numbers) < 2 or found.numbers[0] >= len(CHOICES):
        raise NotFound(OLD_LIST)
    kind, page, *before = found.numbers
    action = CHOICES[kind]
    listed = await listed_workshops(context)
    if action is Action.REPORT:
        listed = [one for one in listed if may_see(member, one.workshop)]
    elif found.action is Action.REPORT_MORE:
        raise NotFound(OLD_LIST)
    if action is Action.OFFICE_PLAN:
        return Reply(says=(Say(await workshops.page_card(context, listed, page), tap.ref),))
    return Reply(says=(Say(_card(listed, action, page, tuple(before)), tap.ref),))


def _card(listed: Sequence[Listed], action: Action, page: int, before: tuple[int, ...]) -> Card:
    rows = buttons(listed, action, page, before)
    groups = ", ".join(dict.fromkeys(one.group for one in page_of(listed, page)))
    text = PAGES.format(page=page + 1, all=pages_of(listed), groups=groups)
    return Card(text, (*rows, *more_row(len(listed), action, page, before)))
