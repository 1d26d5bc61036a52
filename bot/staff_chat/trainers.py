"""The copy for the trainers of a workshop in chat: made, sent to who asked for it, and taken back."""

import asyncio

from bot.desk.office.staff import may_see
from bot.desk.reports import trainers
from bot.desk.reports.scopes import survey_scope
from bot.messaging.messages import Button, Card, File, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.reports import not_theirs
from bot.staff_chat.workshop_choice import OLD_LIST, wave_of
from storage.database import NotFound
from storage.fieldwork.waves import find_wave
from storage.office.staff import Member, StaffRole
from surveys.workshop import Workshop

COPY = "Copy for the trainers"
TAKE_BACK = "Take it back"
MADE = (
    "The copy for the trainers of {code}, {wave}, version {version}. It has no names and no small "
    "counts. Pass it on; the bot sends it to nobody."
)
TAKEN_BACK = "Taken back: {scope} is a draft. Whoever has the file keeps it."
IS_DRAFT = "{scope} is a draft already. Nothing was changed."


async def button_row(
    context: StaffContext, member: Member, workshop: Workshop, key: str, found: Token
) -> tuple[tuple[Button, ...], ...]:
    """Return the row with the button of the copy, where there can be one and the member may make it."""
    wave = await context.transactions.read(find_wave, workshop.code, key)
    may = member.role.may(StaffRole.ORGANISER) and context.clock().date() <= workshop.ends_on
    if not may or wave is None or not trainers.asks_before(wave, workshop):
        return ()
    return ((Button(COPY, token(Action.SURVEY_TRAINERS, *found.numbers[:2])),),)


async def send_copy(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Send the copy for the trainers, with a button that takes it back."""
    workshop, key = await wave_of(context, found)
    if not may_see(member, workshop):
        return not_theirs(context)
    office, database = context.office_of(member), context.transactions.patient
    made = await asyncio.to_thread(
        trainers.copy_for_trainers, database, office, workshop.code, key, context.clock()
    )
    text = MADE.format(code=workshop.code, wave=key, version=made.version)
    undo = token(Action.SURVEY_TRAINERS_UNDO, *found.numbers[:2], made.version)
    rows = ((Button(TAKE_BACK, undo),),) if made.new else ()
    return Reply(says=(Say(Card(text, rows), file=File(made.name, made.content)),))


async def take_back(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Make the version of a copy a draft again."""
    workshop, key = await wave_of(context, found)
    if not may_see(member, workshop):
        return not_theirs(context)
    if len(found.numbers) != 3:
        raise NotFound(OLD_LIST)
    office, database = context.office_of(member), context.transactions.patient
    scope = survey_scope(workshop.code, key)
    changed = await asyncio.to_thread(
        trainers.take_back, database, office, scope, found.numbers[2], context.clock()
    )
    return Reply(says=(Say(Card((TAKEN_BACK if changed else IS_DRAFT).format(scope=scope))),))
