"""After publishing in chat: of which workshop is it asked, and when? And the way back.

The work is done by `bot.desk.workshops.added_waves` and `bot.desk.questionnaires.publishing`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.desk.questionnaires import publishing, putting_back
from bot.desk.questionnaires.uses import uses_of
from bot.desk.waves.acts import WaveLine
from bot.desk.workshops import added_waves
from bot.desk.workshops.added_waves import NewWave, WaveAdded
from bot.messaging import tokens
from bot.messaging.messages import Button, Card, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.workshop_choice import (
    OLD_LIST,
    buttons,
    listed_workshops,
    more_row,
    number_of,
    workshop_of,
)
from bot.wording.days import day_words
from storage.database import Conflict, NotFound
from storage.instruments.questionnaires import published_keys
from storage.office.staff import Member
from surveys.people import Role
from surveys.workshop import AddedWave, Workshop

MONTHS = (0, 1, 3, 6, 12)
"""After the last day of a workshop, as buttons offer it; other days are typed at the terminal."""
NOT_DROPPED = ("open", "paused", "held", "closed")
"""States of waves that have opened."""
ROLES = tuple(Role)
"""Their order is their number in tokens."""
OTHER_DAYS = (
    "Another day: `followup wave add {code} --questionnaire {key} --on 2018-06-08 "
    "--role {role}` at the terminal."
)


@dataclass(frozen=True)
class Wanted:
    """What the numbers of a button say: a questionnaire, a workshop, who is asked, when."""

    key: str
    key_number: int
    workshop: Workshop
    role: Role
    rest: tuple[int, ...]

    def new_wave(self, months: int) -> NewWave:
        """Return the wave so many months after the last day."""
        return NewWave(self.key, f"end + {months} months" if months else "end", self.role)

    def token(self, action: Action, *more: int) -> str:
        """Return the token of another button about the same."""
        place = (self.key_number, number_of(self.workshop), ROLES.index(self.role))
        return token(action, *place, *more)


async def published_card(context: StaffContext, done: publishing.Publication) -> Card:
    """Return what was published and what asks it, with ways to ask it and to undo it."""
    if not done.new:
        return Card(f"{done.name} is the same. Nothing was changed.")
    if done.questionnaire.revision:
        said = f"{done.name} is published. {publishing.OPEN_TOO}"
        return await _with_undo(context, said, done.questionnaire.key, done.number)
    key = done.questionnaire.key
    uses = await context.transactions.read(uses_of, context.office, key, context.clock())
    reach = uses.to_come if uses.coming else "No wave asks it yet."
    number = (await context.transactions.read(published_keys)).index(key)
    rows = [(Button("Ask it of a workshop …", token(Action.QUESTIONNAIRE_ASK, number)),)]
    if done.before:
        versions = (done.before, done.questionnaire.version)
        again = token(Action.QUESTIONNAIRE_AGAIN, number, *versions)
        rows.append((Button(f"Undo: publish version {done.before} again", again),))
    return Card(f"{done.name} is published. {reach}", tuple(rows))


async def publish_again(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Undo]: publish the version before again, as the next one."""
    key, office = await _key(context, found), context.office_of(member)
    version, over, *_ = (*found.numbers[1:], 0, 0)
    done = await context.transactions.write(
        publishing.publish_again, office, key, version, context.clock(), over
    )
    return Reply(says=(Say(await published_card(context, done), tap.ref),))


async def put_correction_back(
    context: StaffContext, tap: Tapped, found: Token, member: Member
) -> Reply:
    """[Undo]: take back a correction of texts, but for texts that were corrected since."""
    key, office = await _key(context, found), context.office_of(member)
    number = found.numbers[1] if len(found.numbers) > 1 else 0
    if not number:
        raise NotFound(OLD_LIST)
    done = await context.transactions.write(
        putting_back.put_correction_back, office, key, number, context.clock()
    )
    return Reply(says=(Say(await _with_undo(context, done.said, key, done.number), tap.ref),))


async def _with_undo(context: StaffContext, said: str, key: str, change: int) -> Card:
    """Return what was done to texts, with a button that takes it back if something was changed."""
    number = (await context.transactions.read(published_keys)).index(key)
    undo = Button("Undo", token(Action.CORRECTION_UNDO, number, change))
    return Card(said, ((undo,),) if change else ())


async def choose_workshop(
    context: StaffContext, tap: Tapped, found: Token, member: Member
) -> Reply:
    """[Ask it of a workshop]: of which?"""
    key, listed = await _key(context, found), await listed_workshops(context)
    before = (found.numbers[0],)
    rows = buttons(listed, Action.QUESTIONNAIRE_WHEN, before=before)
    more = more_row(len(listed), Action.QUESTIONNAIRE_WHEN, before=before)
    return Reply(says=(Say(Card(f"Ask {key} of which workshop?", (*rows, *more)), tap.ref),))


async def choose_day(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """When? A button for each day that is not over, and for who is asked."""
    wanted = await _wanted(context, found)
    rows = []
    for months in MONTHS:
        label = await _label(context, wanted, months)
        if label:
            rows.append((Button(label, wanted.token(Action.QUESTIONNAIRE_ADD, months)),))
    others = tuple(_role_buttons(wanted))
    text = (
        f"Ask {wanted.key} of {wanted.workshop.title} when? "
        f"It asks its {_people(wanted.role)}.\n"
        + OTHER_DAYS.format(code=wanted.workshop.code, key=wanted.key, role=wanted.role)
    )
    return Reply(says=(Say(Card(text, (*rows, others)), tap.ref),))


async def add(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Add the wave; one that opens at once or soon is asked about first."""
    wanted = await _wanted(context, found)
    if not wanted.rest or wanted.rest[0] not in MONTHS:
        raise NotFound(OLD_LIST)
    months, *said = wanted.rest
    code, office, new = wanted.workshop.code, context.office_of(member), wanted.new_wave(months)
    look = await context.transactions.read(added_waves.look, office, code, new, context.clock())
    if look.asks and not look.known and not said:
        yes = Button("Yes", wanted.token(Action.QUESTIONNAIRE_ADD, months, 1))
        no = Button("No", token(Action.OFFICE_CANCEL))
        return Reply(says=(Say(Card(f"{look.said} Add it?", ((yes, no),)), tap.ref),))
    done = await context.transactions.write(added_waves.add, office, code, new, context.clock())
    return Reply(says=(Say(Card(done.said, _undo(wanted, done)), tap.ref),))


async def drop_rows(
    context: StaffContext, workshop: Workshop, waves: Sequence[WaveLine]
) -> list[tuple[Button, ...]]:
    """Return a button for each added wave of a workshop that can be taken back."""
    keys = await context.transactions.read(published_keys)
    planned = {wave.key for wave in waves if not wave.cases and wave.state not in NOT_DROPPED}
    return [
        (Button(f"Take back {own.key}", _drop_token(keys, workshop, own)),)
        for own in workshop.added
        if own.key in planned and own.questionnaire in keys
    ]


def _drop_token(keys: Sequence[str], workshop: Workshop, own: AddedWave) -> str:
    place = (keys.index(own.questionnaire), number_of(workshop), 0)
    return token(Action.QUESTIONNAIRE_DROP, *place, tokens.number_of(own.key))


def _undo(wanted: Wanted, done: WaveAdded) -> tuple[tuple[Button, ...], ...]:
    number = tokens.number_of(done.wave.key)
    return ((Button("Undo", wanted.token(Action.QUESTIONNAIRE_DROP, number)),),)


async def drop(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Undo]: take the added wave back, as long as it has not opened."""
    wanted, office = await _wanted(context, found), context.office_of(member)
    own = [one.key for one in wanted.workshop.added]
    key = next((key for key in own if tokens.number_of(key) in wanted.rest), None)
    if key is None:
        return Reply(says=(Say(Card("It was taken back already. Nothing was changed."), tap.ref),))
    code = wanted.workshop.code
    await context.transactions.write(added_waves.drop, office, code, key, context.clock())
    return Reply(says=(Say(Card(f"{code} {key} is dropped. It reached nobody."), tap.ref),))


async def _label(context: StaffContext, wanted: Wanted, months: int) -> str:
    """Return the label of a day: "3 months after: Wed 9 May 2018"; '' if it is over."""
    new = wanted.new_wave(months)
    try:
        look = await context.transactions.read(
            added_waves.look, context.office, wanted.workshop.code, new, context.clock()
        )
    except Conflict:
        return ""
    words = {0: "On its last day", 1: "1 month after"}.get(months, f"{months} months after")
    return f"{words}: {day_words(look.wave.opens_on)}"


def _role_buttons(wanted: Wanted) -> Iterator[Button]:
    """Yield a button for each of the other roles."""
    place = (wanted.key_number, number_of(wanted.workshop))
    for number, role in enumerate(ROLES):
        if role is not wanted.role:
            label = f"Ask {_people(role)} instead"
            yield Button(label, token(Action.QUESTIONNAIRE_WHEN, *place, number))


def _people(role: Role) -> str:
    return f"{role.replace('_', ' ')}s"


async def _key(context: StaffContext, found: Token) -> str:
    """Return the questionnaire that a button names. NotFound for a button of another list."""
    keys = await context.transactions.read(published_keys)
    if not found.numbers or found.numbers[0] >= len(keys):
        raise NotFound(OLD_LIST)
    return keys[found.numbers[0]]


async def _wanted(context: StaffContext, found: Token) -> Wanted:
    key = await _key(context, found)
    workshop = await workshop_of(context, Token(found.action, found.numbers[1:2]))
    role = found.numbers[2] if len(found.numbers) > 2 else 0
    if role >= len(ROLES):
        raise NotFound(OLD_LIST)
    return Wanted(key, found.numbers[0], workshop, ROLES[role], found.numbers[3:])
