"""The cards about a person's own data: what is stored, and what deleting means. Pure texts."""

from bot.desk.people.personal_data import PersonalData, masked
from bot.messaging.messages import Button, Card
from bot.messaging.tokens import Action, token
from bot.settings.office import Office
from bot.wording.channel_names import channel_name
from bot.wording.elearning import ELEARNING
from surveys.names import language_in
from surveys.people import Enrolment
from surveys.wording import N_, Words

SHOW, ANSWERS, COPY, ASK, ERASE, ERASE_KEEP = range(6)
"""The first number of a button about one's own data."""
ERASED = N_(
    "Done. Your name, your addresses and your answers are deleted. "
    "You will get no more messages from us. Thank you."
)
ERASED_KEPT = N_(
    "Done. Your name, your addresses and everything you wrote in your own words are deleted. "
    "Your other answers are kept without your name. You will get no more messages from us. "
    "Thank you."
)
STOP_OR_ERASE = N_("If you only stop the messages, we keep your answers.")


def stored_lines(office: Office, stored: PersonalData) -> list[str]:
    """Return name, language, addresses, workshops and the number of answers, a line each."""
    person = stored.person
    words = Words(person.language)
    lines = [
        words("What we store about you:"),
        words("Name: {name}", name=person.name),
        words("Language: {language}", language=language_in(person.language, person.language)),
    ]
    if stored.addresses:
        told = words.listed(
            channel_name(words, one.channel) + words.colon + masked(one)
            for one in stored.addresses
        )
        lines.append(words("Addresses: {addresses}", addresses=told))
    for share in stored.shares:
        place = words(
            "{workshop}, {city} ({administration})",
            workshop=share.workshop,
            city=share.city,
            administration=share.administration,
        )
        lines.append(place + words.colon + state_of(words, share.enrolment))
        listed = share.enrolment.elearning
        if listed is not None:
            lines.append(words("E-learning: {status}", status=words(ELEARNING[listed])))
    count = stored.answers
    lines.append(words.plural("{number} answer is stored.", "{number} answers are stored.", count))
    written = len(stored.messages)
    if written:
        lines.append(
            words.plural(
                "{number} message to the office is kept.",
                "{number} messages to the office are kept.",
                written,
            )
        )
    lines.append(words("To correct something, write to {contact}.", contact=office.contact))
    return lines


def mydata_card(office: Office, stored: PersonalData) -> Card:
    """Return what is stored about a person, and what they can do about it."""
    words = Words(stored.person.language)
    rows = [
        (Button(words("Send me a copy as a file"), _token(COPY)),),
        (Button(words("Delete my data"), _token(ASK)),),
    ]
    if stored.answers:
        rows.insert(0, (Button(words("Show my answers"), _token(ANSWERS)),))
    return Card("\n".join(stored_lines(office, stored)), tuple(rows))


def answer_lines(stored: PersonalData) -> list[str]:
    """Return all answers in words, under their workshop and questionnaire."""
    lines, colon = [], Words(stored.person.language).colon
    for share in stored.shares:
        for filled in share.filled:
            lines.append(share.workshop + colon + filled.title)
            lines += [f"– {one.question}\n   {one.answer}" for one in filled.answers]
    return lines


def all_answers_card(stored: PersonalData) -> Card:
    """Return all answers in words."""
    words = Words(stored.person.language)
    text = "\n".join(answer_lines(stored)) or words("You have not answered anything yet.")
    return Card(text, (_back(words),))


def ask_card(words: Words) -> Card:
    """Ask before deleting, and whether the answers are kept without the name."""
    lines = [
        words("Do you want to delete what we store about you? You cannot undo this."),
        words(
            "We will delete your name, your addresses and everything you wrote in "
            "your own words, and we will send you no more messages. What should we "
            "do with your other answers?"
        ),
        words(STOP_OR_ERASE),
    ]
    rows = (
        (Button(words("Delete everything and my answers"), _token(ERASE)),),
        (Button(words("Keep my answers, without my name"), _token(ERASE_KEEP)),),
        _back(words),
    )
    return Card("\n".join(lines), rows)


def copy_card(words: Words) -> Card:
    """Return the text that goes with the file."""
    return Card(words("This is everything we store about you. Please keep it private."))


def last_card(words: Words, text: str) -> Card:
    """Return what was done, without buttons."""
    return Card(words(text))


def state_of(words: Words, enrolment: Enrolment) -> str:
    """Return the state of a consent in words."""
    if enrolment.removed_at is not None:
        return words("taken off the list")
    if enrolment.handed_over_at is not None:
        return words("handed over to a successor")
    if enrolment.withdrawn_at is not None:
        return words("stopped")
    if enrolment.refused_at is not None:
        return words("declined")
    return words("agreed") if enrolment.consented_at else words("not agreed yet")


def _back(words: Words) -> tuple[Button, ...]:
    return (Button(words("‹ Back"), _token(SHOW)),)


def _token(what: int) -> str:
    return token(Action.MINE, what)
