"""How a manager of the office asks for a report in chat, as a conversation to read."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.demo.messenger import NAME, button_lines
from bot.messaging.messages import Commanded, Inbound, Reply, Sender, Tapped
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.dispatch import StaffChat, request_of
from storage.office.staff import Member, StaffRole

SENDER = Sender(NAME, "office-manager")


MANAGER = Member(
    0,
    "S-DEMO",
    StaffRole.MANAGER,
    "Max",
    scope=(),
    channel=SENDER.channel,
    identifier=SENDER.identifier,
    added_by="demo",
    added_at=datetime.min.replace(tzinfo=UTC),
    joined_at=None,
    removed_at=None,
)
"""Is asked about nowhere, and not stored."""


async def asks_for_report(
    transactions: Transactions, office: Office, workshop: str, now: datetime
) -> tuple[list[str], Mapping[str, bytes]]:
    """Return what is said when a manager asks for the report on a workshop, and the files in it."""
    chat = StaffChat(transactions, office, lambda: now)
    typed = Commanded(SENDER, "report", workshop)
    choice = await _answer(chat, typed)
    lines = [f"you   /{typed.name} {typed.argument}", *_lines(choice)]
    button = choice.says[0].card.rows[0][0]
    shown = await _answer(chat, Tapped(SENDER, button.token, "1"))
    files = {say.file.name: say.file.content for say in shown.says if say.file}
    return [*lines, f"you   [ {button.text} ]", *_lines(shown)], files


async def _answer(chat: StaffChat, said: Inbound) -> Reply:
    request = request_of(said)
    assert request is not None  # noqa: S101 - both are in the tables of staff
    return await chat.answer(request, MANAGER)


def _lines(reply: Reply) -> list[str]:
    lines = []
    for say in reply.says:
        picture = [f"bot   [{say.file.name}]"] if say.file else []
        text = say.card.text.replace("\n", "\n      ")
        lines += [*picture, f"{'      ' if picture else 'bot   '}{text}", *button_lines(say.card)]
    return lines
