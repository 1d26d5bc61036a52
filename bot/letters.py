"""The messages around the interviews: consent, help, what is stored, stop. Pure texts as cards."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

from bot.channels.base import Button, Card
from bot.office import Office
from bot.tokens import Action, token
from surveys.facts import month_text
from surveys.people import Administration, Enrolment, Participant, Role
from surveys.wording import N_, Words
from surveys.workshop import Workshop

TOOK_PART = {
    Role.PARTICIPANT: N_("You took part in: {workshop}, {city}, {days}."),
    Role.SUPERVISOR: N_("An officer of your team took part in: {workshop}, {city}, {days}."),
    Role.CONTACT_POINT: N_(
        "Officers of your administration took part in: {workshop}, {city}, {days}."
    ),
}


def consent_card(
    office: Office, participant: Participant, enrolment: Enrolment, workshop: Workshop, waves: int
) -> Card:
    """Who asks, why, who sees it, how long; to be agreed to before anything is asked."""
    words = Words(participant.language)
    lines = [
        words("Hello {name}.", name=participant.name),
        words("The {office} asks what becomes of its workshops.", office=office.name),
        words(
            TOOK_PART[enrolment.role],
            workshop=workshop.title,
            city=workshop.city,
            days=days_text(workshop.starts_on, workshop.ends_on, words.language),
        ),
        words.plural(
            "One short questionnaire, 3 to 5 minutes.",
            "{number} short questionnaires in one year, 3 to 5 minutes each.",
            waves,
        ),
        words(
            "Only staff of the office see your answers; reports show groups of five or more. "
            "Your administration is named only if you agree."
        ),
        words(
            "You may stop at any time and have your answers deleted. "
            "Please write no details of cases or persons."
        ),
    ]
    rows = (
        (Button(words("I agree"), token(Action.AGREE, enrolment.id)),),
        (Button(words("Not now"), token(Action.DECLINE, enrolment.id)),),
        (Button(words("What is stored?"), token(Action.STORED, enrolment.id)),),
    )
    return Card("\n".join(lines), rows)


def stored_card(office: Office, words: Words, enrolment_id: int) -> Card:
    """What is stored, for whom and how long, with the way back to the consent."""
    text = words(
        "We store your name, your administration, the address of this chat and the answers you "
        "give. The address is deleted 30 days after the last questionnaire, texts in your own "
        "words after 24 months. Answers are kept under a number, apart from your name. "
        "Questions: {contact}.",
        contact=office.contact,
    )
    rows = (
        (Button(words("I agree"), token(Action.AGREE, enrolment_id)),),
        (Button(words("Not now"), token(Action.DECLINE, enrolment_id)),),
    )
    return Card(text, rows)


def agreed_card(words: Words, case_id: int | None, next_month: date | None) -> Card:
    """Thanks for agreeing; straight to the first questionnaire if one is open."""
    if case_id is not None:
        row = (
            Button(words("Start"), token(Action.GO, case_id)),
            Button(words("Later"), token(Action.LATER, case_id)),
        )
        return Card(words("Thank you. A questionnaire is open for you: now or later?"), (row,))
    return Card(words("Thank you.") + " " + nothing_open(words, next_month))


def nothing_open(words: Words, next_month: date | None) -> str:
    """Nothing to answer now, and when the next questionnaire comes."""
    if next_month is None:
        return words("There is nothing to answer now.")
    month = month_text(next_month, words.language)
    return words("There is nothing to answer now. The next one comes in {month}.", month=month)


def declined_card(words: Words, enrolment_id: int, final: bool) -> Card:
    """The answer to "not now"."""
    if final:
        return Card(
            words("We will not ask you again about this workshop. Thank you for telling us.")
        )
    text = words("That is fine. Nothing is asked now. We will ask you once more later.")
    return Card(text, ((Button(words("I agree"), token(Action.AGREE, enrolment_id)),),))


def stopped_card(office: Office, words: Words) -> Card:
    """The person said stop: done at once, with a way back."""
    text = words(
        "You will get no more messages from us. Your earlier answers stay stored; "
        "to have them deleted, write to {contact}.",
        contact=office.contact,
    )
    return Card(text, ((Button(words("Send me messages again"), token(Action.RESUME)),),))


def welcome_back_card(words: Words) -> Card:
    """The person takes a stop back."""
    return Card(words("Thank you. We will send you the questionnaires again."))


def help_card(office: Office, words: Words) -> Card:
    """What can be done here."""
    lines = [
        words("This chat asks what became of the workshops you took part in."),
        words("/continue: go on with a questionnaire"),
        words("/language: change the language"),
        words("/mydata: what is stored about you"),
        words("/stop: no more messages"),
        words("Questions: {contact}.", contact=office.contact),
    ]
    return Card("\n".join(lines))


def staff_help_card(words: Words, organiser: bool) -> Card:
    """What staff can do here."""
    lines = [words("/report: results of a workshop")]
    if organiser:
        lines.insert(0, words("/wave: look at a wave before it goes out, and open it"))
        lines.insert(1, words("/workshops: all workshops and their waves"))
    return Card("\n".join(lines))


def mydata_card(
    office: Office,
    participant: Participant,
    rows: Sequence[tuple[Enrolment, Workshop, Administration]],
    answers: int,
) -> Card:
    """What is stored about a person."""
    words = Words(participant.language)
    lines = [
        words("What we store about you:"),
        words("Name: {name}", name=participant.name),
        words("Language: {language}", language=participant.language),
    ]
    for enrolment, workshop, administration in rows:
        state = words("agreed") if enrolment.consented_at else words("not agreed yet")
        lines.append(f"{workshop.title}, {workshop.city} ({administration.name}): {state}")
    lines.append(
        words.plural("{number} answer is stored.", "{number} answers are stored.", answers)
    )
    lines.append(
        words("To have it corrected or deleted, write to {contact}.", contact=office.contact)
    )
    return Card("\n".join(lines))


STRANGER = N_(
    "This chat is not registered. Please open the link on your sheet from the workshop, "
    "or send /start and your code. Questions: {contact}."
)
CODE_UNKNOWN = N_("This code is not known. Please check it, or ask {contact}.")
CODE_USED = N_("This code is already in use. If it is yours, ask {contact}.")
OTHER_ENTRY = N_("This chat is already registered under another entry. Please ask {contact}.")


def days_text(first: date, last: date, language: str) -> str:
    """The days of a workshop: "4-8 December 2017"."""
    if language == "en" and (first.year, first.month) == (last.year, last.month):
        start = str(first.day) if first == last else f"{first.day}-{last.day}"
        return f"{start} {month_text(last, language)}"
    both = [format_date(day, format="long", locale=language) for day in (first, last)]
    return both[0] if first == last else " - ".join(both)
