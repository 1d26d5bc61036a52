"""/relink in chat: people with a new account, or in the room of a workshop, for organisers to confirm.

The work is done by `bot.desk.people.relinking`. Names are shown to staff only.
"""

from collections.abc import Sequence

from bot.desk.people import walk_ins
from bot.desk.people.relinking import (
    RelinkRequest,
    RelinkRequests,
    decide_relink,
    refuse_all,
    relink_requests,
)
from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat import rooms
from bot.staff_chat.context import StaffContext
from bot.wording.counts import counted
from bot.wording.days import day_at
from storage.office.staff import Member

NOBODY = "Nobody is waiting to be confirmed."
CHECK = (
    "Before you approve, ask the person by a phone number or an address that you already know. "
    "Compare the chat number: the person sees it with /id."
)
MORE_PEOPLE = "{people}, to be shown when these are decided."
MORE_ACCOUNTS = (
    "{accounts} not shown. To approve one of them, use the command "
    "“followup participant relink {person} telegram:NUMBER” with the number that the person tells you."
)
LISTED = 20
REFUSED, AGREED, ALL_REFUSED = range(3)
"""The second number of a button that decides; the first names an account, or the person for all."""


async def list_wishes(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/relink: everybody who waits, a line and two buttons each."""
    return Reply(says=(Say(await _card(context)),))


async def refresh(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show the list as it is now, or all accounts that ask for one person."""
    number = found.numbers[0] if found.numbers else None
    return Reply(says=(Say(await _card(context, number), tap.ref),))


async def decide(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Approve or refuse, then show who still waits."""
    number, decision = (*found.numbers, 0, 0)[:2]
    if decision == ALL_REFUSED:
        return await _refuse_all(context, tap, number, member)
    office, now, agreed = context.office_of(member), context.clock(), decision == AGREED
    person = await context.transactions.write(decide_relink, office, number, now, agreed=agreed)
    said = "answers from this account now" if agreed else "is not linked to this account"
    return Reply(f"{person.code} {said}.", (Say(await _card(context), tap.ref),))


async def _refuse_all(context: StaffContext, tap: Tapped, number: int, member: Member) -> Reply:
    office, now = context.office_of(member), context.clock()
    person, count = await context.transactions.write(refuse_all, office, number, now)
    said = f"{person.code} is not linked: {counted(count, 'account')} refused."
    return Reply(said, (Say(await _card(context), tap.ref),))


async def _card(context: StaffContext, person: int | None = None) -> Card:
    """Return everybody who waits; with the id of a person, the accounts that ask for that person."""
    wishes = await context.transactions.read(relink_requests)
    one = next((wish for wish in wishes if wish.number == person), None)
    if one is not None:
        return _accounts_card(one, context.office.zone)
    guests = await context.transactions.read(walk_ins.walk_ins)
    if not wishes and not guests:
        return Card(NOBODY)
    people = await context.transactions.read(walk_ins.people_in_rooms)
    card = _people_card(wishes, context.office.zone)
    rows = (*rooms.room_rows(people), *rooms.guest_rows(guests), *card.rows)
    return Card("\n".join([*rooms.guest_lines(guests), card.text]), rows)


def _people_card(wishes: Sequence[RelinkRequests], zone: str) -> Card:
    shown = list(enumerate(wishes[:LISTED], 1))
    lines = [person_text(number, wish, zone) for number, wish in shown]
    if len(wishes) > LISTED:
        lines.append(
            MORE_PEOPLE.format(
                people=counted(len(wishes) - LISTED, "more person waits", "more people wait")
            )
        )
    rows = [_person_row(number, wish) for number, wish in shown]
    refresh_row = (Button("Refresh", token(Action.OFFICE_WISHES)),)
    return Card("\n".join([*lines, CHECK]), (*rows, refresh_row))


def _person_row(number: int, wish: RelinkRequests) -> tuple[Button, ...]:
    if len(wish.accounts) == 1:
        return _decisions(number, wish.accounts[0])
    all_of = token(Action.OFFICE_RELINK, wish.number, ALL_REFUSED)
    show = Button(f"Show {number}", token(Action.OFFICE_WISHES, wish.number))
    return (show, Button(f"Refuse all of {number}", all_of))


def _accounts_card(wish: RelinkRequests, zone: str) -> Card:
    shown = list(enumerate(wish.accounts[:LISTED], 1))
    lines = [f"{_named(wish)}: {counted(len(wish.accounts), 'account')}"]
    lines += [f"{number}. {_account_text(one, zone)}{_room(one)}" for number, one in shown]
    more = len(wish.accounts) - LISTED
    if more > 0:
        lines.append(
            MORE_ACCOUNTS.format(
                accounts=counted(more, "more account is", "more accounts are"),
                person=wish.participant,
            )
        )
    rows = [_decisions(number, one) for number, one in shown]
    back = (Button("‹ Back", token(Action.OFFICE_WISHES)),)
    return Card("\n".join([*lines, CHECK]), (*rows, back))


def _decisions(number: int, account: RelinkRequest) -> tuple[Button, ...]:
    return (
        Button(f"Approve {number}", token(Action.OFFICE_RELINK, account.number, AGREED)),
        Button(f"Refuse {number}", token(Action.OFFICE_RELINK, account.number, REFUSED)),
    )


def person_text(number: int, wish: RelinkRequests, zone: str) -> str:
    """Return a person who waits in one line, with the account or the number of accounts."""
    if len(wish.accounts) == 1:
        (account,) = wish.accounts
        return f"{number}. {_named(wish)}{_room(account)}, {_account_text(account, zone)}"
    first = wish.accounts[0].since
    since = f", since {day_at(first, zone)}" if first else ""
    return f"{number}. {_named(wish)}, {counted(len(wish.accounts), 'account')}{since}"


def _named(wish: RelinkRequests) -> str:
    return f"{wish.name}, {wish.administrations} ({wish.participant})"


def _account_text(account: RelinkRequest, zone: str) -> str:
    since = f", since {day_at(account.since, zone)}" if account.since else ""
    return f"chat {account.chat}{since}"


def _room(account: RelinkRequest) -> str:
    return f", in the room of {account.room}" if account.room else ""
