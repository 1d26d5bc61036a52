"""One person: what waits, the cases, the ways to reach the person, and what was done."""

from zoneinfo import ZoneInfo

from bot.desk.people import messages
from bot.desk.people.enrolments import consent_of
from bot.desk.people.history import Back, Line
from bot.desk.people.overview import Overview, overview_of
from bot.web.desk.pages.people import case_acts, identity_acts, message_acts, workshop_acts
from bot.web.desk.pages.people.common import back, page_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Form, Screen, Undo, Visit
from bot.wording.channel_names import channel_name
from storage.office.staff import StaffRole
from surveys.names import language_in
from surveys.people import Role
from surveys.wording import ENGLISH, Words

BACKS = {
    Back.START: ("start", ()),
    Back.RESTORE: ("restore", ("workshop",)),
    Back.TAKE_IN: ("take-in", ("workshop", "wave")),
    Back.PUT_BACK: ("put-back", ("workshop", "wave")),
    Back.CLOSE: ("close", ("workshop", "wave")),
    Back.UNMERGE: ("unmerge", ("other",)),
    Back.EMAIL_BACK: ("email-back", ()),
    Back.HAND_BACK: ("hand-back", ()),
}
"""By what takes a line of the history back: the act of this page, and the fields that it needs."""

MESSAGES = "/people/messages"
MOST_LINES = 100


async def show(visit: Visit) -> Screen:
    """Show the person."""
    known = await visit.read(overview_of, visit.office, visit.place["code"], visit.now)
    person = known.person
    if known.messages:
        count = len(known.messages)
        await visit.write(messages.note_read, visit.office, person.code, count, visit.now)
    data = {
        "known": known,
        "person": person,
        "about": _about(known),
        "local": visit.now.astimezone(ZoneInfo(known.zone)) if known.zone else None,
        "consents": [(one.title, consent_of(one.enrolment)) for one in known.places],
        "history": [(one, _undo(person.code, one)) for one in known.history[:MOST_LINES]],
        "stops": _stops(known),
        "leads": any(one.enrolment.role is Role.CONTACT_POINT for one in known.places),
        "channel": lambda code: channel_name(Words(ENGLISH), code),
    }
    return Screen("person.html", person.name or f"{person.code} (erased)", data)


def _about(known: Overview) -> str:
    roles = dict.fromkeys(one.enrolment.role.replace("_", " ") for one in known.places)
    language = f"written to in {language_in(known.person.language, ENGLISH)}"
    return ", ".join(filter(None, (known.administration, *roles, language)))


def _stops(known: Overview) -> str:
    """Return what can be done about the messages: stop, start, or nothing."""
    person = known.person
    if person.stopped_at is not None and person.stop_reason is None:
        return ""
    stopped = person.stopped_at is not None or person.paused_until is not None
    return "start" if stopped else "stop"


def _undo(code: str, line: Line) -> Undo | None:
    if line.back is None:
        return None
    act, names = BACKS[line.back]
    return back(code, act, *zip(names, line.what, strict=False))


async def settle(visit: Visit, form: Form) -> Done:
    """Note that a message to the office was dealt with."""
    number = form.named("message")
    done = await visit.write(messages.settle_message, visit.office, number, visit.now)
    here = page_of(visit.place["code"]) if "code" in visit.place else MESSAGES
    undo = Undo(here, "unsettle", (("message", str(done.number)),))
    return Done(done.said, (undo,) if done.changed else ())


async def unsettle(visit: Visit, form: Form) -> Done:
    """Let a message wait again."""
    number = form.named("message")
    done = await visit.write(messages.unsettle_message, visit.office, number, visit.now)
    return Done(done.said)


PAGE = DeskPage(
    "/people/{code}",
    StaffRole.ORGANISER,
    show,
    {
        **message_acts.ACTS,
        **workshop_acts.ACTS,
        **identity_acts.ACTS,
        **case_acts.ACTS,
        "settle": DeskAct(StaffRole.ORGANISER, settle),
        "unsettle": DeskAct(StaffRole.ORGANISER, unsettle),
    },
)
