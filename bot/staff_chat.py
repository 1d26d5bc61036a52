"""Chat commands of staff: /wave, /workshops, /relink, /report and more. Thin skins over the desk."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot import desk, letters
from bot.call_list import NOBODY_TO_CALL, call_list, call_text
from bot.channels.base import (
    Button,
    Card,
    Commanded,
    Inbound,
    Reply,
    Say,
    Sender,
    Tapped,
    Uploaded,
)
from bot.health import examine, free_bytes, health_lines
from bot.invented import invented_case
from bot.list_chat import ListChat
from bot.memory import Memory
from bot.office import Office
from bot.permissions import ACTIONS, COMMANDS, NOT_YOUR_WORKSHOP, NOT_YOURS, UPLOADS
from bot.rehearsal import Rehearsals
from bot.relink_chat import RelinkChat
from bot.report_chat import ReportChat
from bot.room_chat import ROOM_ACTIONS, RoomChat
from bot.staff_plans import (
    PLAN_ACTIONS,
    Places,
    PlanChat,
    english_row,
    languages_text,
    number_of,
)
from bot.staffing import may_see
from bot.tokens import Action, Token, read_token, token
from bot.uploads import Uploads
from bot.wave_messages import Place, follow, plan_to_open
from storage.database import Conflict, NotFound
from storage.questionnaires import newest, published_keys
from storage.staff import Member, StaffRole, label_of
from surveys.wording import Words
from surveys.workshop import Workshop

LISTED = 40


class StaffChat:
    """The desk in chat. Organisers run waves; managers read reports."""

    def __init__(self, memory: Memory, office: Office, clock: Callable[[], datetime]) -> None:
        self._memory = memory
        self._office = office
        self._clock = clock
        self._places = Places(memory, office)
        self._plans = PlanChat(memory, office, clock)
        self._relinks = RelinkChat(memory, office, clock)
        self._rooms = RoomChat(memory, office, self._places, clock)
        self._reports = ReportChat(memory, self._places, clock)
        self.rehearsals = Rehearsals(clock)
        self._lists = ListChat(memory, office, self._places, clock)
        self._uploads = Uploads(memory, office, (self.rehearsals, self._lists), clock)

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
            card = letters.staff_help_card(Words(), member.role.may(StaffRole.ORGANISER))
            return Reply(says=(Say(card),))
        if command.name == "report":
            seen = [one for one in await self._places.workshops() if may_see(member, one)]
            return _choice(seen, Action.REPORT, "Results of which workshop?")
        if command.name == "workshops":
            return await self._plans.list_workshops()
        if command.name == "move":
            return await self._plans.move(command, member)
        if command.name == "unreachable":
            return await self._list_calls()
        if command.name == "rehearse":
            return await self._choose_questionnaire(command)
        if command.name == "relink":
            return await self._relinks.list_wishes()
        if command.name == "room":
            workshops = await self._places.workshops()
            return _choice(workshops, Action.OFFICE_ROOM, "The room of which workshop?")
        if command.name == "health":
            return await self._health()
        workshops = await self._places.workshops()
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
        waves: dict[Action, Callable[[Tapped, Token, Member], Awaitable[Reply]]] = {
            Action.OFFICE_WORKSHOP: self._choose_wave,
            Action.OFFICE_WAVE: self._preview,
            Action.OFFICE_WHO: self._who,
            Action.OFFICE_OPEN: self._open,
            Action.OFFICE_ENGLISH: self._english,
            Action.OFFICE_AT_ITS_TIME: self._at_its_time,
            Action.OFFICE_CANCEL: self._cancel,
            Action.OFFICE_TRY: self._rehearse_wave,
            Action.OFFICE_TRY_QUESTIONNAIRE: self._rehearse,
            Action.OFFICE_PUBLISH: self._uploads.publish,
            Action.OFFICE_CORRECT: self._uploads.publish,
            Action.OFFICE_PLAY: self._uploads.play,
            Action.OFFICE_RELINK: self._relinks.decide,
            Action.OFFICE_WISHES: self._relinks.shown,
            Action.OFFICE_LIST: self._lists.tapped,
        }
        return await waves[found.action](tap, found, member)

    async def _report(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """Results of a workshop that lies in the scope of this member."""
        if not may_see(member, await self._places.workshop(found)):
            return Reply(says=(Say(Card(NOT_YOUR_WORKSHOP.format(contact=self._office.contact))),))
        office = self._office.acting_as(member.code)
        if found.action is Action.REPORT:
            return await self._reports.show(tap, found, office)
        return await self._reports.file(tap, found, office)

    async def _list_calls(self) -> Reply:
        calls = await self._memory.read(call_list, self._office, self._clock())
        lines = [call_text(call) for call in calls[:LISTED]]
        if len(calls) > LISTED:
            lines.append(f"… and {len(calls) - LISTED} more")
        return Reply(says=(Say(Card("\n".join(lines) or NOBODY_TO_CALL)),))

    async def _health(self) -> Reply:
        disk = free_bytes(self._memory.database)
        health = await self._memory.read(examine, self._office, disk, self._clock())
        return Reply(says=(Say(Card("\n".join(health_lines(health)))),))

    async def _choose_wave(self, tap: Tapped, found: Token, member: Member) -> Reply:
        workshop = await self._places.workshop(found)
        waves = await self._memory.read(desk.list_waves, self._office, workshop.code)
        rows = [
            (
                Button(
                    f"{wave.key} · {wave.state} · {wave.opens_on:%d %b %Y}",
                    token(Action.OFFICE_WAVE, found.numbers[0], number),
                ),
            )
            for number, wave in enumerate(waves)
        ]
        return Reply(says=(Say(Card(f"{workshop.title}: which wave?", tuple(rows)), tap.ref),))

    async def _preview(self, tap: Tapped, found: Token, member: Member) -> Reply:
        workshop, key = await self._places.wave(found)
        preview = await self._memory.read(
            desk.preview_wave, self._office, workshop.code, key, self._clock()
        )
        if preview.state in ("open", "paused", "closed"):
            return await self._progress(tap, found, member)
        rows = (
            (
                Button("Open now", token(Action.OFFICE_OPEN, *found.numbers)),
                *_at_its_time_buttons(preview, found),
            ),
            *english_row(preview.languages, found),
            (Button("Show every message", token(Action.OFFICE_WHO, *found.numbers)),),
            (Button("Try it yourself", token(Action.OFFICE_TRY, *found.numbers)),),
            (Button("Cancel", token(Action.OFFICE_CANCEL, *found.numbers)),),
        )
        return Reply(says=(Say(Card(preview_text(preview), rows), tap.ref),))

    async def _english(self, tap: Tapped, found: Token, member: Member) -> Reply:
        workshop, key = await self._places.wave(found)
        office = self._office.acting_as(member.code)
        accepted = await self._memory.transact(
            desk.accept_english, office, workshop.code, key, self._clock()
        )
        return Reply(accepted.said, (await self._preview(tap, found, member)).says)

    async def _who(self, tap: Tapped, found: Token, member: Member) -> Reply:
        workshop, key = await self._places.wave(found)
        preview = await self._memory.read(
            desk.preview_wave, self._office, workshop.code, key, self._clock()
        )
        lines = [message_text(message) for message in preview.messages]
        more = f"\n… and {len(lines) - LISTED} more" if len(lines) > LISTED else ""
        return Reply(says=(Say(Card("\n".join(lines[:LISTED]) + more or "Nobody is enrolled.")),))

    async def _open(self, tap: Tapped, found: Token, member: Member) -> Reply:
        workshop, key = await self._places.wave(found)
        office = self._office.acting_as(member.code)
        opened = await self._memory.transact(
            desk.open_wave, office, workshop.code, key, self._clock()
        )
        reply = await self._progress(tap, found, member)
        since = opened.wave.opened_at
        if opened.already and since is not None:
            by = await self._memory.read(label_of, opened.wave.opened_by)
            notice = f"Already open since {since:%d %b %H:%M} UTC, by {by}. Nothing was changed."
            return Reply(notice, reply.says)
        return Reply("The wave is open.", reply.says)

    async def _at_its_time(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """The wave is left to open by plan; this message then says how it goes."""
        workshop, key = await self._places.wave(found)
        office = self._office.acting_as(member.code)
        place = Place(member, tap.ref, "")
        said = await self._memory.transact(
            plan_to_open, office, (workshop.code, key), place, self._clock()
        )
        shown = (await self._preview(tap, found, member)).says[0].card
        card = Card(f"{said}\n\n{shown.text}", shown.rows)
        return Reply(said.partition(".")[0] + ".", (Say(card, tap.ref),))

    async def _progress(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """How a wave goes, in a message that is kept up to date from now on."""
        card = await self._plans.wave_card(found)
        workshop, key = await self._places.wave(found)
        if tap.ref:
            place = Place(member, tap.ref, card.text)
            await self._memory.transact(follow, (workshop.code, key), place, self._clock())
        return Reply(says=(Say(card, tap.ref),))

    async def _cancel(self, tap: Tapped, found: Token, member: Member) -> Reply:
        return Reply(says=(Say(Card("Nothing was changed."), tap.ref),))

    async def _choose_questionnaire(self, command: Commanded) -> Reply:
        """/rehearse: which questionnaire; /rehearse M6 begins at once."""
        keys = await self._memory.read(published_keys)
        wanted = command.argument.strip().upper()
        if wanted in keys:
            return await self._rehearse_key(command.sender, wanted)
        question = f"There is no questionnaire {wanted}. " if wanted else ""
        rows = [
            (Button(key, token(Action.OFFICE_TRY_QUESTIONNAIRE, number)),)
            for number, key in enumerate(keys)
        ]
        card = Card(f"{question}Which questionnaire would you like to try?", tuple(rows))
        return Reply(says=(Say(card),))

    async def _rehearse(self, tap: Tapped, found: Token, member: Member) -> Reply:
        keys = await self._memory.read(published_keys)
        if not found.numbers or found.numbers[0] >= len(keys):
            raise NotFound("This list is old. Please send /rehearse again.")
        return await self._rehearse_key(tap.sender, keys[found.numbers[0]])

    async def _rehearse_key(self, sender: Sender, key: str) -> Reply:
        questionnaire = await self._memory.read(newest, key)
        if questionnaire is None:
            raise NotFound(f"There is no questionnaire {key}.")
        return self.rehearsals.begin(sender, questionnaire, sender.language)

    async def _rehearse_wave(self, tap: Tapped, found: Token, member: Member) -> Reply:
        workshop, key = await self._places.wave(found)
        questionnaire, file = await self._memory.read(
            invented_case, self._office, workshop.code, key, self._clock()
        )
        return self.rehearsals.begin(tap.sender, questionnaire, tap.sender.language, file)


def _choice(workshops: Sequence[Workshop], action: Action, question: str) -> Reply:
    """Workshops to choose from."""
    rows = [
        (Button(f"{workshop.title}, {workshop.city}", token(action, number_of(workshop))),)
        for workshop in workshops
    ]
    card = Card(question, tuple(rows)) if rows else Card("There are no workshops yet.")
    return Reply(says=(Say(card),))


def _at_its_time_buttons(preview: desk.Preview, found: Token) -> tuple[Button, ...]:
    """Only a wave that will open by itself can be left to it."""
    if preview.state != "planned":
        return ()
    label = "Open at the planned time"
    return (Button(label, token(Action.OFFICE_AT_ITS_TIME, *found.numbers)),)


def preview_text(preview: desk.Preview) -> str:
    """A wave before it goes out, as an organiser reads it."""
    people = preview.messages
    lines = [
        f'{preview.key} of "{preview.workshop.title}": {preview.state}',
        f"Days: {preview.opens_on} to {preview.closes_on}. Questionnaire {preview.questionnaire}.",
        f"{len(people)} people, {len({one.administration for one in people})} administrations",
        f"{len(preview.sent_to)} will be contacted, {len(preview.not_sent)} are left out",
    ]
    for channel in sorted({one.channel for one in preview.sent_to}):
        number = sum(one.channel == channel for one in preview.sent_to)
        lines.append(f"By {channel}: {number}")
    times = sorted((one.at, one.local) for one in preview.sent_to if one.at is not None)
    if times:
        lines.append(f"First message: {times[0][1]}. Last: {times[-1][1]}.")
    reasons = sorted({one.reason for one in preview.not_sent})
    for reason in reasons:
        number = sum(one.reason == reason for one in preview.not_sent)
        lines.append(f"Left out: {number}, {reason}")
    lines += sorted({f"Note: {one.warning}" for one in people if one.warning})
    return "\n".join([*lines, *languages_text(preview.languages)])


def message_text(message: desk.PlannedMessage) -> str:
    """One person of a preview in one line."""
    when = f"not sent: {message.reason}"
    if message.local:
        when = f"{message.local}, by {message.channel} ({message.why_channel})"
    if message.later:
        days = ", ".join(" ".join(later.local.split()[:4]) for later in message.later)
        when += f"; reminders until there is an answer: {days}"
    return f"{message.name} ({message.administration}): {when}"
