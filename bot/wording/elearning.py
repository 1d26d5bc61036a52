"""The e-learning before a workshop in words: how far somebody is, and the reminder about it."""

from bot.messaging.messages import Button, Card
from bot.messaging.tokens import Action, token
from bot.settings.office import Office
from surveys.days import spelled
from surveys.elearning import Elearning
from surveys.people import Enrolment, Participant
from surveys.wording import N_, Words
from surveys.workshop import Workshop

ELEARNING = {
    Elearning.DONE: N_("done"),
    Elearning.IN_PROGRESS: N_("in progress"),
    Elearning.NOT_STARTED: N_("not started"),
    Elearning.NO_ACCESS: N_("no access"),
}
"""How far somebody is, by the list of the office or by what the person says."""
FINISH = N_(
    "The workshop “{workshop}” begins on {day}. Our list says that you have not "
    "finished the e-learning for it. If you can, please finish it before the "
    "workshop. If you cannot open it, please tell {contact}."
)
HAVE_DONE_IT = N_("I have done it")
HAVE_NO_ACCESS = N_("I have no access")
NOTED_DONE = N_("Thank you. We have noted that you have done the e-learning.")
NOTED_NO_ACCESS = N_(
    "Thank you. We have noted that you have no access to the e-learning. {contact} can help you."
)
SAYINGS = ((Elearning.DONE, HAVE_DONE_IT), (Elearning.NO_ACCESS, HAVE_NO_ACCESS))
"""What a person can say by a button of the reminder; the place is its number in tokens."""


def elearning_card(
    office: Office, person: Participant, enrolment: Enrolment, workshop: Workshop
) -> Card:
    """Return the reminder to finish the e-learning, with what the person can say."""
    words = Words(person.language)
    day = spelled(workshop.starts_on, person.language)
    text = words(FINISH, workshop=workshop.title, day=day, contact=office.contact)
    rows = tuple(
        (Button(words(label), token(Action.ELEARNING, enrolment.id, number)),)
        for number, (_, label) in enumerate(SAYINGS)
    )
    return Card(text, rows)


def noted(office: Office, words: Words, said: Elearning) -> str:
    """Return the thanks for what a person has said."""
    if said is Elearning.DONE:
        return words(NOTED_DONE)
    return words(NOTED_NO_ACCESS, contact=office.contact)
