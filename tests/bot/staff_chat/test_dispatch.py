"""Commands and buttons of staff are rows: each is complete, and help, menus and dispatch agree."""

import asyncio
import re
from typing import Any

import pytest

from bot.messaging.dispatch import table_of
from bot.messaging.messages import Commanded, Reply, Sender, Tapped
from bot.messaging.tokens import Action, token
from bot.participants import commands as person_commands
from bot.participants.buttons import CASE_ACTIONS
from bot.participants.moves import CHOICES, PLAIN_MOVES
from bot.staff_chat import buttons, commands
from bot.staff_chat.context import StaffContext
from bot.staff_chat.dispatch import LONG_AT_A_TIME, Request, StaffChat, request_of
from bot.staff_chat.rehearsed_interview import VIEWS
from bot.staff_chat.rows import StaffButton, StaffCommand, StaffUpload
from storage.office.staff import Member, StaffRole, find_member
from surveys.wording import Words
from tests.bot.stage import CHAT, Stage

SOMEBODY = Sender(CHAT, "901")
WITHOUT_A_LINE = {"start", "help", "days"}
"""Commands that everybody knows, and one that the card of a wave tells about."""


async def nothing(context: StaffContext, inbound: object, *more: object) -> Reply:
    return Reply()


ROWS: list[tuple[Any, tuple[object, ...]]] = [
    (StaffCommand, ("wave",)),
    (StaffButton, (Action.OFFICE_WAVE,)),
]


@pytest.mark.parametrize(("kind", "first"), ROWS, ids=lambda one: getattr(one, "__name__", ""))
def test_a_row_without_a_role_or_a_handler_is_refused(
    kind: Any, first: tuple[object, ...]
) -> None:
    kind(*first, StaffRole.MANAGER, nothing)
    for rest in ((), (StaffRole.MANAGER,), (None, nothing), (StaffRole.MANAGER, None)):
        with pytest.raises(TypeError):
            kind(*first, *rest)
    with pytest.raises(TypeError):
        StaffUpload(None, nothing, ())  # type: ignore[arg-type]


def test_a_command_no_messenger_takes_and_help_about_another_one_are_refused() -> None:
    for name, line in (("Wave", ""), ("two words", ""), ("wave", "/report: results")):
        with pytest.raises(ValueError, match=r"command|help"):
            StaffCommand(name, StaffRole.MANAGER, nothing, line)


def test_two_rows_for_one_button_are_refused() -> None:
    row = StaffButton(Action.OFFICE_WAVE, StaffRole.MANAGER, nothing)
    with pytest.raises(ValueError, match="two rows"):
        table_of((row, row), key=lambda one: one.action)


@pytest.mark.parametrize("role", StaffRole)
def test_the_help_and_the_menu_of_a_role_name_what_it_may_do_and_nothing_else(
    role: StaffRole,
) -> None:
    text = commands.help_card(role).text
    mentioned = set(re.findall(r"/([a-z]+)", text))
    allowed = {name for name, row in commands.COMMANDS.items() if role.may(row.role)}
    assert mentioned == allowed - WITHOUT_A_LINE
    menu = commands.menu_of(role, Words())
    # /move and /handover need words behind them, so they are told about and not offered.
    assert {name for name, _ in menu} == mentioned - {"move", "handover"}
    assert all(label for _, label in menu)
    assert ("as a file" in text) == role.may(commands.UPLOADS.role)


def test_every_row_is_found_by_what_is_sent_and_needs_the_role_of_the_row() -> None:
    for name, command in commands.COMMANDS.items():
        request = request_of(Commanded(SOMEBODY, name))
        assert request is not None and request.role is command.role, name
    for action in Action:
        request = request_of(Tapped(SOMEBODY, token(action, 1, 2)))
        row = buttons.BUTTONS.get(action)
        assert (request.role if request else None) is (row.role if row else None), action
    assert request_of(Commanded(SOMEBODY, "start", "K7MQ4-RX2ZD")) is None
    assert request_of(Commanded(SOMEBODY, "nothing")) is None
    assert request_of(Tapped(SOMEBODY, "?")) is None


async def test_a_handler_runs_only_for_a_role_that_may(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, str]] = []

    async def noted(context: StaffContext, command: Commanded, member: Member) -> Reply:
        ran.append((command.name, member.identifier))
        return Reply()

    spied = {name: StaffCommand(name, row.role, noted) for name, row in commands.COMMANDS.items()}
    monkeypatch.setattr("bot.staff_chat.dispatch.COMMANDS", spied)
    for name in spied:
        for chat in ("901", "903", "970"):
            await stage.application.reception.receive(Commanded(Sender(CHAT, chat), name))
    managers = {name for name, row in spied.items() if row.role is StaffRole.MANAGER}
    assert {name for name, chat in ran if chat == "901"} == set(spied)
    assert {name for name, chat in ran if chat == "903"} == managers
    assert {chat for _, chat in ran} == {"901", "903"}


async def test_each_chat_of_staff_has_the_highest_of_its_roles(stage: Stage) -> None:
    roles = await stage.application.transactions.read(commands.staff_roles, CHAT)
    assert roles["901"] is StaffRole.ORGANISER
    assert roles["903"] is StaffRole.MANAGER
    assert roles["904"] is StaffRole.ADMINISTRATOR
    assert "970" not in roles
    assert await stage.application.transactions.read(commands.staff_roles, "email") == {}
    of_staff = {name for name, _ in commands.menu_of(StaffRole.ADMINISTRATOR, Words())}
    assert not {name for name, _ in person_commands.menu(Words())} & of_staff


def test_a_rehearsal_handles_every_button_of_a_case() -> None:
    handled = {*VIEWS, *PLAIN_MOVES, *CHOICES, Action.LATER, Action.STOP}
    assert handled == CASE_ACTIONS


async def test_two_long_requests_run_at_a_time_and_short_ones_do_not_wait(stage: Stage) -> None:
    staff = StaffChat(stage.application.transactions, stage.application.office, lambda: stage.now)
    member = await stage.application.transactions.read(find_member, CHAT, "901")
    assert member is not None
    door, begun = asyncio.Event(), []

    async def work(_context: object, member: Member) -> Reply:
        begun.append(member.code)
        await door.wait()
        return Reply()

    async def quick(_context: object, _member: Member) -> Reply:
        return Reply("done")

    long = Request(StaffRole.MANAGER, work, Reply(), long=True)
    waiting = [asyncio.create_task(staff.answer(long, member)) for _ in range(4)]
    while len(begun) < LONG_AT_A_TIME:
        await asyncio.sleep(0)
    short = Request(StaffRole.MANAGER, quick, Reply())
    assert await staff.answer(short, member) == Reply("done")
    assert len(begun) == LONG_AT_A_TIME
    door.set()
    await asyncio.gather(*waiting)
    assert len(begun) == 4
