"""Chat commands of staff: /wave, /workshops, /relink, /report and more. Thin skins over the desk."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.desk.office.staff import may_see
from bot.desk.people.call_list import NOBODY_TO_CALL, call_list, call_text
from bot.messaging.messages import Button, Card, Commanded, Inbound, Reply, Say, Tapped, Uploaded
from bot.messaging.tokens import Action, Token, read_token, token
from bot.operations.health import examine, free_bytes, health_lines
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.lists import ListChat
from bot.staff_chat.permissions import ACTIONS, COMMANDS, NOT_YOUR_WORKSHOP, NOT_YOURS, UPLOADS
from bot.staff_chat.plans import PLAN_ACTIONS, Places, PlanChat, nearest, number_of, place_of
from bot.staff_chat.rehearsal import Rehearsals
from bot.staff_chat.rehearsals import RehearsalChat
from bot.staff_chat.relinking import RelinkChat
from bot.staff_chat.reports import ReportChat
from bot.staff_chat.room_codes import ROOM_ACTIONS, RoomChat
from bot.staff_chat.uploads import Uploads
from bot.staff_chat.waves import LISTED, WaveChat
from bot.wording import service_messages
from storage.database import Conflict, NotFound
from storage.office.staff import Member, StaffRole
from surveys.wording import Words
from surveys.workshop import Workshop


class StaffChat:
    """The desk in chat. Organisers run waves; managers read reports."""

    def __init__(
        self, transactions: Transactions, office: Office, clock: Callable[[], datetime]
    ) -> None:
        self._transactions = transactions
        self._office = office
        self._clock = clock
        self._places = Places(transactions, office)
        self._plans = PlanChat(transactions, office, clock)
        self._relinks = RelinkChat(transactions, office, clock)
        self._rooms = RoomChat(transactions, office, self._places, clock)
        self._reports = ReportChat(transactions, self._places, clock)
        self._waves = WaveChat(transactions, office, (self._places, self._plans), clock)
        self.rehearsals = Rehearsals(clock)
        self._trials = RehearsalChat(transactions, office, self._places, self.rehearsals, clock)
        self._lists = ListChat(transactions, office, self._places, clock)
        self._uploads = Uploads(transactions, office, (self.rehearsals, self._lists), clock)

    async def receive(self, inbound: Inbound, member: Member) -> Reply:
        """The reply to a command, a file or a button of a member of the staff."""
        try:
            if isinstance(inbound, Commanded):
                return await self._command(inbound, member)
            if isinstance(inbound, Uploaded):
                return await self._upload(inbound, member)
            assert isinstance(inbound, Tapped)  # noqa: S101 - the reception sends nothing else
            found = read_token(inbound.token)
            assert found is not None  # noqa: S101 - the reception has read it
            return await self._tap(inbound, found, member)
        except (Conflict, NotFound) as error:
            return Reply(says=(Say(Card(str(error))),))

    async def _command(self, command: Commanded, member: Member) -> Reply:
        if not member.role.may(COMMANDS[command.name]):
            return Reply(says=(Say(Card(NOT_YOURS)),))
        if command.name in ("help", "start"):
            card = service_messages.staff_help_card(Words(), member.role.may(StaffRole.ORGANISER))
            return Reply(says=(Say(card),))
        if command.name == "report":
            seen = [one for one in await self._places.workshops() if may_see(member, one)]
            return _choice(
                nearest(seen, self._clock()), Action.REPORT, "Results of which workshop?"
            )
        if command.name == "workshops":
            return await self._plans.list_workshops()
        if command.name == "move":
            return await self._plans.move(command, member)
        if command.name == "unreachable":
            return await self._list_calls()
        if command.name == "rehearse":
            return await self._trials.choose(command)
        if command.name == "relink":
            return await self._relinks.list_wishes()
        if command.name == "room":
            workshops = nearest(await self._places.workshops(), self._clock())
            return _choice(workshops, Action.OFFICE_ROOM, "The room of which workshop?")
        if command.name == "health":
            return await self._health()
        workshops = nearest(await self._places.workshops(), self._clock())
        return _choice(workshops, Action.OFFICE_WORKSHOP, "Which workshop?")

    async def _upload(self, uploaded: Uploaded, member: Member) -> Reply:
        if not member.role.may(UPLOADS):
            return Reply(says=(Say(Card(NOT_YOURS)),))
        return await self._uploads.receive(uploaded, member)

    async def _tap(self, tap: Tapped, found: Token, member: Member) -> Reply:
        if not member.role.may(ACTIONS[found.action]):
            return Reply(NOT_YOURS)
        if found.action in PLAN_ACTIONS:
            return await self._plans.tapped(tap, found, member)
        if found.action in ROOM_ACTIONS:
            return await self._rooms.tapped(tap, found, member)
        if found.action in (Action.REPORT, Action.REPORT_FILE):
            return await self._report(tap, found, member)
        does: dict[Action, Callable[[Tapped, Token, Member], Awaitable[Reply]]] = {
            Action.OFFICE_WORKSHOP: self._waves.choose_wave,
            Action.OFFICE_WAVE: self._waves.preview,
            Action.OFFICE_WHO: self._waves.who,
            Action.OFFICE_OPEN: self._waves.open,
            Action.OFFICE_ENGLISH: self._waves.english,
            Action.OFFICE_AT_ITS_TIME: self._waves.at_its_time,
            Action.OFFICE_CANCEL: self._cancel,
            Action.OFFICE_TRY: self._trials.begin_wave,
            Action.OFFICE_TRY_QUESTIONNAIRE: self._trials.begin,
            Action.OFFICE_PUBLISH: self._uploads.publish,
            Action.OFFICE_CORRECT: self._uploads.publish,
            Action.OFFICE_PLAY: self._uploads.play,
            Action.OFFICE_RELINK: self._relinks.decide,
            Action.OFFICE_WISHES: self._relinks.shown,
            Action.OFFICE_LIST: self._lists.tapped,
        }
        return await does[found.action](tap, found, member)

    async def _report(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """Results of a workshop that lies in the scope of this member."""
        if not may_see(member, await self._places.workshop(found)):
            return Reply(says=(Say(Card(NOT_YOUR_WORKSHOP.format(contact=self._office.contact))),))
        office = self._office.acting_as(member.code)
        if found.action is Action.REPORT:
            return await self._reports.show(tap, found, office)
        return await self._reports.file(tap, found, office)

    async def _list_calls(self) -> Reply:
        calls = await self._transactions.read(call_list, self._office, self._clock())
        lines = [call_text(call) for call in calls[:LISTED]]
        if len(calls) > LISTED:
            lines.append(f"… and {len(calls) - LISTED} more")
        return Reply(says=(Say(Card("\n".join(lines) or NOBODY_TO_CALL)),))

    async def _health(self) -> Reply:
        disk = free_bytes(self._transactions.database)
        health = await self._transactions.read(examine, self._office, disk, self._clock())
        return Reply(says=(Say(Card("\n".join(health_lines(health)))),))

    async def _cancel(self, tap: Tapped, found: Token, member: Member) -> Reply:
        return Reply(says=(Say(Card("Nothing was changed."), tap.ref),))


def _choice(workshops: Sequence[Workshop], action: Action, question: str) -> Reply:
    """Workshops to choose from."""
    rows = [
        (Button(place_of(workshop), token(action, number_of(workshop))),) for workshop in workshops
    ]
    card = Card(question, tuple(rows)) if rows else Card("There are no workshops yet.")
    return Reply(says=(Say(card),))
