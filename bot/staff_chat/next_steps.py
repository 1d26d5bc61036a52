"""What the office does next, in chat: who is told of each step, below the picture of a report.

The work is done by `bot.desk.reports.next_steps`. Words are typed at a screen.
"""

from bot.desk.reports import next_steps
from bot.desk.reports.steps import LAPSED, TAKE_BACK, StandingStep, Stepped, StepPlace
from bot.messaging.messages import Button, Card, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, number_of, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.workshop_choice import OLD_LIST, workshop_of
from storage.database import NotFound
from storage.office.staff import Member, StaffRole
from surveys.next_step import State

LABEL = "What the office does next …"
TOLD = {
    State.OFFICE: "for the office",
    State.RELEASED: "released to readers outside",
    State.DROPPED: "dropped",
}
ACTS = (
    ("Release", next_steps.release, State.RELEASED),
    ("Keep for the office", next_steps.keep, State.OFFICE),
    ("Drop", next_steps.drop, State.DROPPED),
)
"""What stands on the buttons. Their order is their number in tokens: add at the end only."""
NONE = "No rule applies to {code}, and there is no step of the office's own."
WORD_IT = 'To word one: followup next-step change {code} {key} --words "…"'


def button_row(member: Member, workshop: int) -> tuple[tuple[Button, ...], ...]:
    """Return the button that leads here, for those who decide."""
    if not member.role.may(StaffRole.ORGANISER):
        return ()
    return ((Button(LABEL, token(Action.STEPS, workshop)),),)


async def show(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Show the steps of a workshop, with buttons that say who is told of each."""
    return Reply(says=(Say(await _card(context, found)),))


async def decide(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Say who is told of a step, at once, and show all steps again."""
    workshop = await workshop_of(context, found)
    if len(found.numbers) != 3 or found.numbers[2] >= len(ACTS):
        raise NotFound(OLD_LIST)
    _, wanted, number = found.numbers
    for step in await _steps(context, workshop.code):
        if number_of(step.key) == wanted:
            place = StepPlace(workshop.code, step.key)
            given = (context.office_of(member), place, context.clock())
            done = await context.transactions.write(ACTS[number][1], *given)
            return Reply(says=(Say(_said(done), tap.ref), Say(await _card(context, found))))
    raise NotFound(OLD_LIST)


async def undo(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Undo]: take a change back, if nobody has changed the step since."""
    if len(found.numbers) != 1:
        raise NotFound(OLD_LIST)
    given = (context.office_of(member), found.numbers[0], context.clock())
    done = await context.transactions.write(next_steps.undo, *given)
    return Reply(says=(Say(_said(done), tap.ref),))


async def _steps(context: StaffContext, code: str) -> list[StandingStep]:
    return await context.transactions.read(next_steps.list_steps, code, context.clock())


async def _card(context: StaffContext, found: Token) -> Card:
    workshop = await workshop_of(context, found)
    steps = await _steps(context, workshop.code)
    if not steps:
        return Card(NONE.format(code=workshop.code))
    lines = [f"What the office does next after {workshop.code}:", *map(_line, steps)]
    lines.append(WORD_IT.format(code=workshop.code, key=steps[0].key))
    return Card("\n\n".join(lines), tuple(_row(found.numbers[0], one) for one in steps))


def _line(one: StandingStep) -> str:
    count = "" if one.count is None else f" {one.count} ·"
    who = f" ({one.content.owner})" if one.content.owner else ""
    told = LAPSED if one.lapsed else TOLD[one.content.state]
    return f"{one.key}:{count} {one.content.words}{who} – {told}"


def _row(workshop: int, one: StandingStep) -> tuple[Button, ...]:
    return tuple(
        Button(
            f"{_label(label, state, one)}: {one.key}",
            token(Action.STEP, workshop, number_of(one.key), number),
        )
        for number, (label, _, state) in enumerate(ACTS)
        if state is not one.content.state
    )


def _label(label: str, state: State, one: StandingStep) -> str:
    return TAKE_BACK if one.lapsed and state is State.OFFICE else label


def _said(done: Stepped) -> Card:
    rows = ((Button("Undo", token(Action.STEP_UNDO, done.undo)),),) if done.changed else ()
    return Card(done.said, rows)
