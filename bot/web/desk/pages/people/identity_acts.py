"""Who a person is: two entries of one person, a successor, a new account, erasing."""

from bot.desk.people.acts import Done as ActDone
from bot.desk.people.handover import Successor, hand_back, hand_over, what_hands_over
from bot.desk.people.person import erase_code, merge_people, unmerge_people
from bot.desk.people.relinking import relink_person
from bot.desk.people.same_person import Entry, join_entries, keep_apart, two_entries
from bot.web.desk.pages.people.common import back, line, noted, page_of, person_of, typed
from bot.web.desk.rows import DeskAct
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Screen, Undo, Visit
from bot.wording.counts import counted
from storage.erasure.merging import Merged
from storage.office.staff import StaffRole
from storage.people.participants import participant_with
from surveys.people import Participant
from surveys.problems import BadInput, Problem

CHECK = (
    "Ask by a phone number or an address that you already know: one person sees what was answered "
    "for both."
)
AFTER_ALL = "One person after all …"
NOT_ERASED = "Nothing was changed."
COPIES = "Copies of the database made before still hold the data until they are deleted."


async def ask_other(visit: Visit, form: Form) -> Panel | None:
    """Ask which other entry may be the same person."""
    person = await person_of(visit)
    which = line("other", "Code of the other entry", hint="Such as P-7KQ2MZ9D.")
    return Panel(f"Who is the same person as {person.name}?", "Look", (), (which,))


async def other(visit: Visit, form: Form) -> Done:
    """Go to the question about both entries."""
    person = await person_of(visit)
    found = await typed(visit.read(participant_with, form.text("other")))
    to = f"{page_of(person.code)}?do=same&other={found.code}"
    return Done("This is what is known of both. Nothing was changed yet.", to=to)


async def ask_same(visit: Visit, form: Form) -> Panel | None:
    """Say what joining two entries would do."""
    person = await person_of(visit)
    found = await visit.read(participant_with, form.text("other"))
    choice = Choice("yes", "Tell the person in chat to go on", "If they have sent the other code.")
    lines = (*await _what_joins(visit, person, found), CHECK)
    title = f"Are {person.name} ({person.code}) and {found.name} ({found.code}) one person?"
    tell = Field("tell", "A message", "boxes", choices=(choice,))
    return Panel(title, "One person", lines, (tell,), (("other", found.code),))


async def _what_joins(visit: Visit, person: Participant, other: Participant) -> list[str]:
    """Return what joining two entries would do, after a trial that is taken back."""
    codes = (person.code, other.code)
    trial = visit.write(merge_people, visit.office, codes, visit.now, dry_run=True)
    both = await visit.read(two_entries, (person.id, other.id))
    return [_entry_text(both.kept), _entry_text(both.other), *_merged_lines(await trial)]


def _entry_text(entry: Entry) -> str:
    return f"{entry.name} ({entry.code}): {entry.places}"


def _merged_lines(done: Merged) -> list[str]:
    workshops = counted(done.enrolments, "workshop")
    ways = counted(done.addresses, "address", "addresses")
    out = counted(done.out_of_use, "e-mail address is", "e-mail addresses are")
    same = counted(done.set_aside, "workshop that both had is", "workshops that both had are")
    found = [f"{workshops} and {ways} of {done.other} go to {done.kept}."]
    found += [f"{same} kept once."] if done.set_aside else []
    return found + ([f"{out} out of use, with the links in letters."] if done.out_of_use else [])


async def same(visit: Visit, form: Form) -> Done:
    """Join two entries; the entry of this page stays."""
    person = await person_of(visit)
    found = await visit.read(participant_with, form.text("other"))
    if form.text("tell"):
        await visit.write(join_entries, visit.office, (person.id, found.id), visit.now)
    else:
        codes = (person.code, found.code)
        await visit.write(merge_people, visit.office, codes, visit.now)
    said = f"One person, one code: {person.name}, {person.code}. {found.code} is part of it now."
    return Done(said, (back(person.code, "unmerge", ("other", found.code)),))


async def unmerge(visit: Visit, form: Form) -> Done:
    """Make two entries of one again."""
    done = await visit.write(unmerge_people, visit.office, form.text("other"), visit.now)
    lost = counted(done.lost, "address", "addresses")
    gone = f" Not brought back: {lost}, deleted or replaced since." if done.lost else ""
    again = Undo(page_of(done.kept), "same", (("other", done.other),), AFTER_ALL)
    return Done(f"{done.other} and {done.kept} are two people again.{gone}", (again,))


async def apart(visit: Visit, form: Form) -> Done:
    """Record that two entries are two people."""
    person = await person_of(visit)
    found = await visit.read(participant_with, form.text("other"))
    await visit.write(keep_apart, visit.office, (person.id, found.id), visit.now)
    again = Undo(page_of(person.code), "same", (("other", found.code),), AFTER_ALL)
    return Done(f"{person.code} and {found.code} stay two people.", (again,))


async def ask_handover(visit: Visit, form: Form) -> Panel | None:
    """Ask who takes over from a contact point."""
    person = await person_of(visit)
    await visit.read(what_hands_over, visit.office, person.code, Successor(""))
    fields = (
        line("name", "Name of the successor"),
        Field(
            "email",
            "E-mail address",
            "email",
            "",
            "With it the successor takes over at once and gets a letter.",
        ),
    )
    lines = (
        f"Without an address you get a code and a link for the successor. Until they are used, "
        f"{person.name} is asked.",
    )
    return Panel(f"Who takes over from {person.name}?", "Hand over", lines, fields)


async def handover(visit: Visit, form: Form) -> Done | Screen:
    """Hand the task of a contact point over; a code is shown once."""
    person = await person_of(visit)
    successor = Successor(form.text("name"), form.text("email"))
    if not successor.name:
        raise BadInput([Problem("Name", "", "Write the name of the successor.")])
    giving = visit.write(hand_over, visit.office, person.code, successor, visit.now)
    done = await typed(giving)
    undo = back(person.code, "hand-back")
    if done.at_once:
        where = ", ".join(done.workshops)
        return Done(f"{done.successor} has taken over from {person.code} for {where}.", (undo,))
    ways = [("What the successor sends to the bot", f"/start {done.secret}")]
    ways += [("or the page to agree on", done.page)] if done.page else []
    lines = (f"{successor.name} ({done.successor}) takes over as soon as one of them is used.",)
    data = {"person": person, "links": ways, "lines": lines, "undo": undo}
    return Screen("shown_once.html", f"For {successor.name}", data)


async def hand_back_(visit: Visit, form: Form) -> Done:
    """Take a handover back."""
    person = await person_of(visit)
    done: ActDone = await visit.write(hand_back, visit.office, person.code, visit.now)
    return noted(done)


async def ask_relink(visit: Visit, form: Form) -> Panel | None:
    """Ask for the number of the new account of a person."""
    person = await person_of(visit)
    number = line(
        "chat", "Number of the chat", hint="The person sees it by sending /id to the bot."
    )
    lines = (
        "Ask the person by a phone number or an address that you already know. The old account "
        "cannot answer any more, and there is no undo.",
    )
    return Panel(f"Link {person.name} to a new account?", "Link", lines, (number,), final=True)


async def relink(visit: Visit, form: Form) -> Done:
    """Let a new account answer for the person."""
    person = await person_of(visit)
    address = form.text("chat")
    if ":" not in address:
        address = f"{_messenger(visit)}:{address}"
    await typed(visit.write(relink_person, visit.office, person.code, address, visit.now))
    return Done(f"{person.code} answers from the new account now.")


def _messenger(visit: Visit) -> str:
    """Return the first channel of the office that is a messenger."""
    return next((one for one in visit.office.rules.channels if one != "email"), "")


async def ask_erase(visit: Visit, form: Form) -> Panel | None:
    """Ask for the name before everything about a person is deleted."""
    person = await person_of(visit)
    keep = Choice(
        "yes", "Keep answers without own words, under no name", "Only if the person agrees."
    )
    fields = (
        Field("keep", "Answers", "boxes", choices=(keep,)),
        line("name", f"Type the name: {person.name}"),
    )
    lines = (
        "Name, addresses, codes, links and answers are deleted. It cannot be undone.",
        COPIES,
    )
    return Panel(f"Erase {person.name} ({person.code})?", "Erase", lines, fields, final=True)


async def erase(visit: Visit, form: Form) -> Done:
    """Erase the person whose name was typed."""
    person = await person_of(visit)
    name = form.text("name")
    if name.casefold() != person.name.strip().casefold():
        raise BadInput([Problem("Name", "", "is not the name of this person.", name, NOT_ERASED)])
    keep = bool(form.text("keep"))
    done = await visit.write(erase_code, visit.office, person.code, visit.now, keep_answers=keep)
    answers = "Answers without own words are kept." if done.answers_kept else "So are all answers."
    return Done(f"{done.participant} is erased. {answers} {COPIES}")


_ORGANISER = StaffRole.ORGANISER
ACTS = {
    "other": DeskAct(_ORGANISER, other, ask_other),
    "same": DeskAct(_ORGANISER, same, ask_same),
    "unmerge": DeskAct(_ORGANISER, unmerge),
    "apart": DeskAct(_ORGANISER, apart),
    "handover": DeskAct(_ORGANISER, handover, ask_handover),
    "hand-back": DeskAct(_ORGANISER, hand_back_),
    "relink": DeskAct(_ORGANISER, relink, ask_relink),
    "erase": DeskAct(_ORGANISER, erase, ask_erase),
}
