"""The buttons of staff, one row each. Dispatch and permissions read these rows."""

from bot.desk.reports import own_words as desk_words
from bot.desk.waves import acts
from bot.desk.workshops import replanning
from bot.messaging.dispatch import table_of
from bot.messaging.tokens import Action
from bot.staff_chat import (
    asking,
    cases,
    choices,
    earlier_answers,
    lists,
    messages,
    own_words,
    person,
    person_acts,
    questions,
    rehearsals,
    relinking,
    reports,
    room_codes,
    rooms,
    same_person,
    saved_lists,
    survey_results,
    uploads,
    wave_acts,
    waves,
    workshop_pages,
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
        StaffButton(Action.OFFICE_OPEN, ORGANISER, wave_acts.open_wave, long=True),
        StaffButton(
            Action.OFFICE_OPEN_YES, ORGANISER, wave_acts.act_on(acts.open_wave), long=True
        ),
        StaffButton(Action.OFFICE_BACK, ORGANISER, wave_acts.put_back),
        StaffButton(Action.OFFICE_BACK_YES, ORGANISER, wave_acts.act_on(acts.put_back)),
        StaffButton(
            Action.OFFICE_BACK_TELL, ORGANISER, wave_acts.act_on(acts.put_back, tell=True)
        ),
        StaffButton(Action.OFFICE_ENGLISH, ORGANISER, waves.accept_english),
        StaffButton(Action.OFFICE_HOLD, ORGANISER, wave_acts.act_on(acts.hold_wave)),
        StaffButton(Action.OFFICE_RELEASE, ORGANISER, wave_acts.act_on(acts.release_wave)),
        StaffButton(Action.OFFICE_SKIP, ORGANISER, wave_acts.act_on(acts.skip_wave)),
        StaffButton(Action.OFFICE_DAYS, ORGANISER, wave_acts.days),
        StaffButton(Action.OFFICE_ASK_CLOSE, ORGANISER, wave_acts.ask_to_close),
        StaffButton(Action.OFFICE_CLOSE, ORGANISER, wave_acts.act_on(acts.close_wave), long=True),
        StaffButton(Action.OFFICE_REOPEN, ORGANISER, wave_acts.reopen),
        StaffButton(Action.OFFICE_WORKSHOP_HOLD, ORGANISER, workshops.change(acts.hold_workshop)),
        StaffButton(
            Action.OFFICE_WORKSHOP_RELEASE, ORGANISER, workshops.change(acts.release_workshop)
        ),
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
        StaffButton(Action.OFFICE_IMPORT_UNDO, ORGANISER, saved_lists.undo),
        StaffButton(Action.OFFICE_IMPORT_REDO, ORGANISER, saved_lists.redo),
        StaffButton(Action.OFFICE_IMPORT_MOVE, ORGANISER, saved_lists.move),
        StaffButton(Action.OFFICE_ANSWERS, ORGANISER, earlier_answers.tapped, long=True),
        StaffButton(Action.OFFICE_ANSWERS_UNDO, ORGANISER, earlier_answers.undo, long=True),
        StaffButton(Action.OFFICE_SAME, ORGANISER, same_person.decide),
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
        StaffButton(Action.OFFICE_MESSAGES, ORGANISER, messages.refresh),
        StaffButton(Action.OFFICE_SETTLE, ORGANISER, messages.settle),
        StaffButton(Action.OFFICE_UNSETTLE, ORGANISER, messages.unsettle),
        StaffButton(Action.OFFICE_CASES, ORGANISER, cases.list_cases),
        StaffButton(Action.OFFICE_CASE, ORGANISER, cases.show),
        StaffButton(Action.OFFICE_CASE_ASK, ORGANISER, cases.ask),
        StaffButton(Action.OFFICE_CASE_DO, ORGANISER, cases.do),
        StaffButton(Action.OFFICE_ROOM_ASK_ALL, ORGANISER, rooms.ask_all),
        StaffButton(Action.OFFICE_ROOM_ALL, ORGANISER, rooms.approve_all),
        StaffButton(Action.OFFICE_GUEST, ORGANISER, rooms.decide_guest),
        StaffButton(Action.OFFICE_PERSON, ORGANISER, person.show),
        StaffButton(Action.OFFICE_PERSON_ACT, ORGANISER, person_acts.act),
        StaffButton(Action.OFFICE_CANCEL, ORGANISER, questions.cancel),
        StaffButton(Action.REPORT, MANAGER, reports.show, long=True),
        StaffButton(Action.QUESTIONNAIRE_AGAIN, ORGANISER, asking.publish_again, long=True),
        StaffButton(Action.QUESTIONNAIRE_ASK, ORGANISER, asking.choose_workshop),
        StaffButton(Action.QUESTIONNAIRE_WHEN, ORGANISER, asking.choose_day),
        StaffButton(Action.QUESTIONNAIRE_ADD, ORGANISER, asking.add),
        StaffButton(Action.QUESTIONNAIRE_DROP, ORGANISER, asking.drop),
        StaffButton(Action.CHOICES_WORKSHOP, ORGANISER, choices.show, long=True),
        StaffButton(Action.CHOICES_SAVE, ORGANISER, choices.save, long=True),
        StaffButton(Action.CHOICES_UNDO, ORGANISER, choices.undo, long=True),
        StaffButton(Action.OFFICE_UNCONFIRM, ORGANISER, workshops.change(replanning.unconfirm)),
        StaffButton(Action.OFFICE_MOVE_BACK, ORGANISER, workshops.move_back),
        StaffButton(Action.OFFICE_MORE, ORGANISER, workshop_pages.show),
        StaffButton(Action.REPORT_MORE, MANAGER, workshop_pages.show),
        StaffButton(Action.REPORT_FILE, MANAGER, reports.send_file, long=True),
        StaffButton(Action.SURVEYS, MANAGER, survey_results.choose),
        StaffButton(Action.SURVEY, MANAGER, survey_results.show, long=True),
        StaffButton(Action.SURVEY_FILE, MANAGER, survey_results.send_file, long=True),
    ),
    key=lambda row: row.action,
)
"""By the actions of their tokens."""
