"""The buttons of staff, one row each. Dispatch and permissions read these rows."""

from bot.desk.reports import own_words as desk_words
from bot.desk.waves import acts
from bot.desk.workshops import replanning
from bot.messaging.dispatch import table_of
from bot.messaging.tokens import Action
from bot.staff_chat import (
    lists,
    own_words,
    person,
    person_acts,
    questions,
    rehearsals,
    relinking,
    reports,
    room_codes,
    uploads,
    wave_card,
    waves,
    workshops,
)
from bot.staff_chat.rows import StaffButton
from storage.office.staff import StaffRole

MANAGER, ORGANISER = StaffRole.MANAGER, StaffRole.ORGANISER

BUTTONS = table_of(
    (
        StaffButton(Action.OFFICE_WORKSHOP, ORGANISER, waves.choose_wave),
        StaffButton(Action.OFFICE_WAVE, ORGANISER, waves.show_wave),
        StaffButton(Action.OFFICE_WHO, ORGANISER, waves.show_messages, long=True),
        StaffButton(Action.OFFICE_OPEN, ORGANISER, waves.open_wave, long=True),
        StaffButton(Action.OFFICE_AT_ITS_TIME, ORGANISER, waves.plan_wave),
        StaffButton(Action.OFFICE_ENGLISH, ORGANISER, waves.accept_english),
        StaffButton(Action.OFFICE_PAUSE, ORGANISER, wave_card.act_on(acts.pause_wave)),
        StaffButton(Action.OFFICE_RESUME, ORGANISER, wave_card.act_on(acts.resume_wave)),
        StaffButton(Action.OFFICE_ASK_CLOSE, ORGANISER, wave_card.ask_to_close),
        StaffButton(Action.OFFICE_CLOSE, ORGANISER, wave_card.act_on(acts.close_wave), long=True),
        StaffButton(Action.OFFICE_REOPEN, ORGANISER, wave_card.act_on(acts.reopen_wave)),
        StaffButton(Action.OFFICE_PLAN, ORGANISER, workshops.show),
        StaffButton(Action.OFFICE_CONFIRM, ORGANISER, workshops.change(replanning.confirm)),
        StaffButton(Action.OFFICE_ASK_CALL_OFF, ORGANISER, workshops.ask_to_call_off),
        StaffButton(Action.OFFICE_CALL_OFF, ORGANISER, workshops.change(replanning.cancel)),
        StaffButton(Action.OFFICE_RESTORE, ORGANISER, workshops.change(replanning.restore)),
        StaffButton(Action.OFFICE_TRY, ORGANISER, rehearsals.begin_wave),
        StaffButton(Action.OFFICE_TRY_QUESTIONNAIRE, ORGANISER, rehearsals.begin),
        StaffButton(Action.OFFICE_PUBLISH, ORGANISER, uploads.publish, long=True),
        StaffButton(Action.OFFICE_CORRECT, ORGANISER, uploads.publish, long=True),
        StaffButton(Action.OFFICE_PLAY, ORGANISER, uploads.play, long=True),
        StaffButton(Action.OFFICE_LIST, ORGANISER, lists.tapped, long=True),
        StaffButton(Action.OFFICE_RELINK, ORGANISER, relinking.decide),
        StaffButton(Action.OFFICE_WISHES, ORGANISER, relinking.refresh),
        StaffButton(Action.OFFICE_ROOM, ORGANISER, room_codes.show),
        StaffButton(Action.OFFICE_ROOM_MAKE, ORGANISER, room_codes.make),
        StaffButton(Action.OFFICE_ROOM_END, ORGANISER, room_codes.end),
        StaffButton(
            Action.OFFICE_TEXT_RELEASE,
            ORGANISER,
            own_words.decide(desk_words.release, "Released."),
            long=True,
        ),
        StaffButton(
            Action.OFFICE_TEXT_WITHHOLD,
            ORGANISER,
            own_words.decide(desk_words.withhold, "Withheld."),
            long=True,
        ),
        StaffButton(Action.OFFICE_TEXT_LATER, ORGANISER, own_words.show_next, long=True),
        StaffButton(Action.OFFICE_PERSON, ORGANISER, person.show),
        StaffButton(Action.OFFICE_PERSON_ACT, ORGANISER, person_acts.act),
        StaffButton(Action.OFFICE_CANCEL, ORGANISER, questions.cancel),
        StaffButton(Action.REPORT, MANAGER, reports.show, long=True),
        StaffButton(Action.REPORT_FILE, MANAGER, reports.send_file, long=True),
    ),
    key=lambda row: row.action,
)
"""By the actions of their tokens."""
