"""The cases of one person in chat, under a message of theirs: set aside, opened again, moved.

The work is done by `bot.desk.people.case_changes`. What reaches the person asks first.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.desk.people import case_changes
from bot.desk.people.case_changes import DAYS_OPEN, CaseChange
from bot.desk.people.cases import PersonCase, cases_of_person, person_case
from bot.messaging.messages import Button, Card, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, number_of, token
from bot.settings.office import Office
from bot.staff_chat.context import StaffContext
from bot.staff_chat.workshop_choice import OLD_LIST
from storage.database import NotFound
from storage.office.staff import Member

REASONS = ("wrong workshop", "answered by somebody else", "asked twice", "the person wishes it")
"""Why a case is set aside, by the number on a button. The command line takes any words."""
SET_ASIDE, PUT_BACK, REOPEN, CLOSE, MOVE = range(5)
"""The second number of a button that changes a case; the third is its reason or its workshop."""
PLAIN: Mapping[int, Callable[..., CaseChange]] = {
    PUT_BACK: case_changes.put_back,
    CLOSE: case_changes.close_again,
}
"""Changes that need no reason and no workshop."""
MOST_CASES = 20
NO_CASES = "The person was not asked anything yet."


async def list_cases(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show the cases of the person on the button, newest first."""
    (person,) = _numbers(found, 1)
    cases = await context.transactions.read(cases_of_person, person, context.clock())
    return Reply(says=(Say(_list_card(cases[:MOST_CASES])),))


async def show(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show one case with what can be done about it."""
    (number,) = _numbers(found, 1)
    case = await context.transactions.read(person_case, number, context.clock())
    return Reply(says=(Say(_case_card(case), tap.ref),))


async def ask(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Say what a change would do, before it is done."""
    number, act, what = _numbers(found, 3)
    done = await _change(context, member, (number, act, what), dry_run=True)
    back = (Button("Leave it", token(Action.OFFICE_CASE, number)),)
    if not done.changed:
        return Reply(says=(Say(Card(done.said, (back,)), tap.ref),))
    question = f"This would be done:\n{done.said} {done.told}"
    return Reply(says=(Say(Card(question, (*_answers(number, act, what), back)), tap.ref),))


async def do(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Change a case, and offer to undo it."""
    number, act, what = _numbers(found, 3)
    before = await context.transactions.read(person_case, number, context.clock())
    done = await _change(context, member, (number, act, what), dry_run=False)
    back = Button("Show the case", token(Action.OFFICE_CASE, done.number))
    undo = _undo(done, act, before) if done.changed else ()
    text = f"{done.said} {done.told}".strip()
    return Reply(says=(Say(Card(text, ((*undo, back),)), tap.ref),))


async def _change(
    context: StaffContext, member: Member, what: tuple[int, int, int], *, dry_run: bool
) -> CaseChange:
    """Make a change, or look what it would do: the case, the act, and its reason or workshop."""
    change = partial(_change_case, dry_run=dry_run)
    office, now = context.office_of(member), context.clock()
    return await context.transactions.write(change, office, what, now)


def _change_case(
    connection: Connection,
    office: Office,
    what: tuple[int, int, int],
    now: datetime,
    *,
    dry_run: bool,
) -> CaseChange:
    number, act, more = what
    if act == SET_ASIDE:
        reason = REASONS[more % len(REASONS)]
        return case_changes.set_aside(connection, office, number, reason, now, dry_run=dry_run)
    if act == REOPEN:
        return case_changes.reopen(connection, office, number, DAYS_OPEN, now, dry_run=dry_run)
    if act == MOVE:
        code = _moves_to(connection, number, more, now)
        return case_changes.move_answers(connection, office, number, code, now, dry_run=dry_run)
    if act not in PLAIN:
        raise NotFound(OLD_LIST)
    return PLAIN[act](connection, office, number, now, dry_run=dry_run)


def _moves_to(connection: Connection, number: int, wanted: int, now: datetime) -> str:
    codes = person_case(connection, number, now).move_to
    code = next((code for code in codes if number_of(code) == wanted), None)
    if code is None:
        raise NotFound("The answers cannot move there any more. Nothing was changed.")
    return code


def _list_card(cases: Sequence[PersonCase]) -> Card:
    lines = [f"{n}. {_line(one)}" for n, one in enumerate(cases, 1)]
    rows = [
        (Button(f"Case {n}", token(Action.OFFICE_CASE, one.number)),)
        for n, one in enumerate(cases, 1)
    ]
    return Card("\n".join(lines) or NO_CASES, tuple(rows))


def _case_card(case: PersonCase) -> Card:
    """Return a case with a button for each change that is possible now."""
    buttons = [_asks("Put it back", case, PUT_BACK)] if case.set_aside else _changes(case)
    return Card(_line(case), tuple((button,) for button in buttons))


def _changes(case: PersonCase) -> list[Button]:
    moves = [
        _asks(f"Move the answers to {code}", case, MOVE, number_of(code)) for code in case.move_to
    ]
    reopen = [_asks(f"Open it for {DAYS_OPEN} days", case, REOPEN)] if case.closed else []
    close = [_asks("Close it again", case, CLOSE)] if case.reopened else []
    return [*moves, *reopen, *close, _asks("Set it aside", case, SET_ASIDE)]


def _asks(label: str, case: PersonCase, act: int, more: int = 0) -> Button:
    return Button(label, token(Action.OFFICE_CASE_ASK, case.number, act, more))


def _answers(number: int, act: int, what: int) -> list[tuple[Button, ...]]:
    """Return the buttons that do what was asked about: one for each reason, or one."""
    if act == SET_ASIDE:
        return [
            (Button(f"Set aside: {reason}", token(Action.OFFICE_CASE_DO, number, act, n)),)
            for n, reason in enumerate(REASONS)
        ]
    return [(Button("Do it", token(Action.OFFICE_CASE_DO, number, act, what)),)]


def _undo(done: CaseChange, act: int, before: PersonCase) -> tuple[Button, ...]:
    """Return the button that takes a change back, if there is such a change."""
    back = {SET_ASIDE: PUT_BACK, REOPEN: CLOSE, CLOSE: REOPEN, MOVE: MOVE}.get(act)
    more = number_of(before.workshop)
    if act == PUT_BACK and before.reason in REASONS:
        back, more = SET_ASIDE, REASONS.index(before.reason)
    if back is None:
        return ()
    return (Button("Undo", token(Action.OFFICE_CASE_DO, done.number, back, more)),)


def _line(case: PersonCase) -> str:
    return f"{case.wave} {case.workshop} ({case.title}): {case.state}"


def _numbers(found: Token, count: int) -> tuple[int, ...]:
    if len(found.numbers) != count:
        raise NotFound(OLD_LIST)
    return found.numbers
