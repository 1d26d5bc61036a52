"""/wave in chat: a wave before it goes out, opened by hand, and how it goes.

A thin skin over the desk.
"""

from collections.abc import Callable
from datetime import datetime

from bot.desk.waves import acts
from bot.desk.waves.texts import message_text, preview_text
from bot.messaging.messages import Button, Card, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.plans import Places, PlanChat, english_row
from bot.staff_chat.wave_messages import Place, follow, plan_to_open
from storage.office.staff import Member, label_of

LISTED = 40


class WaveChat:
    """The buttons of a wave: preview, who, open now or by plan, progress."""

    def __init__(
        self,
        transactions: Transactions,
        office: Office,
        plans: tuple[Places, PlanChat],
        clock: Callable[[], datetime],
    ) -> None:
        self._transactions = transactions
        self._office = office
        self._places, self._plans = plans
        self._clock = clock

    async def choose_wave(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """The waves of a workshop to choose from."""
        workshop = await self._places.workshop(found)
        waves = await self._transactions.read(acts.list_waves, self._office, workshop.code)
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

    async def preview(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """A wave before it goes out; of one that was opened, how it goes."""
        workshop, key = await self._places.wave(found)
        preview = await self._transactions.read(
            acts.preview_wave, self._office, workshop.code, key, self._clock()
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

    async def english(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """English is accepted for those who wait for a translation."""
        workshop, key = await self._places.wave(found)
        office = self._office.acting_as(member.code)
        accepted = await self._transactions.write(
            acts.accept_english, office, workshop.code, key, self._clock()
        )
        return Reply(accepted.said, (await self.preview(tap, found, member)).says)

    async def who(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """Every message of a wave, or why somebody gets none."""
        workshop, key = await self._places.wave(found)
        preview = await self._transactions.read(
            acts.preview_wave, self._office, workshop.code, key, self._clock()
        )
        lines = [message_text(message) for message in preview.messages]
        more = f"\n… and {len(lines) - LISTED} more" if len(lines) > LISTED else ""
        return Reply(says=(Say(Card("\n".join(lines[:LISTED]) + more or "Nobody is enrolled.")),))

    async def open(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """The wave is opened now; twice says by whom it was."""
        workshop, key = await self._places.wave(found)
        office = self._office.acting_as(member.code)
        opened = await self._transactions.write(
            acts.open_wave, office, workshop.code, key, self._clock()
        )
        reply = await self._progress(tap, found, member)
        since = opened.wave.opened_at
        if opened.already and since is not None:
            by = await self._transactions.read(label_of, opened.wave.opened_by)
            notice = f"Already open since {since:%d %b %H:%M} UTC, by {by}. Nothing was changed."
            return Reply(notice, reply.says)
        return Reply("The wave is open.", reply.says)

    async def at_its_time(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """The wave is left to open by plan; this message then says how it goes."""
        workshop, key = await self._places.wave(found)
        office = self._office.acting_as(member.code)
        place = Place(member, tap.ref, "")
        said = await self._transactions.write(
            plan_to_open, office, (workshop.code, key), place, self._clock()
        )
        shown = (await self.preview(tap, found, member)).says[0].card
        card = Card(f"{said}\n\n{shown.text}", shown.rows)
        return Reply(said.partition(".")[0] + ".", (Say(card, tap.ref),))

    async def _progress(self, tap: Tapped, found: Token, member: Member) -> Reply:
        """How a wave goes, in a message that is kept up to date from now on."""
        card = await self._plans.wave_card(found)
        workshop, key = await self._places.wave(found)
        if tap.ref:
            place = Place(member, tap.ref, card.text)
            await self._transactions.write(follow, (workshop.code, key), place, self._clock())
        return Reply(says=(Say(card, tap.ref),))


def _at_its_time_buttons(preview: acts.Preview, found: Token) -> tuple[Button, ...]:
    """Only a wave that will open by itself can be left to it."""
    if preview.state != "planned":
        return ()
    label = "Open at the planned time"
    return (Button(label, token(Action.OFFICE_AT_ITS_TIME, *found.numbers)),)
