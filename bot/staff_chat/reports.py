"""/report in chat: the picture with its caption, then each file and language behind a button.

Reports are drawn in another process and kept until a new answer arrives.
"""

from bot.desk.office.staff import may_see
from bot.desk.reports import choices, reporting
from bot.messaging.messages import Button, Card, Commanded, File, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat import next_steps
from bot.staff_chat.context import StaffContext
from bot.staff_chat.workshop_choice import choice, listed_workshops, workshop_of
from storage.database import NotFound
from storage.office.staff import Member
from surveys.names import language_name
from surveys.wording import ENGLISH

FILES = (
    ("One page PDF", "pdf"),
    ("Full report", "full"),
    ("Excel", "xlsx"),
    ("By administration", "places"),
    ("Newsletter", "newsletter"),
    ("Slides", "pptx"),
)
"""What stands on the buttons. Their order is their number in tokens: add at the end only."""

SURVEYS = "The result of one survey …"

TEXTS = frozenset(("places",))
"""Forms that are shown as a message, as they are short."""

IN_A_ROW = 3
"""Languages that stand beside each other below the files."""

LONGEST = 3500
"""Bytes of a text that fits one message; a longer one goes as a file."""

NOT_YOUR_WORKSHOP = "You do not have access to this workshop. Ask {contact}."


async def choose_workshop(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/report: of which workshop? Only those in the scope of the member are offered."""
    search = command.argument.strip()
    listed = await listed_workshops(context, search)
    seen = [one for one in listed if may_see(member, one.workshop)]
    question = "Which workshop do you want the results of?"
    return choice(seen, Action.REPORT, question, "/report", search)


async def show(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show the picture with its caption, the files and the other languages.

    Where too few people have answered it is one sentence.
    """
    workshop = await workshop_of(context, found)
    if not may_see(member, workshop):
        return not_theirs(context)
    code, language = workshop.code, _language(found, 1)
    wishes = choices.Wishes(language=language, office=context.office.name)
    told = await context.reports.get(
        context.transactions,
        (code, "picture", language),
        lambda: reporting.show_report(
            context.transactions, [code], context.clock(), wishes, "phone"
        ),
    )
    await record(context, member, f"{code}: picture")
    surveys = (Button(SURVEYS, token(Action.SURVEYS, found.numbers[0])),)
    if not told.results:
        return Reply(says=(Say(Card(told.caption, (surveys,))),))
    number = found.numbers[0]
    steps = next_steps.button_row(member, number)
    rows = (*_files(number, language), *steps, surveys, *_languages(number, language))
    file = (
        File(choices.file_name(code, "png"), told.picture, picture=True) if told.picture else None
    )
    return Reply(says=(Say(Card(told.caption, rows), file=file),))


async def send_file(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Send one file of a workshop's report; a short text is sent as a message."""
    workshop = await workshop_of(context, found)
    if not may_see(member, workshop):
        return not_theirs(context)
    code = workshop.code
    number = found.numbers[1] if len(found.numbers) > 1 else 0
    if number >= len(FILES):
        raise NotFound("This list is old. Please send /report again.")
    (label, form), language = FILES[number], _language(found, 2)
    if form == choices.NEWSLETTER:
        return await _newsletter(context, member, code, language)
    wishes = choices.Wishes(language=language)
    content = await context.reports.get(
        context.transactions,
        (code, form, language),
        lambda: reporting.write_report(
            context.transactions, context.office, [code], form, context.clock(), wishes
        ),
    )
    await record(context, member, f"{code}: {form} for staff")
    if form in TEXTS and len(content) <= LONGEST:
        return Reply(says=(Say(Card(content.decode())),))
    file = File(choices.file_name(code, form, wishes), content)
    return Reply(says=(Say(Card(f"{code}: {label}"), file=file),))


async def _newsletter(context: StaffContext, member: Member, code: str, language: str) -> Reply:
    """Send the picture and the lines that an editor may print, as the public may know them."""
    wishes = choices.Wishes(choices.NEWSLETTER, language=language)
    text, picture = choices.NEWSLETTER, choices.BESIDE[0]
    made = await reporting.write_reports(
        context.transactions, context.office, [code], [text, picture], context.clock(), wishes
    )
    await record(context, member, f"{code}: {text} {picture} for {wishes.audience}")
    lines = made[text].decode()
    name = choices.file_name(code, picture, wishes)
    file = File(name, made[picture], picture=True)
    return Reply(says=(Say(Card(lines.partition("\n")[0]), file=file), Say(Card(lines))))


def not_theirs(context: StaffContext) -> Reply:
    """Return what a manager reads about a workshop of another scope."""
    return Reply(says=(Say(Card(NOT_YOUR_WORKSHOP.format(contact=context.office.contact))),))


async def record(context: StaffContext, member: Member, about: str) -> None:
    """Write into the audit log that a member got a report, drawn now or earlier."""
    office = context.office_of(member)
    await context.transactions.write(reporting.record_handed_out, office, about, context.clock())


def _files(workshop: int, language: str) -> tuple[tuple[Button, ...], ...]:
    """Return a button for each file of a report in a language."""
    return tuple(
        (Button(label, token(Action.REPORT_FILE, workshop, number, int(language, 36))),)
        for number, (label, _) in enumerate(FILES)
    )


def _languages(workshop: int, language: str) -> tuple[tuple[Button, ...], ...]:
    """Return buttons of the other languages that reports are written in, by their own names."""
    buttons = [
        Button(language_name(code), token(Action.REPORT, workshop, int(code, 36)))
        for code in choices.report_languages()
        if code != language
    ]
    return tuple(tuple(buttons[n : n + IN_A_ROW]) for n in range(0, len(buttons), IN_A_ROW))


def _language(found: Token, place: int) -> str:
    """Return the language of a button, whose letters are a number in base 36; English if it has none."""
    wanted = found.numbers[place : place + 1]
    known = (code for code in choices.report_languages() if wanted == (int(code, 36),))
    return next(known, ENGLISH)
