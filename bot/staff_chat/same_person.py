"""Two entries that may be one person, in chat: shown, joined, kept apart, and joining undone."""

from bot.desk.people.person import unmerge_people
from bot.desk.people.same_person import (
    Entry,
    Pair,
    TwoEntries,
    join_entries,
    keep_apart,
    two_entries,
)
from bot.messaging.messages import Button, Card, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.workshop_choice import OLD_LIST
from storage.database import NotFound
from storage.office.staff import Member

SHOW, JOIN, APART, UNDO = range(4)
"""The third number of a button; the first two are the entries."""
QUESTION = (
    "Are they one person? Ask by a phone number or an address that you already know: one person "
    "sees what was answered for both."
)


async def decide(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show two entries, or do what a button under them says."""
    if len(found.numbers) < 2:
        raise NotFound(OLD_LIST)
    pair, step = (found.numbers[0], found.numbers[1]), (*found.numbers, SHOW)[2]
    office, now = context.office_of(member), context.clock()
    if step == JOIN:
        both = await context.transactions.write(join_entries, office, pair, now)
        return _said(tap, _joined(both), [("Undo", pair, UNDO)])
    if step == APART:
        both = await context.transactions.write(keep_apart, office, pair, now)
        text = f"{both.kept.code} and {both.other.code} stay two people."
        return _said(tap, text, [("One person after all", pair, JOIN)])
    both = await context.transactions.read(two_entries, pair)
    if step == UNDO:
        await context.transactions.write(unmerge_people, office, both.other.code, now)
        return _said(tap, "They are two entries again, as before.", [("Look again", pair, SHOW)])
    return _shown(tap, both, pair)


def _shown(tap: Tapped, both: TwoEntries, pair: Pair) -> Reply:
    if both.merged:
        return _said(tap, _joined(both), [("Undo", pair, UNDO)])
    text = "\n".join((_line(both.kept), _line(both.other), QUESTION))
    return _said(tap, text, [("One person", pair, JOIN), ("Two people", pair, APART)])


def _line(entry: Entry) -> str:
    return f"{entry.name} ({entry.code}): {entry.places}"


def _joined(both: TwoEntries) -> str:
    kept, other = both.kept, both.other
    return f"One person, one code: {kept.name}, {kept.code}. {other.code} is part of it now."


def _said(tap: Tapped, text: str, buttons: list[tuple[str, Pair, int]]) -> Reply:
    rows = tuple(
        (Button(label, token(Action.OFFICE_SAME, *pair, step)),) for label, pair, step in buttons
    )
    return Reply(says=(Say(Card(text, rows), tap.ref),))
