"""/wave in chat: a wave before it opens, opened by hand or by plan, and its figures.

The work is done by `bot.desk.waves`.
"""

from bot.desk.waves import acts
from bot.desk.waves.following import Place, follow, plan_to_open
from bot.desk.waves.texts import message_text, preview_text
from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.wave_card import english_row, wave_card
from bot.staff_chat.workshop_choice import choice, listed_workshops, wave_of, workshop_of
from bot.wording.counts import counted
from storage.office.staff import Member, label_of

LISTED = 40


async def choose_workshop(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/wave: of which workshop?"""
    search = command.argument.strip()
    listed = await listed_workshops(context, search)
    return choice(listed, Action.OFFICE_WORKSHOP, "Which workshop?", "/wave", search)


async def choose_wave(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show the waves of a workshop to choose from."""
    workshop = await workshop_of(context, found)
    waves = await context.transactions.read(acts.list_waves, context.office, workshop.code)
    plan = acts.plan_of(context.office, workshop)
    titles = {one.key: f"{one.title} ({one.key})" for one in plan.waves}
    rows = [
        (
            Button(
                f"{titles.get(wave.key, wave.key)} · {wave.state} · {wave.opens_on:%d %b %Y}",
                token(Action.OFFICE_WAVE, found.numbers[0], number),
            ),
        )
        for number, wave in enumerate(waves)
    ]
    return Reply(says=(Say(Card(f"{workshop.title}: which wave?", tuple(rows)), tap.ref),))


async def show_wave(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show the preview of a wave that is not open yet, or the figures of one that is."""
    workshop, key = await wave_of(context, found)
    preview = await context.transactions.read(
        acts.preview_wave, context.office, workshop.code, key, context.clock()
    )
    if preview.state in ("open", "paused", "closed"):
        return await _show_progress(context, tap, found, member)
    rows = (
        (
            Button("Open now", token(Action.OFFICE_OPEN, *found.numbers)),
            *_plan_buttons(preview, found),
        ),
        *english_row(preview.languages, found),
        (Button("Show every message", token(Action.OFFICE_WHO, *found.numbers)),),
        (Button("Try it yourself", token(Action.OFFICE_TRY, *found.numbers)),),
        (Button("Cancel", token(Action.OFFICE_CANCEL, *found.numbers)),),
    )
    return Reply(says=(Say(Card(preview_text(preview), rows), tap.ref),))


async def accept_english(
    context: StaffContext, tap: Tapped, found: Token, member: Member
) -> Reply:
    """Accept English for the people who wait for a translation."""
    workshop, key = await wave_of(context, found)
    office = context.office_of(member)
    accepted = await context.transactions.write(
        acts.accept_english, office, workshop.code, key, context.clock()
    )
    return Reply(accepted.said, (await show_wave(context, tap, found, member)).says)


async def show_messages(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show each message of a wave, and why somebody gets none."""
    workshop, key = await wave_of(context, found)
    preview = await context.transactions.read(
        acts.preview_wave, context.office, workshop.code, key, context.clock()
    )
    lines = [message_text(message) for message in preview.messages]
    more = f"\n… and {len(lines) - LISTED} more" if len(lines) > LISTED else ""
    return Reply(says=(Say(Card("\n".join(lines[:LISTED]) + more or "Nobody is enrolled.")),))


async def open_wave(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Open a wave now. Where it is open already, say since when and by whom."""
    workshop, key = await wave_of(context, found)
    office = context.office_of(member)
    opened = await context.transactions.write(
        acts.open_wave, office, workshop.code, key, context.clock()
    )
    reply = await _show_progress(context, tap, found, member)
    since = opened.wave.opened_at
    if opened.already and since is not None:
        by = await context.transactions.read(label_of, opened.wave.opened_by)
        notice = f"Already open since {since:%d %b %H:%M} UTC, by {by}. Nothing was changed."
        return Reply(notice, reply.says)
    people = (
        f" {counted(opened.cases, 'person', 'people')}.{opened.soon}" if opened.to_come else ""
    )
    return Reply(f"The wave is open.{people}", reply.says)


async def plan_wave(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Leave a wave to open at its planned time; this message is kept up to date afterwards."""
    workshop, key = await wave_of(context, found)
    office = context.office_of(member)
    place = Place(member, tap.ref, "")
    said = await context.transactions.write(
        plan_to_open, office, (workshop.code, key), place, context.clock()
    )
    shown = (await show_wave(context, tap, found, member)).says[0].card
    card = Card(f"{said}\n\n{shown.text}", shown.rows)
    return Reply(said.partition(".")[0] + ".", (Say(card, tap.ref),))


async def _show_progress(
    context: StaffContext, tap: Tapped, found: Token, member: Member
) -> Reply:
    """Show the figures of a wave in a message that is kept up to date from now on."""
    card = await wave_card(context, found)
    workshop, key = await wave_of(context, found)
    if tap.ref:
        place = Place(member, tap.ref, card.text)
        await context.transactions.write(follow, (workshop.code, key), place, context.clock())
    return Reply(says=(Say(card, tap.ref),))


def _plan_buttons(preview: acts.Preview, found: Token) -> tuple[Button, ...]:
    """Return the button for a wave that will open by plan; nothing for any other."""
    if preview.state != "planned":
        return ()
    label = "Open at the planned time"
    return (Button(label, token(Action.OFFICE_AT_ITS_TIME, *found.numbers)),)
