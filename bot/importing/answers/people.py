"""Whose the answers of a table are: by code, by e-mail, by a whole name that only one person has.

Any likeness less than that is asked. Rows of nobody known are kept without a person, or left out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.importing.answers.told import Told
from bot.importing.people.erased_people import erased_addresses
from bot.importing.people.names import folded, name_key
from bot.importing.rows.open_questions import LEAVE_OUT, Answers, Choice, Question
from bot.importing.rows.rows import Reading
from bot.wording.counts import counted
from storage.people.enrolments import enrolments_in
from storage.people.identifiers import identifiers_in
from storage.people.participants import people_in
from surveys.people import Participant, Role

NOBODY = "nobody"
UNKNOWN = "people not found"
WITHOUT = "without a person"
MOST_NAMED = 5


@dataclass
class KnownHere:
    """The people of a workshop in one role, by code, address and name, and their enrolments."""

    enrolments: dict[int, int] = field(default_factory=dict)
    people: dict[int, Participant] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    emails: dict[str, int] = field(default_factory=dict)
    addresses: dict[int, set[str]] = field(default_factory=dict)
    names: dict[str, set[int]] = field(default_factory=dict)
    alike: dict[str, set[int]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)


def known_here(connection: Connection, code: str, role: Role, told: Sequence[Told]) -> KnownHere:
    """Return the people of a workshop among whom those of a table are looked for."""
    known, people = KnownHere(), people_in(connection, code)
    emails = identifiers_in(connection, code, "email")
    for enrolment in enrolments_in(connection, code, role):
        person = people[enrolment.participant_id]
        if person.erased_at is not None:
            known.gone.add(person.code.casefold())
        elif enrolment.removed_at is None:
            _add(known, enrolment.id, person, emails.get(person.id, ()))
    given = {_email(text) for one in told for text in one.who.values() if "@" in text}
    known.gone |= erased_addresses(connection, given - known.emails.keys())
    return known


def _add(known: KnownHere, enrolment: int, person: Participant, emails: Collection[str]) -> None:
    known.enrolments[person.id], known.people[person.id] = enrolment, person
    known.codes[person.code.casefold()] = person.id
    known.addresses[person.id] = {email.casefold() for email in emails}
    known.emails.update((email.casefold(), person.id) for email in emails)
    known.names.setdefault(folded(person.name), set()).add(person.id)
    known.alike.setdefault(name_key(person.name), set()).add(person.id)


@dataclass
class Matched:
    """Whose each row is, by its number: an enrolment, or None for nobody known; and what is asked."""

    owners: dict[int, int | None] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def match(told: Sequence[Told], known: KnownHere, answers: Answers, reading: Reading) -> Matched:
    """Return whose the rows of a table are; rows that are left out are not among them."""
    found, unknown = Matched(), []
    for one in told:
        if {_email(text) for text in one.who.values()} & known.gone:
            found.notes.append(f"{one.place} is about a person who was erased, and is left out.")
            continue
        person = _person(one, known, answers, found)
        found.owners[one.number] = known.enrolments[person] if person else None
        if person is None and one.who and answers.get(f"{one.place} is") != NOBODY:
            unknown.append(one)
    _ask_about_unknown(unknown, answers, found)
    _keep_latest(told, answers, found, reading)
    return found


def _email(text: str) -> str:
    return text.strip().casefold()


def _person(one: Told, known: KnownHere, answers: Answers, found: Matched) -> int | None:
    """Return the person of a row; None, perhaps asked about, for nobody known."""
    sure = _by_code_or_email(one.who, known)
    name = one.who.get("name", "")
    doubted = len(sure) > 1 or any(
        name and name_key(name) != name_key(known.people[number].name) for number in sure
    )
    if sure and not doubted:
        return sure[0]
    named = name or (one.who.get("person", "") if not sure else "")
    exact = known.names.get(folded(named), set()) if named and not doubted else set()
    if len(exact) == 1 and not _other_address(one, known, next(iter(exact))):
        return next(iter(exact))
    maybe = {*sure, *exact, *known.alike.get(name_key(named), ())}
    return _asked(one, sorted(maybe), known, answers, found) if maybe else None


def _by_code_or_email(who: Mapping[str, str], known: KnownHere) -> list[int]:
    """Return the people whom the code and the address of a row name, which should be one."""
    person, email = _email(who.get("person", "")), _email(who.get("email", ""))
    owners = (known.codes.get(person), known.emails.get(person), known.emails.get(email))
    return list(dict.fromkeys(one for one in owners if one is not None))


def _other_address(one: Told, known: KnownHere, person: int) -> bool:
    """Return whether a row has an address, and the person of that name only other ones."""
    email = _email(one.who.get("email", ""))
    theirs = known.addresses[person]
    return bool(email and theirs) and email not in theirs


def _asked(
    one: Told, maybe: Sequence[int], known: KnownHere, answers: Answers, found: Matched
) -> int | None:
    key = f"{one.place} is"
    codes = {known.people[number].code: number for number in maybe}
    answer = answers.get(key, "")
    if answer not in (*codes, NOBODY):
        who = " or ".join(
            f"{known.people[number].name} ({code})" for code, number in codes.items()
        )
        written = ", ".join(one.who.values())
        choices = [
            Choice(f"{known.people[number].name}, {code}", code) for code, number in codes.items()
        ]
        text = f"{one.place}: {written} may be {who}."
        nobody = Choice("Nobody on the list", NOBODY)
        found.questions.append(Question(key, text, (*choices, nobody)))
    return codes.get(answer)


def _ask_about_unknown(unknown: Sequence[Told], answers: Answers, found: Matched) -> None:
    asked = {question.key for question in found.questions}
    lost = [one for one in unknown if f"{one.place} is" not in asked]
    answer = answers.get(UNKNOWN, "")
    if lost and answer == LEAVE_OUT:
        for one in lost:
            del found.owners[one.number]
        found.notes.append(f"{counted(len(lost), 'row')} of nobody on the list left out.")
    elif lost and answer != WITHOUT:
        named = ", ".join(next(iter(one.who.values())) for one in lost[:MOST_NAMED])
        more = f" and {len(lost) - MOST_NAMED} more" if len(lost) > MOST_NAMED else ""
        text = (
            f"Nobody on the list of this workshop is {named}{more}. What becomes of the answers?"
        )
        choices = (Choice("Keep them without a person", WITHOUT), Choice("Leave out", LEAVE_OUT))
        found.questions.append(Question(UNKNOWN, text, choices))


def _keep_latest(told: Sequence[Told], answers: Answers, found: Matched, reading: Reading) -> None:
    """Keep the latest of several rows of one person, and tell which are left out."""
    latest: dict[int, Told] = {}
    for one in sorted(told, key=lambda one: (one.at, one.number)):
        owner = found.owners.get(one.number)
        before = latest.get(owner) if owner else None
        kept = one
        if before is not None:
            kept, out, why = _counting(before, one, answers, found)
            reading.warning(
                out.place, f"is of the same person as {kept.place}, which {why}counts."
            )
            del found.owners[out.number]
        if owner:
            latest[owner] = kept


def _counting(before: Told, one: Told, answers: Answers, found: Matched) -> tuple[Told, Told, str]:
    """Return which of two rows of a person counts, the other, and why; the later one unless asked."""
    emails = {_email(each.who.get("email", "")) for each in (before, one)} - {""}
    if len(emails) < 2 and (before.at < one.at or before.values == one.values):
        return one, before, "is later and " if before.at < one.at else ""
    key = f"{before.place} or {one.place}"
    answer = answers.get(key, "")
    if answer not in (before.place, one.place):
        what = "with two addresses" if len(emails) > 1 else "of one moment"
        text = f"{before.place} and {one.place} are of one person, {what}. Which counts?"
        choices = [Choice(each.place, each.place) for each in (before, one)]
        found.questions.append(Question(key, text, tuple(choices)))
    return (before, one, "") if answer == before.place else (one, before, "")
