"""Who may do what in chat: every command and every button, as every role, and as a stranger.

A command or a button that is added without a row here fails.
"""

from dataclasses import dataclass

import pytest

from bot.messaging.messages import Commanded, Reply, Sender, Tapped, Uploaded
from bot.messaging.tokens import Action, token
from bot.participants import buttons as person_buttons
from bot.participants import commands as person_commands
from bot.participants.interview_views import UNREADABLE
from bot.participants.strangers import OPEN_COMMANDS
from bot.staff_chat import buttons, commands
from bot.staff_chat.dispatch import NOT_YOURS
from bot.staff_chat.workshop_choice import number_of
from bot.wording.service_messages import STRANGER
from storage.office.staff import StaffRole
from tests.bot.stage import CHAT, SUVA, Stage

MANAGER = {"Max", "Eva", "Ann"}
ORGANISER = {"Eva", "Ann"}
NOBODY: set[str] = set()

OF_STAFF = {
    "start": MANAGER,
    "help": MANAGER,
    "report": MANAGER,
    "wave": ORGANISER,
    "workshops": ORGANISER,
    "move": ORGANISER,
    "unreachable": ORGANISER,
    "rehearse": ORGANISER,
    "health": ORGANISER,
    "proceed": ORGANISER,
    "relink": ORGANISER,
    "room": ORGANISER,
    "words": ORGANISER,
    "anchors": ORGANISER,
    "themes": ORGANISER,
    "messages": ORGANISER,
    "person": ORGANISER,
    "handover": ORGANISER,
    "days": ORGANISER,
    "desk": MANAGER,
    "asked": ORGANISER,
    "digest": MANAGER,
}
OF_PEOPLE = {"start", "continue", "language", "channel", "mydata", "stop", "help"}
OF_EVERYBODY = {"id"}
BUTTONS = {
    Action.DIGEST_ON: MANAGER,
    Action.DIGEST_OFF: MANAGER,
    Action.OFFICE_ANCHOR_ACCEPT: ORGANISER,
    Action.OFFICE_ANCHOR_REJECT: ORGANISER,
    Action.OFFICE_ANCHOR_YES: ORGANISER,
    Action.OFFICE_ANCHOR_NO: ORGANISER,
    Action.OFFICE_ANCHOR_LATER: ORGANISER,
    Action.OFFICE_ANCHOR_UNDO: ORGANISER,
    Action.OFFICE_ANCHOR_SEEN: ORGANISER,
    Action.OFFICE_ANCHOR_UNSEEN: ORGANISER,
    Action.REPORT: MANAGER,
    Action.REPORT_FILE: MANAGER,
    Action.REPORT_MORE: MANAGER,
    Action.OFFICE_MORE: ORGANISER,
    Action.OFFICE_MOVE_BACK: ORGANISER,
    Action.OFFICE_UNCONFIRM: ORGANISER,
    Action.CHOICES_WORKSHOP: ORGANISER,
    Action.CHOICES_SAVE: ORGANISER,
    Action.CHOICES_UNDO: ORGANISER,
    Action.CHOICES_PUT_BACK: ORGANISER,
    Action.CORRECTION_UNDO: ORGANISER,
    Action.OFFICE_ANSWERS: ORGANISER,
    Action.OFFICE_ANSWERS_UNDO: ORGANISER,
    Action.QUESTIONNAIRE_AGAIN: ORGANISER,
    Action.QUESTIONNAIRE_ASK: ORGANISER,
    Action.QUESTIONNAIRE_WHEN: ORGANISER,
    Action.QUESTIONNAIRE_ADD: ORGANISER,
    Action.QUESTIONNAIRE_DROP: ORGANISER,
    Action.OFFICE_WORKSHOP: ORGANISER,
    Action.OFFICE_WAVE: ORGANISER,
    Action.OFFICE_OPEN: ORGANISER,
    Action.OFFICE_WHO: ORGANISER,
    Action.OFFICE_CANCEL: ORGANISER,
    Action.OFFICE_HOLD: ORGANISER,
    Action.OFFICE_RELEASE: ORGANISER,
    Action.OFFICE_ASK_CLOSE: ORGANISER,
    Action.OFFICE_CLOSE: ORGANISER,
    Action.OFFICE_REOPEN: ORGANISER,
    Action.OFFICE_PLAN: ORGANISER,
    Action.OFFICE_CONFIRM: ORGANISER,
    Action.OFFICE_ASK_CALL_OFF: ORGANISER,
    Action.OFFICE_CALL_OFF: ORGANISER,
    Action.OFFICE_RESTORE: ORGANISER,
    Action.OFFICE_TRY: ORGANISER,
    Action.OFFICE_TRY_QUESTIONNAIRE: ORGANISER,
    Action.OFFICE_PUBLISH: ORGANISER,
    Action.OFFICE_CORRECT: ORGANISER,
    Action.OFFICE_PLAY: ORGANISER,
    Action.OFFICE_ENGLISH: ORGANISER,
    Action.OFFICE_OPEN_YES: ORGANISER,
    Action.OFFICE_BACK: ORGANISER,
    Action.OFFICE_BACK_YES: ORGANISER,
    Action.OFFICE_BACK_TELL: ORGANISER,
    Action.OFFICE_SKIP: ORGANISER,
    Action.OFFICE_DAYS: ORGANISER,
    Action.OFFICE_WORKSHOP_HOLD: ORGANISER,
    Action.OFFICE_WORKSHOP_RELEASE: ORGANISER,
    Action.OFFICE_RELINK: ORGANISER,
    Action.OFFICE_LIST: ORGANISER,
    Action.OFFICE_IMPORT_UNDO: ORGANISER,
    Action.OFFICE_IMPORT_REDO: ORGANISER,
    Action.OFFICE_IMPORT_MOVE: ORGANISER,
    Action.OFFICE_SAME: ORGANISER,
    Action.OFFICE_WISHES: ORGANISER,
    Action.OFFICE_ROOM: ORGANISER,
    Action.OFFICE_ROOM_MAKE: ORGANISER,
    Action.OFFICE_ROOM_END: ORGANISER,
    Action.OFFICE_TEXT_RELEASE: ORGANISER,
    Action.OFFICE_TEXT_WITHHOLD: ORGANISER,
    Action.OFFICE_TEXT_LATER: ORGANISER,
    Action.THEME_TICK: ORGANISER,
    Action.THEME_SAVE: ORGANISER,
    Action.THEME_LATER: ORGANISER,
    Action.THEME_UNDO: ORGANISER,
    Action.STEPS: ORGANISER,
    Action.STEP: ORGANISER,
    Action.STEP_UNDO: ORGANISER,
    Action.SURVEYS: MANAGER,
    Action.SURVEY: MANAGER,
    Action.SURVEY_FILE: MANAGER,
    Action.SURVEY_TRAINERS: ORGANISER,
    Action.SURVEY_TRAINERS_UNDO: ORGANISER,
    Action.OFFICE_MESSAGES: ORGANISER,
    Action.OFFICE_SETTLE: ORGANISER,
    Action.OFFICE_UNSETTLE: ORGANISER,
    Action.OFFICE_CASES: ORGANISER,
    Action.OFFICE_CASE: ORGANISER,
    Action.OFFICE_CASE_ASK: ORGANISER,
    Action.OFFICE_CASE_DO: ORGANISER,
    Action.OFFICE_ROOM_ASK_ALL: ORGANISER,
    Action.OFFICE_ROOM_ALL: ORGANISER,
    Action.OFFICE_GUEST: ORGANISER,
    Action.OFFICE_PERSON: ORGANISER,
    Action.OFFICE_PERSON_ACT: ORGANISER,
}
OF_INTERVIEWS = {
    "PICK", "TICK", "UNTICK", "DONE", "SKIP", "KEEP", "BACK", "CHANGE", "GO", "LATER", "MENU",
    "ANSWERS", "PAUSE", "PAGE", "LANGUAGES", "LANGUAGE", "AGREE", "DECLINE", "STORED", "STOP",
    "RESUME", "CHANNELS", "CHANNEL", "MY_LANGUAGES", "MY_LANGUAGE", "MINE", "ELEARNING",
}  # fmt: skip
"""Buttons of people; each is looked up among the person's own cases when it is used."""


@dataclass(frozen=True)
class Role:
    name: str
    chat: str
    refused_command: str
    refused_tap: str


ROLES = [
    Role("stranger", "970", STRANGER.partition(".")[0], STRANGER.partition(".")[0]),
    Role("Ada", "101", "In this chat we ask you about workshops", UNREADABLE),
    Role("Max", "903", NOT_YOURS, NOT_YOURS),
    Role("Eva", "901", NOT_YOURS, NOT_YOURS),
    Role("Ann", "904", NOT_YOURS, NOT_YOURS),
]


def test_every_command_and_every_button_has_one_row_with_the_role_it_needs() -> None:
    lowest = {StaffRole.MANAGER: MANAGER, StaffRole.ORGANISER: ORGANISER}
    assert {row.name: lowest[row.role] for row in commands.COMMANDS.values()} == OF_STAFF
    assert {row.action: lowest[row.role] for row in buttons.BUTTONS.values()} == BUTTONS
    assert lowest[commands.UPLOADS.role] == ORGANISER
    assert set(person_commands.COMMANDS) == OF_PEOPLE
    assert set(OPEN_COMMANDS) == OF_EVERYBODY
    assert {action.name for action in person_buttons.BUTTONS} == OF_INTERVIEWS
    assert set(buttons.BUTTONS).isdisjoint(person_buttons.BUTTONS)
    assert {*buttons.BUTTONS, *person_buttons.BUTTONS} == set(Action)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
async def test_each_role_can_do_what_its_row_says_and_no_more(stage: Stage, role: Role) -> None:
    ada = await stage.joined("Ada Vea")
    assert ada.identifier == "101"
    sender = Sender(CHAT, role.chat)
    receive = stage.application.reception.receive
    wrong = []
    for name, allowed in OF_STAFF.items():
        reply = await receive(Commanded(sender, name))
        if name in OF_PEOPLE and role.name == "Ada":
            continue
        if _refused(reply, role.refused_command) == (role.name in allowed):
            wrong.append(f"/{name}: {_said(reply)}")
    for action, allowed in BUTTONS.items():
        reply = await receive(Tapped(sender, token(action, number_of(SUVA), 3), ""))
        if _refused(reply, role.refused_tap) == (role.name in allowed):
            wrong.append(f"{action.name}: {_said(reply)}")
    reply = await receive(Uploaded(sender, "m6.csv", b"a,b\n"))
    if ("not a questionnaire" in _said(reply)) != (role.name in ORGANISER):
        wrong.append(f"a file: {_said(reply)}")
    assert wrong == []


async def test_a_stranger_gets_the_same_answer_to_everything_and_no_name(stage: Stage) -> None:
    await stage.joined("Ada Vea")
    sender = Sender(CHAT, "970")
    names = (*OF_STAFF, *OF_PEOPLE, "anything")
    sent = [Commanded(sender, name) for name in names if name != "start"]
    taps = [Tapped(sender, token(action, number_of(SUVA), 1), "") for action in Action]
    taps += [Tapped(sender, token(action, 1, 1), "") for action in Action]
    replies = {_said(await stage.application.reception.receive(one)) for one in (*sent, *taps)}
    assert len(replies) == 1
    start = _said(await stage.application.reception.receive(Commanded(sender, "start")))
    assert start.startswith(replies.pop())
    assert "Ada" not in start
    assert SUVA.title not in start


async def test_buttons_of_one_person_do_nothing_for_another(stage: Stage) -> None:
    ada, ben = await stage.joined("Ada Vea"), await stage.joined("Ben Qalo", "FJ")
    await stage.opens("M6", "2018-06-08 10:00")
    number = await stage.case_of(ada, "M6")
    before = await stage.case(ada, "M6")
    for action in Action:
        if action.name in OF_INTERVIEWS - {"STOP", "RESUME", "CHANNELS", "CHANNEL", "LATER"}:
            reply = await ben.sends(Tapped(ben.sender, token(action, number, 0, 0), ""))
            assert "Ada" not in _said(reply), action
    assert await stage.case(ada, "M6") == before


def _said(reply: Reply) -> str:
    return "\n".join([reply.notice, *(say.card.text for say in reply.says)]).strip()


def _refused(reply: Reply, text: str) -> bool:
    return text in _said(reply)
