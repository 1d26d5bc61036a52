"""The commands of participants, one row each: their dispatch, the help and the menu."""

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.dispatch import Menu, table_of
from bot.messaging.messages import Card, Commanded, Reply, Say, Typed
from bot.participants import (
    contact_channels,
    interviewer,
    languages,
    no_answers,
    personal_data,
    stopping,
)
from bot.participants.rows import PersonCommand
from bot.settings.office import Office
from surveys.items.base import plain
from surveys.people import Participant
from surveys.wording import N_, Words


def show_help(context: InboundContext, participant: Participant, argument: str) -> Reply:
    """/help and any unknown command: what can be done here, and the question asked last."""
    card = help_card(context.office, Words(participant.language))
    return Reply(says=(Say(card), *no_answers.repeat(context).says))


HELP = PersonCommand("help", show_help, menu=N_("Help"), typed=(N_("help"),), after_stop=True)

COMMANDS = table_of(
    (
        PersonCommand("start", interviewer.continue_),
        PersonCommand(
            "continue",
            interviewer.continue_,
            N_("/continue: continue a questionnaire"),
            N_("Continue a questionnaire"),
        ),
        PersonCommand(
            "language",
            languages.command,
            N_("/language: change the language"),
            N_("Change the language"),
            after_stop=True,
            on_page=True,
        ),
        PersonCommand(
            "channel",
            contact_channels.command,
            N_("/channel: choose how you get our messages"),
            N_("How you get our messages"),
            after_stop=True,
        ),
        PersonCommand(
            "mydata",
            personal_data.command,
            N_("/mydata: see or delete what we store about you"),
            N_("What we store about you"),
            after_stop=True,
        ),
        PersonCommand(
            "stop",
            stopping.command,
            N_("/stop: get no more messages (we keep your answers)"),
            N_("Stop these messages"),
            typed=(N_("stop"), N_("unsubscribe")),
            after_stop=True,
            on_page=True,
        ),
        HELP,
    ),
    key=lambda row: row.name,
)
"""By their names, in the order of the help and the menu."""


def commanded(context: InboundContext, participant: Participant, command: Commanded) -> Reply:
    """Return the reply to a command of a participant; an unknown one shows the help."""
    return _run(COMMANDS.get(command.name, HELP), context, participant, command.argument)


def typed_command(context: InboundContext, participant: Participant, typed: Typed) -> Reply | None:
    """Return the reply to a typed word that is a command, in English or in the person's language.

    None for any other text.
    """
    said, words = plain(typed.text), Words(participant.language)
    for row in COMMANDS.values():
        if said in {plain(text) for word in row.typed for text in (word, words(word))}:
            return _run(row, context, participant, "")
    return None


def _run(
    row: PersonCommand, context: InboundContext, participant: Participant, argument: str
) -> Reply:
    if participant.stopped_at is not None and not row.after_stop:
        return stopping.stopped(context)
    return row.handler(context, participant, argument)


def help_card(office: Office, words: Words) -> Card:
    """Return what participants can do in chat, a line for each command."""
    lines = [
        words("In this chat we ask you about workshops and about your administration."),
        *(words(row.help) for row in COMMANDS.values() if row.help),
        words("Questions: {contact}.", contact=office.contact),
    ]
    return Card("\n".join(lines))


def menu(words: Words) -> Menu:
    """Return the command menu of everybody who is not staff."""
    return [(row.name, words(row.menu)) for row in COMMANDS.values() if row.menu]
