"""The result of one survey in chat: its first page as a picture, and its files behind buttons."""

from dataclasses import replace

from bot.desk.office.staff import may_see
from bot.desk.reports import choices, reporting
from bot.desk.waves import acts
from bot.messaging.messages import Button, Card, File, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, number_of, token
from bot.staff_chat import trainers
from bot.staff_chat.context import StaffContext
from bot.staff_chat.reports import not_theirs, record
from bot.staff_chat.workshop_choice import OLD_LIST, wave_of, workshop_of
from storage.database import NotFound
from storage.office.staff import Member

FILES = (("PDF", "pdf"), ("Word", "docx"), ("Excel", "xlsx"), ("Slides", "pptx"))
"""What stands on the buttons. Their order is their number in tokens: add at the end only."""
NONE_YET = "No survey of {code} has been opened yet."
WHICH = "The result of which survey of {code}?"


async def choose(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show the surveys of a workshop that have been opened, to choose from."""
    workshop = await workshop_of(context, found)
    if not may_see(member, workshop):
        return not_theirs(context)
    waves = await context.transactions.read(acts.waves_now, context.office, workshop.code)
    rows = tuple(
        (Button(one.key, token(Action.SURVEY, found.numbers[0], number_of(one.key))),)
        for one in waves
        if one.facts.opened
    )
    text = (WHICH if rows else NONE_YET).format(code=workshop.code)
    return Reply(says=(Say(Card(text, rows)),))


async def show(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show the result of a survey; under five answers it is one sentence."""
    workshop, key = await wave_of(context, found)
    if not may_see(member, workshop):
        return not_theirs(context)
    told = await context.reports.get(
        context.transactions,
        (workshop.code, f"{key} picture", "en"),
        lambda: reporting.show_report(
            context.transactions, [workshop.code], context.clock(), _wishes(context, key)
        ),
    )
    await record(context, member, f"{workshop.code} {key}: picture")
    if not told.results or not told.picture:
        return Reply(says=(Say(Card(told.caption)),))
    files = tuple(
        (Button(label, token(Action.SURVEY_FILE, *found.numbers[:2], number)),)
        for number, (label, _) in enumerate(FILES)
    )
    rows = (*files, *await trainers.button_row(context, member, workshop, key, found))
    name = choices.file_name(f"{workshop.code} {key}", "png")
    return Reply(
        says=(Say(Card(told.caption, rows), file=File(name, told.picture, picture=True)),)
    )


async def send_file(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Send the result of a survey as a file."""
    workshop, key = await wave_of(context, found)
    if not may_see(member, workshop):
        return not_theirs(context)
    if len(found.numbers) != 3 or found.numbers[2] >= len(FILES):
        raise NotFound(OLD_LIST)
    label, form = FILES[found.numbers[2]]
    content = await context.reports.get(
        context.transactions,
        (workshop.code, f"{key} {form}", "en"),
        lambda: reporting.write_report(
            context.transactions,
            context.office,
            [workshop.code],
            form,
            context.clock(),
            _wishes(context, key),
        ),
    )
    await record(context, member, f"{workshop.code} {key}: {form} for staff")
    name = choices.file_name(f"{workshop.code} {key}", form)
    return Reply(says=(Say(Card(f"{workshop.code} {key}: {label}"), file=File(name, content)),))


def _wishes(context: StaffContext, key: str) -> choices.Wishes:
    return replace(choices.STAFF, survey=key, office=context.office.name)
