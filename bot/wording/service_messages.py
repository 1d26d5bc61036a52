"""The messages around the interviews: consent, help, what is stored, stop. Pure texts as cards."""

from bot.messaging.messages import Button, Card
from bot.messaging.tokens import Action, token
from bot.settings.office import Office
from bot.wording.rows import beside
from surveys.days import span_text
from surveys.people import Enrolment, Participant, Role
from surveys.wording import N_, Words, sentences
from surveys.workshop import SURVEY, Workshop

TOO_MANY = N_(
    "You sent many messages at once. I answer one at a time. "
    "Please send again what I did not answer."
)
INTERRUPTED = N_("I was interrupted. Please send that again.")

WHO_SEES = N_(
    "Our staff see your answers. Reports only show numbers, for groups of five people or more."
)
ONLY_IF_YOU_AGREE = N_(
    "We quote your own words, name your administration and show it your answers only if you agree."
)
"""Questionnaires ask for each of the three; everything else in a report is a count."""

FOR_ADMINISTRATION = N_(
    "The {office} is asking administrations about: {subject}. Please answer for your "
    "administration."
)
TOOK_PART = {
    Role.PARTICIPANT: N_("You took part in: {workshop}, {city}, {days}."),
    Role.SUPERVISOR: N_("An officer of your team took part in: {workshop}, {city}, {days}."),
    Role.CONTACT_POINT: N_(
        "Officers of your administration took part in: {workshop}, {city}, {days}."
    ),
}
WILL_TAKE_PART = {
    Role.PARTICIPANT: N_("You will take part in: {workshop}, {city}, {days}."),
    Role.SUPERVISOR: N_("An officer of your team will take part in: {workshop}, {city}, {days}."),
    Role.CONTACT_POINT: N_(
        "Officers of your administration will take part in: {workshop}, {city}, {days}."
    ),
}
"""The same before a workshop: nobody has taken part in it yet."""


def consent_card(
    office: Office,
    participant: Participant,
    enrolment: Enrolment,
    about: tuple[Workshop, int],
    *,
    begun: bool,
    reminder: str = "",
) -> Card:
    """Return the consent: who asks, why, who sees the answers and how long it takes.

    `about` is the workshop, and how many waves are to come; `begun` says that it has begun. `reminder`
    says until when the questions can be answered; with it the card is a reminder.
    """
    workshop, waves = about
    words = Words(participant.language)
    who = [
        hello(words, participant.name, reminds=bool(reminder)),
        *_why(office, words, enrolment, workshop, begun=begun),
        *([reminder] if reminder else []),
    ]
    what = [
        how_long(words, workshop, waves),
        words(WHO_SEES),
        words(ONLY_IF_YOU_AGREE),
        words("You can stop at any time. You can also ask us to delete your answers."),
        words("Please do not write details about cases or people."),
    ]
    more = beside(
        Button(words("What is stored?"), token(Action.STORED, enrolment.id)),
        Button(words("Language"), token(Action.MY_LANGUAGES)),
    )
    text = "\n".join(who) + "\n\n" + "\n".join(what)
    return Card(text, (*_consent_rows(words, enrolment), *more))


def hello(words: Words, name: str, *, reminds: bool) -> str:
    """Return the first line of a message."""
    if reminds:
        return words("Hello {name}, this is a short reminder.", name=name)
    return words("Hello {name}.", name=name)


def _why(
    office: Office, words: Words, enrolment: Enrolment, workshop: Workshop, *, begun: bool
) -> list[str]:
    """Return what the office asks about, and why it asks this person."""
    if workshop.kind == SURVEY:
        return [words(FOR_ADMINISTRATION, office=office.name, subject=workshop.title)]
    return [
        words(
            "The {office} would like to know what happens after its workshops.", office=office.name
        ),
        words(
            (TOOK_PART if begun else WILL_TAKE_PART)[enrolment.role],
            workshop=workshop.title,
            city=workshop.city,
            days=span_text(workshop.starts_on, workshop.ends_on, words.language),
        ),
    ]


def how_long(words: Words, workshop: Workshop, waves: int) -> str:
    """Return how many questionnaires come, and how long one takes."""
    if workshop.kind == SURVEY:
        return words("Each answer is saved at once. You can stop and continue on another day.")
    return words.plural(
        "One short questionnaire. It takes about 5 minutes.",
        "{number} short questionnaires in one year. Each takes about 5 minutes.",
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
        "We store your name, the name of your administration, the address we write "
        "to, and your answers. We delete the address {days} days after the last "
        "questionnaire. We delete texts in your own words after {months} months. We "
        "keep your answers under a number, separate from your name. Questions: "
        "{contact}.",
        days=str(office.retention.addresses_days),
        months=str(office.retention.open_text_months),
        contact=office.contact,
    )
    return Card(text, () if enrolment.consented_at else _consent_rows(words, enrolment))


def agreed_card(words: Words, case_id: int | None, next_one: str) -> Card:
    """Return the thanks for the consent, with the buttons of an open questionnaire."""
    if case_id is not None:
        rows = beside(
            Button(words("Start"), token(Action.GO, case_id)),
            Button(words("Later"), token(Action.LATER, case_id)),
        )
        return Card(
            words(
                "Thank you. We have a questionnaire for you. Would you like to answer it now "
                "or later?"
            ),
            rows,
        )
    return Card(sentences([words("Thank you."), nothing_open(words, next_one)]))


def nothing_open(words: Words, next_one: str) -> str:
    """Say that nothing is to be answered now, and when the next questionnaire comes."""
    return sentences([words("We have no questions for you at the moment."), next_one])


def declined_card(words: Words, enrolment: Enrolment) -> Card:
    """Return the reply to "not now", with the way back."""
    if enrolment.refused_at is not None:
        text = words("We will not ask you again about this workshop. Thank you for telling us.")
        label = words("I have changed my mind: I agree")
    else:
        text = words(
            "That is fine. We will not ask you anything now. We will ask you one more time later."
        )
        label = words("I agree")
    return Card(text, ((Button(label, token(Action.AGREE, enrolment.id)),),))


STOPPED_IN_CHAT = N_(
    "We will not send you any more messages. We keep the answers you have given. "
    "To delete them, send /mydata or write to {contact}."
)
STOPPED_ON_PAGE = N_(
    "We will not send you any more messages. We keep the answers you have given. "
    "To delete them, open “{link}” on this page or write to {contact}."
)


def stopped_card(office: Office, words: Words, *, on_page: bool) -> Card:
    """Say that the messages are stopped, with the way back. A page has a link and no command."""
    link = words("What we store about you")
    text = words(
        STOPPED_ON_PAGE if on_page else STOPPED_IN_CHAT, contact=office.contact, link=link
    )
    return Card(text, ((Button(words("Send me messages again"), token(Action.RESUME)),),))


def welcome_back_card(words: Words) -> Card:
    """Say that messages are sent again."""
    return Card(words("Thank you. You will get our questionnaires again."))


HANDED_OVER = N_("Your successor now answers these questions. Thank you for your help.")
REMOVED = N_(
    "The office has taken you off the list of this workshop: {workshop}. You need not answer anything "
    "about it. Questions: {contact}."
)
LEFT_OUT = N_("You need not answer this questionnaire. Questions: {contact}.")
STOPPED_BY_OFFICE = N_(
    "You have asked the office for no more messages. This is the last one. We keep the answers you "
    "have given. Questions: {contact}."
)
AGREED_ALREADY = N_("You have already agreed. To stop, send /stop.")
STRANGER = N_(
    "We do not know this chat yet. Please open the link on the paper from the "
    "workshop, or send /start and your code. Questions: {contact}."
)
CHAT_NUMBER = N_("Your chat number is {number}. Give it to the office if they ask.")
CODE_UNKNOWN = N_("We do not know this code. Please check it, or ask {contact}.")
CODES_TOO_MANY = N_("This chat has sent too many wrong codes. Please wait, or ask {contact}.")
ROOM_WHO = N_(
    "Welcome to the workshop: {workshop}. Please send the e-mail address that you "
    "gave the office, or your own code (it begins with P-)."
)
ROOM_NOT_LISTED = N_(
    "We cannot find this on the list of the workshop. Please check it, send another "
    "address, or ask the organiser in the room."
)
ROOM_WALK_IN = N_("If you are not on the list, please send your name, a comma and your country.")
ROOM_NO_COUNTRY = N_(
    "We do not know this country. Please send your name, a comma and your country again."
)
ROOM_ASKED = N_(
    "Thank you. We are asking the organiser to confirm that it is you. You will then "
    "get a message here."
)
ROOM_CONFIRMED = N_("The office has confirmed that it is you. Please send /continue to continue.")
CODE_USED = N_("This code is already in use. If it is yours, ask {contact}.")
CODE_ASKED = N_(
    "Another account already uses this code. If it is your code and you have a new "
    "account, please wait until the office agrees. Then send the code again. "
    "Questions: {contact}."
)
OTHER_ENTRY_ASKED = N_(
    "This chat already has an entry on our list, and this code belongs to another one. The office "
    "has been asked whether both are you. Questions: {contact}."
)
OTHER_ENTRY = N_(
    "This chat is already registered for another person on our list. Please ask {contact}."
)
