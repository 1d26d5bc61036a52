"""The commands of staff, one row each. Dispatch, help, menus and permissions read these rows."""

from collections.abc import Mapping

from sqlalchemy import Connection

from bot.messaging.dispatch import Menu, table_of
from bot.messaging.messages import Card, Commanded, Reply, Say
from bot.staff_chat import (
    anchors,
    asked,
    desk_links,
    digests,
    messages,
    own_words,
    person,
    rehearsals,
    relinking,
    reports,
    room_codes,
    status,
    themes,
    uploads,
    wave_acts,
    waves,
    workshops,
)
from bot.staff_chat.context import StaffContext
from bot.staff_chat.rows import StaffCommand, StaffUpload
from storage.office.staff import Member, StaffRole, chats_of
from surveys.wording import N_, Words

MANAGER, ORGANISER = StaffRole.MANAGER, StaffRole.ORGANISER


async def show_help(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/start and /help: what this member can do here."""
    return Reply(says=(Say(help_card(member.role)),))


COMMANDS = table_of(
    (
        StaffCommand(
            "wave",
            ORGANISER,
            waves.choose_workshop,
            N_("/wave: check a wave before it is sent, and open it"),
            N_("Check a wave and open it"),
        ),
        StaffCommand(
            "workshops",
            ORGANISER,
            workshops.list_workshops,
            N_("/workshops: all workshops and their waves; cancel one, or move it with /move"),
            N_("All workshops and their waves"),
        ),
        StaffCommand("move", ORGANISER, workshops.move),
        StaffCommand("days", ORGANISER, wave_acts.type_days),
        StaffCommand(
            "unreachable",
            ORGANISER,
            status.list_calls,
            N_("/unreachable: people to call, because our messages do not reach them"),
            N_("People to call"),
            long=True,
        ),
        StaffCommand(
            "person",
            ORGANISER,
            person.find,
            N_(
                "/person: one person; stop, pause or remove somebody, or name a successor with /handover"
            ),
            N_("Find a person"),
        ),
        StaffCommand("handover", ORGANISER, person.hand_over_to),
        StaffCommand(
            "rehearse",
            ORGANISER,
            rehearsals.choose,
            N_("/rehearse: try a questionnaire yourself; nothing is stored"),
            N_("Try a questionnaire yourself"),
        ),
        StaffCommand(
            "health",
            ORGANISER,
            status.show_health,
            N_("/health: is the bot working?"),
            N_("Is the bot working?"),
        ),
        StaffCommand(
            "proceed",
            ORGANISER,
            status.proceed,
            N_("/proceed: send, open and close what is due again, after a long stop of the bot"),
            N_("Go on after a long stop"),
        ),
        StaffCommand(
            "report",
            MANAGER,
            reports.choose_workshop,
            N_("/report: results of a workshop"),
            N_("Results of a workshop"),
        ),
        StaffCommand(
            "relink",
            ORGANISER,
            relinking.list_wishes,
            N_("/relink: people with a new account, or who are waiting in a room"),
            N_("People with a new account"),
        ),
        StaffCommand(
            "messages",
            ORGANISER,
            messages.list_messages,
            N_("/messages: what people wrote to the office"),
            N_("Messages to the office"),
        ),
        StaffCommand(
            "asked",
            ORGANISER,
            asked.list_asked,
            N_("/asked: what people asked the office for, and where it stands"),
            N_("Help that people asked for"),
        ),
        StaffCommand(
            "room",
            ORGANISER,
            room_codes.choose_workshop,
            N_("/room: one code for everybody in the workshop room, for one day"),
            N_("A code for the room of a workshop"),
        ),
        StaffCommand(
            "words",
            ORGANISER,
            own_words.QUEUE.show_first,
            N_("/words: texts of participants to read before they may be quoted"),
            N_("Texts to read before they are quoted"),
            long=True,
        ),
        StaffCommand(
            "themes",
            ORGANISER,
            themes.show_first,
            N_("/themes: mark what texts of participants are about"),
            N_("Mark the themes of texts"),
            long=True,
        ),
        StaffCommand(
            "anchors",
            ORGANISER,
            anchors.QUEUE.show_first,
            N_("/anchors: titles of documents to read, and disputes to decide"),
            N_("Titles and disputes to decide"),
            long=True,
        ),
        StaffCommand(
            "digest",
            MANAGER,
            digests.show,
            N_("/digest: a short message about the surveys on the first working day of a month"),
            N_("A short message each month"),
        ),
        StaffCommand(
            "desk",
            MANAGER,
            desk_links.send_link,
            N_("/desk: a link to the desk in the browser"),
            N_("The desk in the browser"),
        ),
        StaffCommand("start", MANAGER, show_help),
        StaffCommand("help", MANAGER, show_help),
    ),
    key=lambda row: row.name,
)
"""By their names, in the order of the help and the menus."""

UPLOADS = StaffUpload(
    ORGANISER,
    uploads.receive,
    (
        N_("Send a questionnaire as a file, and we check and publish it."),
        N_("Send a list of participants or a calendar as a file, and we save it."),
    ),
)


def help_card(role: StaffRole) -> Card:
    """Return what a role can do in chat, a line for each command."""
    words = Words()
    lines = [words(row.help) for row in COMMANDS.values() if row.help and role.may(row.role)]
    if role.may(UPLOADS.role):
        lines += [words(line) for line in UPLOADS.help]
    return Card("\n".join(lines))


def menu_of(role: StaffRole, words: Words) -> Menu:
    """Return the command menu of a role."""
    rows = [row for row in COMMANDS.values() if row.menu and role.may(row.role)]
    return [(row.name, words(row.menu)) for row in rows]


def staff_roles(connection: Connection, channel: str) -> Mapping[str, StaffRole]:
    """Return the role of each chat of staff in a channel, by the chat's identifier."""
    return {
        identifier: role
        for role in StaffRole  # the highest role of a chat comes last, and counts
        for spoken, identifier in chats_of(connection, role)
        if spoken == channel
    }
