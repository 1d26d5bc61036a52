"""The messages around the interviews: consent, help, what is stored, stop. Pure texts as cards."""

from datetime import date

from bot.messaging.messages import Button, Card
from bot.messaging.tokens import Action, token
from bot.settings.office import Office
from surveys.interview.facts import day_text
from surveys.items.day import spelled
from surveys.people import Enrolment, Participant, Role
from surveys.wording import N_, Words
from surveys.workshop import SURVEY, Workshop

TOO_MANY = N_(
    "You sent many messages at once. I answer one at a time. "
    "Please send again what I did not answer."
)
INTERRUPTED = N_("I was interrupted. Please send that again.")

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
    """Return the consent: who asks, why, who sees the answers and how long it takes."""
    words = Words(participant.language)
    who = [
        words("Hello {name}.", name=participant.name),
        *_why(office, words, enrolment, workshop),
    ]
    what = [
        _how_long(words, workshop, waves),
        words("Only staff of the office see your answers; reports show groups of five or more."),
        words("Your administration is named only if you agree."),
        words("You may stop at any time and have your answers deleted."),
        words("Please write no details of cases or persons."),
    ]
    more = (
        Button(words("What is stored?"), token(Action.STORED, enrolment.id)),
        Button(words("Language"), token(Action.MY_LANGUAGES)),
    )
    text = "\n".join(who) + "\n\n" + "\n".join(what)
    return Card(text, (*_consent_rows(words, enrolment), more))


def _why(office: Office, words: Words, enrolment: Enrolment, workshop: Workshop) -> list[str]:
    """Return what the office asks about, and why it asks this person."""
    if workshop.kind == SURVEY:
        text = "The {office} asks administrations about: {subject}. You answer for yours."
        return [words(text, office=office.name, subject=workshop.title)]
    return [
        words("The {office} asks what becomes of its workshops.", office=office.name),
        words(
            TOOK_PART[enrolment.role],
            workshop=workshop.title,
            city=workshop.city,
            days=days_text(workshop.starts_on, workshop.ends_on, words.language),
        ),
    ]


def _how_long(words: Words, workshop: Workshop, waves: int) -> str:
    if workshop.kind == SURVEY:
        return words("Each answer is saved at once: you can stop and go on another day.")
    return words.plural(
        "One short questionnaire, about 5 minutes at most.",
        "{number} short questionnaires in one year, about 5 minutes each at most.",
        waves,
    )


def _consent_rows(words: Words, enrolment: Enrolment) -> tuple[tuple[Button, ...], ...]:
    """Return Yes and Not now. The second asking has its own token, so that the first counts once."""
    asking = int(enrolment.declined_once_at is not None)
    return (
        (Button(words("I agree"), token(Action.AGREE, enrolment.id)),),
        (Button(words("Not now"), token(Action.DECLINE, enrolment.id, asking)),),
    )


def stored_card(office: Office, words: Words, enrolment: Enrolment) -> Card:
    """Return what is stored and how long, with the buttons of the consent if it is not given."""
    text = words(
        "We store your name, your administration, the address we write to and the answers you "
        "give. The address is deleted {days} days after the last questionnaire, texts in your own "
        "words after {months} months. Answers are kept under a number, apart from your name. "
        "Questions: {contact}.",
        days=str(office.retention.addresses_days),
        months=str(office.retention.open_text_months),
        contact=office.contact,
    )
    return Card(text, () if enrolment.consented_at else _consent_rows(words, enrolment))


def agreed_card(words: Words, case_id: int | None, next_one: str) -> Card:
    """Return the thanks for the consent, with the buttons of an open questionnaire."""
    if case_id is not None:
        row = (
            Button(words("Start"), token(Action.GO, case_id)),
            Button(words("Later"), token(Action.LATER, case_id)),
        )
        return Card(words("Thank you. A questionnaire is open for you: now or later?"), (row,))
    return Card(words("Thank you.") + " " + nothing_open(words, next_one))


def nothing_open(words: Words, next_one: str) -> str:
    """Say that nothing is to be answered now, and when the next questionnaire comes."""
    return " ".join(filter(None, (words("There is nothing to answer now."), next_one)))


def declined_card(words: Words, enrolment: Enrolment) -> Card:
    """Return the reply to "not now", with the way back."""
    if enrolment.refused_at is not None:
        text = words("We will not ask you again about this workshop. Thank you for telling us.")
        label = words("I have changed my mind: I agree")
    else:
        text = words("That is fine. Nothing is asked now. We will ask you once more later.")
        label = words("I agree")
    return Card(text, ((Button(label, token(Action.AGREE, enrolment.id)),),))


def stopped_card(office: Office, words: Words) -> Card:
    """Say that the messages are stopped, with the way back."""
    text = words(
        "You will get no more messages from us. Your earlier answers stay stored. "
        "To have them deleted, send /mydata or write to {contact}.",
        contact=office.contact,
    )
    return Card(text, ((Button(words("Send me messages again"), token(Action.RESUME)),),))


def welcome_back_card(words: Words) -> Card:
    """Say that messages are sent again."""
    return Card(words("Thank you. We will send you the questionnaires again."))


HANDED_OVER = N_(
    "You have handed this over: your successor answers the questions now. Thank you for your help."
)
AGREED_ALREADY = N_("You have agreed already. To end it, send /stop.")
STRANGER = N_(
    "This chat is not registered. Please open the link on your sheet from the workshop, "
    "or send /start and your code. Questions: {contact}."
)
CHAT_NUMBER = N_("Your chat number is {number}. Give it to the office if they ask.")
CODE_UNKNOWN = N_("This code is not known. Please check it, or ask {contact}.")
CODES_TOO_MANY = N_(
    "Too many codes that are not known came from this chat. Please wait, or ask {contact}."
)
FINISH_ELEARNING = N_(
    "The workshop “{workshop}” begins on {day}. As far as we know, you have not finished the "
    "e-learning for it. Please finish it before, if you can. If you have no access to it, please "
    "tell {contact}."
)
ROOM_WHO = N_(
    "You are in the room of: {workshop}. Please write the e-mail address that the office has of you, "
    "or your own code (it begins with P-)."
)
ROOM_NOT_LISTED = N_(
    "This is not on the list of the workshop. Please check it, write another address, or ask the "
    "organiser in the room."
)
ROOM_ASKED = N_(
    "Thank you. The organiser is asked whether it is you. After that, a message comes here."
)
ROOM_CONFIRMED = N_("The office has confirmed that it is you. Please send /continue to go on.")
CODE_USED = N_("This code is already in use. If it is yours, ask {contact}.")
CODE_ASKED = N_(
    "This code is in use from another account. If it is yours and you have a new account, wait for "
    "the office to agree, then send the code again. Questions: {contact}."
)
OTHER_ENTRY = N_("This chat is already registered under another entry. Please ask {contact}.")


def days_text(first: date, last: date, language: str) -> str:
    """Return the days of a workshop: "4-8 December 2017", "27 November - 1 December 2017"."""
    if first == last:
        return spelled(last, language)
    if language == "en" and (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{spelled(last, language)}"
    if language == "en" and first.year == last.year:
        return f"{day_text(first, language)} - {spelled(last, language)}"
    return f"{spelled(first, language)} - {spelled(last, language)}"
