"""Acts on one person: stop and start messages, pause, channel, language, e-mail."""

from collections.abc import Sequence
from datetime import date

from bot.desk.people.contact_channels import (
    USUAL,
    choose_channel,
    choose_language,
    put_email,
    put_email_back,
    working_addresses,
)
from bot.desk.people.overview import overview_of
from bot.desk.people.stopping import (
    pause_person,
    start_person,
    stop_person,
    what_stops,
)
from bot.desk.waves.typed_days import typed_day
from bot.web.desk.pages.people.common import back, is_undo, line, noted, person_of, typed
from bot.web.desk.rows import DeskAct
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Visit
from bot.wording.channel_names import channel_name
from bot.wording.counts import counted
from storage.database import Conflict
from storage.office.staff import StaffRole
from storage.people.addresses import addresses_of
from surveys.names import language_in
from surveys.people import AddressState, StopReason
from surveys.planning.channels import EMAIL
from surveys.wording import ENGLISH, Words, worded_languages

HOW = (
    Choice(StopReason.TELEPHONE, "By telephone"),
    Choice(StopReason.EMAIL, "In writing"),
    Choice(StopReason.LIST, "On a list"),
)

STAYS = (
    "Answers so far stay. You can start the messages again. What people stop themselves, only they "
    "can start again."
)


async def ask_stop(visit: Visit, form: Form) -> Panel | None:
    """Ask how the office knows that a person wants no more messages."""
    if is_undo(form):
        return None
    person = await person_of(visit)
    known = await visit.read(overview_of, visit.office, person.code, visit.now)
    said = await visit.read(what_stops, visit.office, person.code)
    title, _, told = said.partition("? ")
    lines = filter(None, (told, _would_ask(known.still_asked), STAYS))
    how = Field("why", "How did the person say so?", "radio", StopReason.TELEPHONE, choices=HOW)
    return Panel(f"{title}?" if told else said, "Stop messages", tuple(lines), (how,))


def _would_ask(waves: Sequence[str]) -> str:
    """Return which waves would have asked a person whose messages are stopped."""
    if not waves:
        return "No wave would have asked."
    return f"{counted(len(waves), 'wave')} would still have asked: {', '.join(waves)}."


async def stop(visit: Visit, form: Form) -> Done:
    """Stop all messages to the person."""
    person = await person_of(visit)
    if form.text("why") not in set(StopReason):
        raise Conflict("Choose how the person said so. Nothing was changed.")
    why = StopReason(form.text("why"))
    done = await visit.write(stop_person, visit.office, person.code, why, visit.now)
    return noted(done, back(person.code, "start", label="Start again"))


async def start(visit: Visit, form: Form) -> Done:
    """End a pause, or a stop by the office; it reaches nobody at once."""
    person = await person_of(visit)
    done = await visit.write(start_person, visit.office, person.code, visit.now)
    if person.stop_reason is not None:
        return noted(done, back(person.code, "stop", ("why", person.stop_reason)))
    until = person.paused_until or date.min
    return noted(done, back(person.code, "pause", ("until", until.isoformat())))


async def ask_pause(visit: Visit, form: Form) -> Panel | None:
    """Ask until when a person gets no messages."""
    if is_undo(form):
        return None
    person = await person_of(visit)
    until = line("until", "No messages before", hint="A day, such as 11 June.")
    lines = ("Waves that end before that day do not ask the person.",)
    return Panel(f"Pause the messages to {person.name}?", "Pause", lines, (until,))


async def pause(visit: Visit, form: Form) -> Done:
    """Send the person nothing before a day."""
    person = await person_of(visit)
    until = typed_day(form.text("until"), visit.today, "Pause")
    done = await typed(visit.write(pause_person, visit.office, person.code, until, visit.now))
    if person.paused_until is None:
        return noted(done, back(person.code, "start"))
    return noted(done, back(person.code, "pause", ("until", person.paused_until.isoformat())))


async def ask_channel(visit: Visit, form: Form) -> Panel | None:
    """Ask by which channel a person is written to."""
    if is_undo(form):
        return None
    person = await person_of(visit)
    known = await visit.read(working_addresses, visit.office, person.id)
    words = Words(ENGLISH)
    choices = [Choice(one.channel, channel_name(words, one.channel)) for one in known]
    usual = Choice(USUAL, "As usual where the person works")
    which = Field("channel", "Channel", "radio", person.channel or USUAL, "", (*choices, usual))
    lines = ("A message is never sent through two channels.",)
    return Panel(f"How is {person.name} written to?", "Save", lines, (which,))


async def channel(visit: Visit, form: Form) -> Done:
    """Set the channel of a person."""
    before = await person_of(visit)
    wanted = form.text("channel")
    person = await visit.write(choose_channel, visit.office, before.code, wanted, visit.now)
    how = channel_name(Words(ENGLISH), person.channel) if person.channel else "the usual channel"
    said = f"{person.code} is written to by {how} from now on."
    if person.channel == before.channel:
        return Done(said)
    return Done(said, (back(person.code, "channel", ("channel", before.channel or USUAL)),))


async def ask_language(visit: Visit, form: Form) -> Panel | None:
    """Ask in which language a person is written to."""
    if is_undo(form):
        return None
    person = await person_of(visit)
    choices = tuple(Choice(one, language_in(one, ENGLISH)) for one in worded_languages())
    which = Field("language", "Language", "radio", person.language, choices=choices)
    return Panel(f"In which language is {person.name} written to?", "Save", (), (which,))


async def language(visit: Visit, form: Form) -> Done:
    """Set the language of a person."""
    before = await person_of(visit)
    wanted = form.text("language")
    done = await visit.write(choose_language, visit.office, before.code, wanted, visit.now)
    return noted(done, back(before.code, "language", ("language", before.language)))


async def ask_email(visit: Visit, form: Form) -> Panel | None:
    """Ask for the new e-mail address of a person."""
    person = await person_of(visit)
    address = Field("email", "E-mail address", "email", required=True)
    lines = ("The address in use now and the links in letters to it are out of use then.",)
    return Panel(f"New e-mail address of {person.name}?", "Save", lines, (address,))


async def email(visit: Visit, form: Form) -> Done:
    """Give the person a new e-mail address."""
    person = await person_of(visit)
    had = await visit.read(addresses_of, person.id)
    giving = visit.write(put_email, visit.office, person.code, form.text("email"), visit.now)
    done = await typed(giving)
    replaced = any((one.channel, one.state) == (EMAIL, AddressState.ACTIVE) for one in had)
    return noted(done, *((back(person.code, "email-back"),) if replaced else ()))


async def email_back(visit: Visit, form: Form) -> Done:
    """Use the address again that the present one has replaced."""
    person = await person_of(visit)
    done = await visit.write(put_email_back, visit.office, person.code, visit.now)
    return noted(done, back(person.code, "email-back"))


ACTS = {
    "stop": DeskAct(StaffRole.ORGANISER, stop, ask_stop),
    "start": DeskAct(StaffRole.ORGANISER, start),
    "pause": DeskAct(StaffRole.ORGANISER, pause, ask_pause),
    "channel": DeskAct(StaffRole.ORGANISER, channel, ask_channel),
    "language": DeskAct(StaffRole.ORGANISER, language, ask_language),
    "email": DeskAct(StaffRole.ORGANISER, email, ask_email),
    "email-back": DeskAct(StaffRole.ORGANISER, email_back),
}
