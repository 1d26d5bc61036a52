"""Chat commands of staff: /wave, /workshops, /unreachable, /report. Thin skins over the desk."""

from collections.abc import Awaitable, Callable
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
from bot.memory import Memory
from bot.office import Office, StaffRole
from bot.rehearsal import Rehearsals
from bot.report_chat import ReportChat
from bot.staff_plans import (
    PLAN_ACTIONS,
    Places,
    PlanChat,
    english_row,
    languages_text,
    number_of,
)
from bot.tokens import Action, Token, read_token, token
from bot.uploads import Uploads
from storage.database import Conflict, NotFound
from storage.questionnaires import newest, published_keys
from surveys.wording import Words

OFFICE_COMMANDS = frozenset(
    {"wave", "workshops", "unreachable", "health", "rehearse", "move", "report", "help", "start"}
)
OFFICE_ACTIONS = frozenset(
    {
        Action.OFFICE_WORKSHOP,
        Action.OFFICE_WAVE,
        Action.OFFICE_OPEN,
        Action.OFFICE_ENGLISH,
        Action.OFFICE_WHO,
        Action.OFFICE_CANCEL,
        Action.OFFICE_TRY,
        Action.OFFICE_TRY_QUESTIONNAIRE,
        Action.OFFICE_PUBLISH,
        Action.OFFICE_CORRECT,
        Action.OFFICE_PLAY,
        Action.REPORT,
        Action.REPORT_FILE,
        *PLAN_ACTIONS,
    }
)
LISTED = 40
NOT_YOURS = "You do not have access to this. Ask an organiser."


class StaffChat:
    """The desk in chat. Organisers run waves; managers read reports."""

    def __init__(self, memory: Memory, office: Office, clock: Callable[[], datetime]) -> None:
        self._memory = memory
        self._office = office
        self._clock = clock
        self._places = Places(memory, office)
        self._plans = PlanChat(memory, office, clock)
        self._reports = ReportChat(memory, self._places, clock)
        self.rehearsals = Rehearsals(clock)
        self._uploads = Uploads(memory, self.rehearsals, clock)

    async def receive(self, inbound: Inbound) -> Reply:
        """The reply to a command, a file or a button of staff."""
        try:
            if isinstance(inbound, Commanded):
                return await self._command(inbound)
            if isinstance(inbound, Uploaded):
                return await self._upload(inbound)
            assert isinstance(inbound, Tapped)  # noqa: S101 - the reception sends nothing else
            found = read_token(inbound.token)
            assert found is not None  # noqa: S101 - the reception has read it
            return await self._tap(inbound, found)
        except (Conflict, NotFound) as error:
            return Reply(says=(Say(Card(str(error))),))

    async def _command(self, command: Commanded) -> Reply:
        roles = self._office.roles(command.sender.channel, command.sender.identifier)
        if command.name in ("help", "start"):
            card = letters.staff_help_card(Words(), StaffRole.ORGANISER in roles)
            return Reply(says=(Say(card),))
        if command.name == "report":
            return await self._choose_workshop(Action.REPORT, "Results of which workshop?")
        if StaffRole.ORGANISER not in roles:
            return Reply(says=(Say(Card(NOT_YOURS)),))
        if command.name == "workshops":
            return await self._plans.list_workshops()
        if command.name == "move":
            return await self._plans.move(command)
        if command.name == "unreachable":
            return await self._list_calls()
        if command.name == "rehearse":
            return await self._choose_questionnaire(command)
        if command.name == "health":
            return await self._health()
        return await self._choose_workshop(Action.OFFICE_WORKSHOP, "Which workshop?")

    async def _upload(self, uploaded: Uploaded) -> Reply:
        roles = self._office.roles(uploaded.sender.channel, uploaded.sender.identifier)
        if StaffRole.ORGANISER not in roles:
            return Reply(says=(Say(Card(NOT_YOURS)),))
        return await self._uploads.receive(uploaded)

    async def _tap(self, tap: Tapped, found: Token) -> Reply:
        roles = self._office.roles(tap.sender.channel, tap.sender.identifier)
        reports = {Action.REPORT: self._reports.show, Action.REPORT_FILE: self._reports.file}
        waves: dict[Action, Callable[[Tapped, Token], Awaitable[Reply]]] = {
            Action.OFFICE_WORKSHOP: self._choose_wave,
            Action.OFFICE_WAVE: self._preview,
            Action.OFFICE_WHO: self._who,
            Action.OFFICE_OPEN: self._open,
            Action.OFFICE_ENGLISH: self._english,
            Action.OFFICE_CANCEL: self._cancel,
            Action.OFFICE_TRY: self._rehearse_wave,
            Action.OFFICE_TRY_QUESTIONNAIRE: self._rehearse,
            Action.OFFICE_PUBLISH: self._uploads.publish,
            Action.OFFICE_CORRECT: self._uploads.publish,
            Action.OFFICE_PLAY: self._uploads.play,
        }
        if found.action in reports:
            return await reports[found.action](tap, found)
        if StaffRole.ORGANISER not in roles:
            return Reply(NOT_YOURS)
        if found.action in PLAN_ACTIONS:
            return await self._plans.tapped(tap, found)
        return await waves[found.action](tap, found)

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

    async def _choose_workshop(self, action: Action, question: str) -> Reply:
        workshops = await self._places.workshops()
        rows = [
            (Button(f"{workshop.title}, {workshop.city}", token(action, number_of(workshop))),)
            for workshop in workshops
        ]
        card = Card(question, tuple(rows)) if rows else Card("There are no workshops yet.")
        return Reply(says=(Say(card),))

    async def _choose_wave(self, tap: Tapped, found: Token) -> Reply:
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

    async def _preview(self, tap: Tapped, found: Token) -> Reply:
        workshop, key = await self._places.wave(found)
        preview = await self._memory.read(
            desk.preview_wave, self._office, workshop.code, key, self._clock()
        )
        if preview.state in ("open", "paused", "closed"):
            return await self._progress(tap, found)
        rows = (
            (Button("Open now", token(Action.OFFICE_OPEN, *found.numbers)),),
            *english_row(preview.languages, found),
            (Button("Show every message", token(Action.OFFICE_WHO, *found.numbers)),),
            (Button("Try it yourself", token(Action.OFFICE_TRY, *found.numbers)),),
            (Button("Cancel", token(Action.OFFICE_CANCEL, *found.numbers)),),
        )
        return Reply(says=(Say(Card(preview_text(preview), rows), tap.ref),))

    async def _english(self, tap: Tapped, found: Token) -> Reply:
        workshop, key = await self._places.wave(found)
        by = f"{tap.sender.channel}:{tap.sender.identifier}"
        accepted = await self._memory.transact(
            desk.accept_english, self._office, workshop.code, key, self._clock(), by
        )
        return Reply(accepted.said, (await self._preview(tap, found)).says)

    async def _who(self, tap: Tapped, found: Token) -> Reply:
        workshop, key = await self._places.wave(found)
        preview = await self._memory.read(
            desk.preview_wave, self._office, workshop.code, key, self._clock()
        )
        lines = [message_text(message) for message in preview.messages]
        more = f"\n… and {len(lines) - LISTED} more" if len(lines) > LISTED else ""
        return Reply(says=(Say(Card("\n".join(lines[:LISTED]) + more or "Nobody is enrolled.")),))

    async def _open(self, tap: Tapped, found: Token) -> Reply:
        workshop, key = await self._places.wave(found)
        by = f"{tap.sender.channel}:{tap.sender.identifier}"
        opened = await self._memory.transact(
            desk.open_wave, self._office, workshop.code, key, self._clock(), by
        )
        reply = await self._progress(tap, found)
        since = opened.wave.opened_at
        if opened.already and since is not None:
            notice = f"Already open since {since:%d %b %H:%M} UTC. Nothing was changed."
            return Reply(notice, reply.says)
        return Reply("The wave is open.", reply.says)

    async def _progress(self, tap: Tapped, found: Token) -> Reply:
        return Reply(says=(Say(await self._plans.wave_card(found), tap.ref),))

    async def _cancel(self, tap: Tapped, found: Token) -> Reply:
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

    async def _rehearse(self, tap: Tapped, found: Token) -> Reply:
        keys = await self._memory.read(published_keys)
        if not found.numbers or found.numbers[0] >= len(keys):
            raise NotFound("This list is old. Please send /rehearse again.")
        return await self._rehearse_key(tap.sender, keys[found.numbers[0]])

    async def _rehearse_key(self, sender: Sender, key: str) -> Reply:
        questionnaire = await self._memory.read(newest, key)
        if questionnaire is None:
            raise NotFound(f"There is no questionnaire {key}.")
        return self.rehearsals.begin(sender, questionnaire, sender.language)

    async def _rehearse_wave(self, tap: Tapped, found: Token) -> Reply:
        workshop, key = await self._places.wave(found)
        questionnaire, file = await self._memory.read(
            invented_case, self._office, workshop.code, key, self._clock()
        )
        return self.rehearsals.begin(tap.sender, questionnaire, tap.sender.language, file)


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
