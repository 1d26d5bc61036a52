"""How a test calls each function of storage that writes.

A new one needs a row in `CALLS`; `tests/storage/test_two_at_once.py` fails until it has one.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy
from sqlalchemy import Connection

from storage import due_workshops, schema
from storage.database import Database
from storage.erasure import erasing, merging, unmerging
from storage.fieldwork import (
    answers,
    attempts,
    calendar_imports,
    case_changes,
    cases,
    claims,
    contact_points,
    due_contacts,
    elearning_reminders,
    language_fallbacks,
    left_out,
    many_cases,
    next_contact,
    plans,
    programmes,
    taken_back,
    wave_decisions,
    waves,
    workshop_names,
    workshops,
)
from storage.fieldwork.case_files import load_file
from storage.file_folder import KeptFile
from storage.instruments import corrections, drafts, questionnaires, text_changes, workshop_lists
from storage.office import (
    audit,
    desk_sessions,
    digests,
    help_needs,
    jobs,
    next_steps,
    notices,
    recommendations,
    report_quotes,
    report_status,
    report_versions,
    share_links,
    sign_in_wishes,
    staff,
    staff_accounts,
    themes,
    waiting_files,
    wave_messages,
)
from storage.operations import dropped_messages, heartbeats, inbox, restoring
from storage.operations.process_leases import ProcessLease
from storage.people import (
    addresses,
    administrations,
    apart,
    codes,
    enrolments,
    erased,
    failed_codes,
    imports,
    links,
    list_columns,
    merges,
    office_messages,
    participants,
    relinks,
    removals,
    room_codes,
    stops,
    walk_ins,
)
from storage.responses import (
    anchor_decisions,
    answer_imports,
    answers_taken_back,
    earlier_answers,
    open_answers,
    shown_files,
    text_decisions,
    theme_marks,
    verifications,
)
from surveys.authoring.packaged import packaged_questionnaire
from surveys.elearning import Elearning
from surveys.help_asked import HelpState, Standing
from surveys.interview.interview import Answer, AnswerState, Interview
from surveys.next_step import Content as StepContent
from surveys.next_step import NextStep
from surveys.people import Address, AddressState, Participant, RemovalReason, Role, StopReason
from surveys.planning.administrations import packaged_administrations
from surveys.planning.contacts import Kind, NextContact
from surveys.planning.dispositions import Disposition, Outcome
from surveys.planning.plans_file import packaged_plans
from surveys.programme import Programme, Result
from surveys.questionnaire import Option
from surveys.recommendation import Content
from surveys.report_status import ReportStatus
from surveys.theme import Content as ThemeContent
from surveys.theme import Marks, Part, Theme
from surveys.workshop import AddedWave
from tests.storage.discovery import Write
from tests.storage.world import NOW, WORKSHOP, World, made, wrote

LATER = NOW + timedelta(hours=1)
RULES = next_contact.Rules(packaged_plans(), ("demo",))
CHAT = ("demo", "901")
NOBODY = ProcessLease(Database("sqlite://"))
"""The lease of a process that has not entered: it takes no rows of others."""
M6 = packaged_questionnaire("M6")
M6_OTHERWISE = M6.model_copy(update={"title": {"en": "Six months later"}})
COLUMNS = list_columns.ListColumns(0, "hash", "people", {"name": 2}, "S-1", NOW)
FILE = imports.ListFile(".csv", "hash")
ROOM = room_codes.Room(WORKSHOP.code, "S-1", NOW, NOW, NOW + timedelta(days=1))
EDITION = report_versions.Edition(WORKSHOP.code, 1, "presented", "members", "rtc", "", "en")
ENDED = jobs.JobEnd(jobs.JobState.DONE, "Done.", jobs.JobFile("a.pdf", "application/pdf", b"a"))
OPTIONS: dict[str, tuple[Option, ...]] = {"practices": (Option(name="one", label={"en": "One"}),)}

PLAN = "spec: 1\nkey: ours\nextends: standard\n"
HELP = help_needs.Need(WORKSHOP.code, "NP", "templates")
ADDED = AddedWave("OWN", "participant", "M6", "end + 3 months", 28)


@dataclass(frozen=True)
class Filled:
    """A small world with a row of most kinds."""

    world: World
    attempt: int
    draft: int
    eva: staff.Member
    fay: staff.Member
    waiting: Address
    row: int
    merged: Participant
    imported: int
    earlier: answer_imports.AnswerImport
    columns: int


def filled(connection: Connection) -> Filled:
    """Fill a migrated database with what the writes below need."""
    world = made(connection)
    wrote(connection, world.case, "own words", "earlier words")
    claimed = attempts.claim(connection, world.case, _claim(world, 1))
    assert claimed is not None
    draft = drafts.add_draft(connection, M6_OTHERWISE, "S-1", NOW)
    eva = staff.add_member(connection, _member("S-EVA"), "EVASECRET", NOW)
    fay = staff.add_member(connection, _member("S-FAY"), "FAYSECRET", NOW)
    staff.join(connection, eva, CHAT, NOW)
    waiting_files.add_file(connection, waiting_files.NewFile(eva.id, "", "a.csv", b"a"), NOW)
    desk_sessions.add_sign_in_link(connection, "link", desk_sessions.SignInLink(eva.id, NOW, NOW))
    desk_sessions.add_session(connection, "cookie", eva, "Firefox", NOW)
    sign_in_wishes.add_wish(connection, eva.id, NOW)
    digests.put_digest_wish(connection, eva.id, digests.Way.CHAT, NOW)
    digests.take_digest(connection, eva.id, NOW.date(), NOW, NOW)
    staff_accounts.put_account(connection, _account(eva.id))
    share_links.add_share(connection, "share", _share("L-1"))
    jobs.begin_job(connection, jobs.NewJob("report", "M6", eva.id, "/reports"), NOW, NOW)
    notices.put_notices(connection, ["News"], [CHAT], NOW)
    wave_messages.put_message(connection, _message("1"))
    codes.add_code(connection, "ADASCODE", world.adas.id, NOW)
    links.add_link(connection, "adaslink", _link(world))
    verifications.add_verification(connection, (world.case, "sop"), "Eva", "seen", NOW)
    shown_files.add_file(connection, _kept("a"), _belongs(world), NOW)
    gone = shown_files.add_file(connection, _kept("b"), _belongs(world), NOW)
    shown_files.forget_file(connection, gone)
    text_decisions.add_decision(connection, _decision(world, "S-EVA"))
    relinks.ask_relink(connection, world.ben.id, ("demo", "wants"), NOW)
    left_out.leave_out(connection, world.bens.id, "M6", NOW)
    removals.set_removed(connection, world.bens.id, RemovalReason.WRONG_LIST, NOW)
    waiting = relinks.waiting_relinks(connection)[0]
    programmes.put_programme(connection, Programme("P-1", "Operation"))
    office_messages.keep_message(connection, world.ada.id, "Wrong workshop", NOW)
    plans.put_plan(connection, "ours", PLAN, "S-EVA", NOW)
    elearning_reminders.plan_reminder(connection, world.adas.id, NOW)
    row = inbox.insert_rows(connection, 1, 1, [_arrival(1)], NOW)[1]
    dan, merged = (
        participants.add_participant(connection, participants.NewParticipant(code, "Dan"))
        for code in ("P-DAN", "P-DAN2")
    )
    merging.merge(connection, dan, merged, NOW)
    imported = imports.add_import(connection, WORKSHOP.code, FILE, "S-EVA", NOW)
    dans = enrolments.enrol(connection, enrolments.NewEnrolment(WORKSHOP.code, dan.id, "NP"), NOW)
    earlier = _earlier_import(connection, world, "earlier")
    earlier_answers.add_linked(connection, earlier, [_response(2, dans.id)], NOW)
    earlier_answers.add_unlinked(connection, earlier, [_response(3)], NOW)
    list_columns.put_list_columns(connection, COLUMNS)
    columns = list_columns.all_list_columns(connection)[0].id
    filled = Filled(
        world, claimed.id, draft, eva, fay, waiting, row, merged, imported, earlier, columns
    )
    imports.add_changes(connection, imported, [_change(filled)])
    return filled


def _account(number: int) -> staff_accounts.StaffAccount:
    return staff_accounts.StaffAccount(number, "https://id.example", f"u-{number}", True, NOW)


def _kept(sign: str) -> KeptFile:
    return KeptFile(sign * 32, "pdf", 9, sign * 64)


def _belongs(world: World) -> shown_files.Belongs:
    return shown_files.Belongs(world.case, shown_files.CLAIM, "sop", "Eva", with_claim=True)


def _waiting_file(filled: Filled) -> waiting_files.NewFile:
    return waiting_files.NewFile(filled.eva.id, "", "b.csv", b"b")


def _earlier_import(
    connection: Connection, world: World, file_hash: str
) -> answer_imports.AnswerImport:
    file = imports.ListFile(".csv", file_hash)
    return answer_imports.begin_import(connection, world.wave.id, file, ("S-EVA", NOW), {})


def _response(row: int, enrolment: int | None = None) -> earlier_answers.NewResponse:
    job = Answer("job", "same", AnswerState("answered"), "und", NOW)
    whole = (1, 1, Disposition.COMPLETE, NOW, NOW)
    return earlier_answers.NewResponse(row, enrolment, (job,), *whole, "NP", ((job, LATER),))


def _take_back_cases(connection: Connection, filled: Filled) -> None:
    taken = answers_taken_back.cases_of_import(connection, filled.earlier.id, 0, 9)
    answers_taken_back.take_back_cases(connection, taken)


def _change(filled: Filled) -> imports.Change:
    return imports.Change(filled.world.ada.id, filled.world.adas.id, "name", "Ada A", "Ada")


def _arrival(number: int) -> inbox.Arrival:
    return inbox.Arrival(number, "901", "message", "{}")


def _claim(world: World, ordinal: int) -> attempts.Claim:
    return attempts.Claim(Kind.INVITATION, ordinal, world.address, 1, NOW)


def _decision(world: World, by: str) -> text_decisions.NewDecision:
    place = (world.case, "proof", "hash", NOW)
    return text_decisions.NewDecision(*place, "released", "own words", by, NOW)


def _member(code: str) -> staff.NewMember:
    return staff.NewMember(code, staff.StaffRole.ORGANISER, code.title(), (), "command line")


def _message(ref: str) -> wave_messages.WaveMessage:
    return wave_messages.WaveMessage(WORKSHOP.code, "M6", *CHAT, "S-EVA", ref, "Wave", NOW)


def _link(world: World) -> links.Link:
    return links.Link(links.Purpose.INTERVIEW, world.adas.id, NOW, None, None)


def _saving(connection: Connection, filled: Filled) -> None:
    """Save one answer in place of another, as an interview does."""
    cases.lock_case(connection, filled.world.case)
    file = load_file(connection, filled.world.case)
    given = Answer("job", "other", AnswerState("answered"), "en", LATER)
    saving = answers.Saving(
        Interview(M6, LATER, "en"), (given,), ("job",), (), (1, 8), "demo", LATER
    )
    answers.save_step(connection, file.case, saving)


def _plan_contact(connection: Connection, filled: Filled) -> None:
    file = load_file(connection, filled.world.case)
    next_contact.plan_contact(connection, file, RULES, LATER)


def _moving(connection: Connection, filled: Filled) -> None:
    """Move the answers of a case to one that was opened for it, and back."""
    where = (filled.world.wave.id, filled.world.ben.id)
    there = cases.case_in_wave(connection, *where)
    if there is None:
        there = cases.open_case(connection, where[0], filled.world.bens.id, LATER)
    case_changes.move_answers(connection, filled.world.case, there)


def _dated(key: str) -> Any:
    planned = packaged_plans()["standard"].wave(key)
    assert planned is not None
    return planned.dated(WORKSHOP)


Call = Callable[[Connection, Filled], Any]
CALLS: dict[Write, Call] = {
    due_workshops.clear_due: lambda c, f: due_workshops.clear_due(c, WORKSHOP.code, [1], LATER),
    due_workshops.mark_due: lambda c, f: due_workshops.mark_due(c, [WORKSHOP.code]),
    due_workshops.mark_enrolment_due: lambda c, f: due_workshops.mark_enrolment_due(
        c, f.world.adas.id
    ),
    due_workshops.mark_person_due: lambda c, f: due_workshops.mark_person_due(c, f.world.ada.id),
    due_workshops.mark_questionnaire_due: lambda c, f: due_workshops.mark_questionnaire_due(
        c, ("M6", 1)
    ),
    due_workshops.mark_wave_due: lambda c, f: due_workshops.mark_wave_due(c, f.world.wave.id),
    due_workshops.plan_due: lambda c, f: due_workshops.plan_due(c, [(WORKSHOP.code, LATER)]),
    erasing.erase: lambda c, f: erasing.erase(c, f.world.ada.id, LATER, keep_answers=False),
    erasing.erase_again: lambda c, f: erasing.erase_again(
        c, [erasing.Erasure("P-ADA", LATER, answers_kept=False)]
    ),
    merging.merge: lambda c, f: merging.merge(c, f.world.ada, f.world.ben, LATER),
    unmerging.unmerge: lambda c, f: unmerging.unmerge(c, f.merged, LATER),
    answers.save_step: _saving,
    list_columns.put_list_columns: lambda c, f: list_columns.put_list_columns(
        c, replace(COLUMNS, columns={"name": 3})
    ),
    list_columns.set_list_columns_forgotten: lambda c, f: list_columns.set_list_columns_forgotten(
        c, f.columns, NOW
    ),
    calendar_imports.add_calendar_changes: lambda c, f: calendar_imports.add_calendar_changes(
        c, f.imported, [calendar_imports.CalendarChange("NEW", None, WORKSHOP)]
    ),
    calendar_imports.delete_unused: lambda c, f: calendar_imports.delete_unused(c, WORKSHOP.code),
    calendar_imports.set_calendar_undone: lambda c, f: calendar_imports.set_calendar_undone(
        c, f.imported, [1], LATER
    ),
    attempts.claim: lambda c, f: attempts.claim(c, f.world.case, _claim(f.world, 2)),
    attempts.finish: lambda c, f: attempts.finish(
        c, f.attempt, attempts.Result(Outcome.SENT), LATER
    ),
    attempts.set_delivered: lambda c, f: attempts.set_delivered(
        c, f.world.case, f.world.address.id, "7", LATER
    ),
    attempts.set_letter_delivered: lambda c, f: attempts.set_letter_delivered(
        c, f.world.adas.id, LATER, LATER
    ),
    claims.release: lambda c, f: claims.release(c, f.attempt, 1),
    claims.take_back_waiting: lambda c, f: claims.take_back_waiting(c, f.world.case, None),
    claims.take_back_claims: lambda c, f: claims.take_back_claims(c, f.world.wave.id),
    claims.set_leaving: lambda c, f: claims.set_leaving(c, f.attempt, 1),
    case_changes.set_aside: lambda c, f: case_changes.set_aside(c, f.world.case, "twice", LATER),
    case_changes.put_back: lambda c, f: case_changes.put_back(c, f.world.case),
    case_changes.reopen_until: lambda c, f: case_changes.reopen_until(c, f.world.case, LATER),
    case_changes.move_answers: _moving,
    many_cases.close_cases: lambda c, f: many_cases.close_cases(
        c, {f.world.case: (Disposition.PARTIAL, "", LATER)}
    ),
    many_cases.lock_cases: lambda c, f: many_cases.lock_cases(c, [f.world.case]),
    many_cases.open_cases: lambda c, f: many_cases.open_cases(
        c, f.world.wave.id, [f.world.bens.id], LATER
    ),
    cases.open_again: lambda c, f: cases.open_again(c, f.world.wave.id),
    cases.open_case: lambda c, f: cases.open_case(c, f.world.wave.id, f.world.bens.id, LATER),
    cases.forget_shown: lambda c, f: cases.forget_shown(c, f.world.case),
    cases.set_cards: lambda c, f: cases.set_cards(
        c, [cases.CardShown(f.world.case, ("demo", "ada"), "7", "job", LATER)]
    ),
    cases.set_invitation: lambda c, f: cases.set_invitation(
        c, f.world.case, f.world.address.id, "7"
    ),
    cases.set_case_language: lambda c, f: cases.set_case_language(c, f.world.case, "fr"),
    cases.set_entered: lambda c, f: cases.set_entered(c, f.world.case, "paper", "S-EVA"),
    contact_points.pass_on: lambda c, f: contact_points.pass_on(
        c, f.world.adas.id, f.world.bens.id, LATER
    ),
    contact_points.set_passed_over: lambda c, f: contact_points.set_passed_over(
        c, f.world.adas.id, LATER
    ),
    due_contacts.hold_contacts: lambda c, f: due_contacts.hold_contacts(
        c, f.world.wave.id, "held"
    ),
    due_contacts.cancel_contacts: lambda c, f: due_contacts.cancel_contacts(
        c, f.world.wave.id, "closed"
    ),
    due_contacts.forget_channels_except: lambda c, f: due_contacts.forget_channels_except(
        c, ["email"]
    ),
    due_contacts.plan_again: lambda c, f: due_contacts.plan_again(
        c, [f.world.wave.id], ["past_window"]
    ),
    due_contacts.plan_person_again: lambda c, f: due_contacts.plan_person_again(c, f.world.ada.id),
    due_contacts.set_contacts: lambda c, f: due_contacts.set_contacts(
        c, {f.world.case: NextContact(LATER, Kind.INVITATION, 1)}
    ),
    next_contact.refresh_people: lambda c, f: next_contact.refresh_people(
        c, [f.world.ada.id, f.world.ben.id], RULES, LATER
    ),
    due_contacts.set_contact: lambda c, f: due_contacts.set_contact(
        c, f.world.case, NextContact(LATER, Kind.INVITATION, channel="demo")
    ),
    elearning_reminders.claim_reminder: lambda c, f: elearning_reminders.claim_reminder(
        c, f.world.adas.id, LATER
    ),
    elearning_reminders.give_back_reminder: lambda c, f: elearning_reminders.give_back_reminder(
        c, f.world.adas.id, NOW, LATER
    ),
    elearning_reminders.move_reminder: lambda c, f: elearning_reminders.move_reminder(
        c, f.world.adas.id, LATER
    ),
    elearning_reminders.plan_reminder: lambda c, f: elearning_reminders.plan_reminder(
        c, f.world.bens.id, LATER
    ),
    elearning_reminders.set_elearning: lambda c, f: elearning_reminders.set_elearning(
        c, f.world.adas.id, Elearning.DONE
    ),
    language_fallbacks.accept: lambda c, f: language_fallbacks.accept(
        c, (WORKSHOP.code, "M6"), ["th", "km"], LATER, "S-EVA"
    ),
    left_out.leave_out: lambda c, f: left_out.leave_out(c, f.world.adas.id, "M6", LATER),
    left_out.take_in: lambda c, f: left_out.take_in(c, f.world.bens.id, "M6"),
    next_contact.refresh: lambda c, f: next_contact.refresh(c, [f.world.case], RULES, LATER),
    next_contact.plan_contact: _plan_contact,
    next_contact.refresh_person: lambda c, f: next_contact.refresh_person(
        c, f.world.ada.id, RULES, LATER
    ),
    plans.add_wave: lambda c, f: plans.add_wave(c, WORKSHOP.code, ADDED, "S-EVA", LATER),
    plans.delete_plan: lambda c, f: plans.delete_plan(c, "ours", LATER),
    plans.lock_plan: lambda c, f: plans.lock_plan(c, "ours"),
    plans.drop_wave: lambda c, f: plans.drop_wave(c, WORKSHOP.code, "M3"),
    plans.put_plan: lambda c, f: plans.put_plan(c, "mine", PLAN, "S-EVA", LATER),
    programmes.put_programme: lambda c, f: programmes.put_programme(
        c, Programme("P-2", "Operation")
    ),
    programmes.lock_programme: lambda c, f: programmes.lock_programme(c, "P-1"),
    programmes.delete_programme: lambda c, f: programmes.delete_programme(c, "P-1"),
    programmes.put_results: lambda c, f: programmes.put_results(
        c, "P-1", [Result("cigarettes", "pieces", Decimal(7))]
    ),
    taken_back.take_back: lambda c, f: taken_back.take_back(c, f.world.wave.id, LATER),
    wave_decisions.follow_plan: lambda c, f: wave_decisions.follow_plan(
        c, f.world.wave.id, _dated("M6")
    ),
    wave_decisions.keep_wave: lambda c, f: wave_decisions.keep_wave(c, _dated("M3")),
    wave_decisions.open_wave: lambda c, f: wave_decisions.open_wave(
        c, _dated("M12"), wave_decisions.Opening(("M6", 1), LATER, "plan")
    ),
    wave_decisions.plan_again: lambda c, f: wave_decisions.plan_again(c, _dated("M3")),
    wave_decisions.set_asked: lambda c, f: wave_decisions.set_asked(c, _dated("M3"), LATER),
    wave_decisions.set_days: lambda c, f: wave_decisions.set_days(c, _dated("M3"), LATER),
    wave_decisions.set_held: lambda c, f: wave_decisions.set_held(
        c, f.world.wave.id, wave_decisions.Held(LATER)
    ),
    wave_decisions.set_last_day: lambda c, f: wave_decisions.set_last_day(
        c, f.world.wave.id, LATER.date()
    ),
    wave_decisions.set_missed: lambda c, f: wave_decisions.set_missed(c, _dated("M3"), LATER),
    wave_decisions.set_remind_on: lambda c, f: wave_decisions.set_remind_on(
        c, f.world.wave.id, LATER.date()
    ),
    wave_decisions.set_skipped: lambda c, f: wave_decisions.set_skipped(c, _dated("M3"), LATER),
    waves.set_asks_files: lambda c, f: waves.set_asks_files(c, True),
    waves.set_closed: lambda c, f: waves.set_closed(c, f.world.wave.id, LATER),
    waves.set_midpoint_told: lambda c, f: waves.set_midpoint_told(c, f.world.wave.id, LATER),
    workshops.move_workshop: lambda c, f: workshops.move_workshop(
        c, WORKSHOP.code, date(2018, 3, 5), date(2018, 3, 9)
    ),
    workshops.note_moved_by_hand: lambda c, f: workshops.note_moved_by_hand(
        c, WORKSHOP.code, LATER
    ),
    workshops.put_workshop: lambda c, f: workshops.put_workshop(
        c, replace(WORKSHOP, code="NEW-2018", donors=("WCO", "CCF"))
    ),
    workshops.put_planned: lambda c, f: workshops.put_planned(
        c, replace(WORKSHOP, code="NEW-2019"), LATER
    ),
    workshops.set_planned_since: lambda c, f: workshops.set_planned_since(c, WORKSHOP.code, LATER),
    workshops.set_workshop_held: lambda c, f: workshops.set_workshop_held(
        c, WORKSHOP.code, wave_decisions.Held(LATER)
    ),
    workshops.set_workshop_remind_on: lambda c, f: workshops.set_workshop_remind_on(
        c, WORKSHOP.code, LATER.date()
    ),
    workshops.set_cancelled: lambda c, f: workshops.set_cancelled(c, WORKSHOP.code, LATER),
    workshop_names.put_uids: lambda c, f: workshop_names.put_uids(
        c, {"1@example.org": WORKSHOP.code}
    ),
    workshop_names.rename_workshop: lambda c, f: workshop_names.rename_workshop(
        c, WORKSHOP.code, "OTHER-2018"
    ),
    drafts.add_draft: lambda c, f: drafts.add_draft(c, M6, "S-EVA", LATER),
    drafts.set_published: lambda c, f: drafts.set_published(c, f.draft, 2, LATER),
    corrections.correct: lambda c, f: corrections.correct(
        c, questionnaires.get_questionnaire(c, "M6", 1), M6_OTHERWISE, LATER
    ),
    corrections.correct_lists: lambda c, f: corrections.correct_lists(
        c, WORKSHOP.code, {}, OPTIONS, LATER
    ),
    corrections.put_texts_back: lambda c, f: corrections.put_texts_back(c, [_corrected(c)], LATER),
    questionnaires.insert_revision: lambda c, f: questionnaires.insert_revision(
        c, questionnaires.get_questionnaire(c, "M6", 1), M6_OTHERWISE, LATER, (None, None)
    ),
    questionnaires.insert_version: lambda c, f: questionnaires.insert_version(
        c, M6_OTHERWISE, 2, LATER
    ),
    questionnaires.publish: lambda c, f: questionnaires.publish(c, M6_OTHERWISE, LATER),
    workshop_lists.put_lists: lambda c, f: workshop_lists.put_lists(
        c, WORKSHOP.code, OPTIONS, LATER
    ),
    text_changes.keep_change: lambda c, f: text_changes.keep_change(
        c, text_changes.NewChange("", PLAN, LATER, plan="ours")
    ),
    workshop_lists.questionnaire_for: lambda c, f: _with_lists(c),
    audit.note_act: lambda c, f: audit.note_act(
        c, audit.Entry(LATER, "S-EVA", audit.Act.EXPORTED, "all", {})
    ),
    notices.forget_naming: lambda c, f: notices.forget_naming(c, ["Ada"]),
    notices.tell_again: lambda c, f: notices.tell_again(c, "Told", [CHAT], LATER),
    notices.move_chat: lambda c, f: notices.move_chat(c, *CHAT, "-100901"),
    notices.put_notices: lambda c, f: notices.put_notices(c, ["More"], [CHAT], LATER),
    notices.put_staff_notices: lambda c, f: notices.put_staff_notices(
        c, ["More"], staff.StaffRole.ORGANISER, LATER
    ),
    notices.still_meant: lambda c, f: notices.still_meant(
        c, [notices.Notice(1, *CHAT, "News", 0)]
    ),
    notices.set_next: lambda c, f: notices.set_next(
        c, [notices.Notice(1, *CHAT, "News", 0)], LATER
    ),
    notices.forget_waiting: lambda c, f: notices.forget_waiting(c, "News", CHAT),
    notices.take_due: lambda c, f: notices.take_due(c, LATER),
    report_status.put_report_status: lambda c, f: report_status.put_report_status(
        c, WORKSHOP.code, ReportStatus(1, "presented", "members"), "S-EVA", LATER
    ),
    report_quotes.forget_quotes: lambda c, f: report_quotes.forget_quotes(c, ["Own words"]),
    report_versions.keep_files: lambda c, f: report_versions.keep_files(
        c, EDITION, {"json": b"{}", "txt": b"Figures"}, "S-EVA", LATER
    ),
    report_versions.put_cut_offs: lambda c, f: report_versions.put_cut_offs(
        c, WORKSHOP.code, 1, {(WORKSHOP.code, "M6"): NOW, (WORKSHOP.code, "M12"): LATER}
    ),
    staff.add_member: lambda c, f: staff.add_member(c, _member("S-NEW"), "NEWSECRET", LATER),
    staff.join: lambda c, f: staff.join(c, f.fay, CHAT, LATER),
    staff.renew_secret: lambda c, f: staff.renew_secret(c, f.fay.id, "NEWSECRET", LATER),
    staff.set_email: lambda c, f: staff.set_email(c, f.eva.id, "eva@example.org"),
    staff.set_removed: lambda c, f: staff.set_removed(c, f.eva.id, LATER),
    staff.set_taken_back: lambda c, f: staff.set_taken_back(c, f.eva.id),
    staff.set_standing: lambda c, f: staff.set_standing(
        c, f.eva.id, staff.StaffRole.MANAGER, ("NO-2017",)
    ),
    staff.end_ways_in: lambda c, f: staff.end_ways_in(c, f.eva.id, LATER),
    share_links.add_share: lambda c, f: share_links.add_share(c, "newshare", _share("L-2")),
    share_links.set_share_ended: lambda c, f: share_links.set_share_ended(c, 1, LATER),
    share_links.end_all_shares: lambda c, f: share_links.end_all_shares(c, NOW),
    share_links.forget_shares_until: lambda c, f: share_links.forget_shares_until(
        c, LATER + timedelta(days=1)
    ),
    share_links.count_opening: lambda c, f: share_links.count_opening(c, 1, LATER),
    share_links.take_try: lambda c, f: share_links.take_try(c, 1, LATER, NOW),
    share_links.clear_tries: lambda c, f: share_links.clear_tries(c, 1),
    staff_accounts.put_account: lambda c, f: staff_accounts.put_account(c, _account(f.fay.id)),
    staff_accounts.set_account_ended: lambda c, f: staff_accounts.set_account_ended(
        c, f.eva.id, LATER
    ),
    staff_accounts.drop_account: lambda c, f: staff_accounts.drop_account(c, f.eva.id),
    staff_accounts.use_sign_in: lambda c, f: staff_accounts.use_sign_in(c, "answer", LATER),
    staff_accounts.forget_used_sign_ins: lambda c, f: staff_accounts.forget_used_sign_ins(
        c, LATER
    ),
    sign_in_wishes.add_wish: lambda c, f: sign_in_wishes.add_wish(c, f.eva.id, LATER),
    sign_in_wishes.take_wish: lambda c, f: sign_in_wishes.take_wish(c, 1, LATER),
    sign_in_wishes.forget_wishes: lambda c, f: sign_in_wishes.forget_wishes(c, LATER),
    waiting_files.add_file: lambda c, f: waiting_files.add_file(c, _waiting_file(f), LATER),
    waiting_files.set_answers: lambda c, f: waiting_files.set_answers(c, 1, {"a": "b"}, LATER),
    waiting_files.set_later: lambda c, f: waiting_files.set_later(c, 1, LATER),
    waiting_files.forget_file: lambda c, f: waiting_files.forget_file(c, 1),
    waiting_files.forget_files: lambda c, f: waiting_files.forget_files(c, LATER),
    desk_sessions.add_sign_in_link: lambda c, f: desk_sessions.add_sign_in_link(
        c, "newlink", desk_sessions.SignInLink(f.eva.id, LATER, LATER)
    ),
    desk_sessions.end_links: lambda c, f: desk_sessions.end_links(c, f.eva.id),
    desk_sessions.mark_link_used: lambda c, f: desk_sessions.mark_link_used(c, "link", LATER),
    desk_sessions.add_session: lambda c, f: desk_sessions.add_session(
        c, "newcookie", f.eva, "Firefox", LATER
    ),
    jobs.begin_job: lambda c, f: jobs.begin_job(
        c, jobs.NewJob("codes", "M6", f.eva.id, "/codes"), LATER, NOW
    ),
    jobs.beat_job: lambda c, f: jobs.beat_job(c, 1, 1, 2, LATER),
    jobs.end_job: lambda c, f: jobs.end_job(c, 1, ENDED, LATER),
    jobs.forget_results: lambda c, f: jobs.forget_results(c, LATER),
    jobs.forget_job: lambda c, f: jobs.forget_job(c, 1),
    jobs.forget_jobs: lambda c, f: jobs.forget_jobs(c, LATER),
    desk_sessions.mark_session_seen: lambda c, f: desk_sessions.mark_session_seen(c, 1, LATER),
    desk_sessions.keep_note: lambda c, f: desk_sessions.keep_note(c, 1, {"said": "Saved."}),
    desk_sessions.end_session: lambda c, f: desk_sessions.end_session(c, 1, LATER),
    desk_sessions.end_sessions_of: lambda c, f: desk_sessions.end_sessions_of(c, f.eva.id, LATER),
    desk_sessions.forget_sessions: lambda c, f: desk_sessions.forget_sessions(c, LATER),
    wave_messages.forget_message: lambda c, f: wave_messages.forget_message(c, 1),
    wave_messages.put_message: lambda c, f: wave_messages.put_message(c, _message("2")),
    wave_messages.set_shown: lambda c, f: wave_messages.set_shown(c, 1, "3", "Words", LATER),
    dropped_messages.count_dropped: lambda c, f: dropped_messages.count_dropped(c, 1, 1, 3, LATER),
    heartbeats.clear_heartbeats: lambda c, f: heartbeats.clear_heartbeats(c, "backup "),
    heartbeats.forget_heartbeats: lambda c, f: heartbeats.forget_heartbeats(c, ["held"]),
    inbox.adopt: lambda c, f: inbox.adopt(c, 1, "demo", NOBODY, mine=True),
    inbox.count_try: lambda c, f: inbox.count_try(c, f.row),
    inbox.delete_settled: lambda c, f: inbox.delete_settled(c, LATER),
    inbox.give_up: lambda c, f: inbox.give_up(c, f.row, "somewhere", LATER),
    inbox.insert_rows: lambda c, f: inbox.insert_rows(c, 1, 1, [_arrival(2)], LATER),
    inbox.mark_handled: lambda c, f: inbox.mark_handled(c, f.row, LATER),
    inbox.settle_all: lambda c, f: inbox.settle_all(c, [(f.row, LATER)]),
    inbox.settle: lambda c, f: inbox.settle(c, f.row, LATER),
    heartbeats.record_heartbeat: lambda c, f: heartbeats.record_heartbeat(c, "tick", LATER),
    restoring.carry_stops: lambda c, f: restoring.carry_stops(c, [restoring.Stop("P-BEN", LATER)]),
    addresses.add_address: lambda c, f: addresses.add_address(
        c, f.world.ben.id, "demo", "ben", LATER
    ),
    addresses.add_addresses: lambda c, f: addresses.add_addresses(
        c, "email", [(f.world.ben.id, "ben@example.org")], LATER
    ),
    addresses.drop_all_aside: lambda c, f: addresses.drop_all_aside(c, "demo", ["wants"]),
    addresses.drop_aside: lambda c, f: addresses.drop_aside(c, "demo", "wants"),
    addresses.forget_addresses: lambda c, f: addresses.forget_addresses(c, [f.world.ada.id]),
    addresses.move_address: lambda c, f: addresses.move_address(
        c, f.world.address.id, "-100ada", LATER
    ),
    addresses.set_last_text: lambda c, f: addresses.set_last_text(
        c, f.world.address.id, addresses.LastText(5, LATER)
    ),
    addresses.set_address_state: lambda c, f: addresses.set_address_state(
        c, f.world.address.id, AddressState.BLOCKED, "blocked", LATER
    ),
    administrations.put_administrations: lambda c, f: administrations.put_administrations(
        c, [replace(packaged_administrations()["FJ"], code="XX")]
    ),
    codes.add_code: lambda c, f: _new_code(c, f),
    codes.end_codes: lambda c, f: codes.end_codes(c, [f.world.adas.id], LATER),
    codes.use_code: lambda c, f: codes.use_code(c, "ADASCODE", f.world.address.id, LATER),
    enrolments.correct_enrolment: lambda c, f: enrolments.correct_enrolment(
        c, f.world.adas.id, "FJ", None
    ),
    enrolments.enrol: lambda c, f: enrolments.enrol(c, _supervisor(f), LATER),
    enrolments.enrol_all: lambda c, f: enrolments.enrol_all(c, [_supervisor(f)], LATER),
    enrolments.set_consent: lambda c, f: enrolments.set_consent(c, f.world.adas.id, 1, LATER),
    enrolments.set_declined: lambda c, f: enrolments.set_declined(
        c, f.world.adas.id, LATER, final=True
    ),
    enrolments.set_handed_over: lambda c, f: enrolments.set_handed_over(c, f.world.adas.id, LATER),
    enrolments.set_present_administration: lambda c, f: enrolments.set_present_administration(
        c, f.world.ada.id, "FJ", date(2018, 9, 1)
    ),
    enrolments.set_withdrawn: lambda c, f: enrolments.set_withdrawn(c, f.world.ada.id, LATER),
    failed_codes.forget_failed_codes: lambda c, f: failed_codes.forget_failed_codes(c, *CHAT),
    failed_codes.put_failed_codes: lambda c, f: _one_more_failure(c),
    apart.forget_apart: lambda c, f: apart.forget_apart(c, [f.world.ada.id]),
    apart.put_apart: lambda c, f: apart.put_apart(c, [(f.world.ada.id, f.world.ben.id)], LATER),
    erased.carry_marks: lambda c, f: erased.carry_marks(c, erased.Marks("key", {"two": LATER})),
    erased.put_marks: lambda c, f: erased.put_marks(c, ["one", "two"], LATER),
    erased.put_marks_key: lambda c, f: erased.put_marks_key(c, "key"),
    earlier_answers.add_linked: lambda c, f: earlier_answers.add_linked(
        c, f.earlier, [_response(4, f.world.bens.id)], LATER
    ),
    earlier_answers.add_unlinked: lambda c, f: earlier_answers.add_unlinked(
        c, f.earlier, [_response(5)], LATER
    ),
    answer_imports.begin_import: lambda c, f: _earlier_import(c, f.world, "another"),
    answer_imports.finish_import: lambda c, f: answer_imports.finish_import(
        c, f.earlier.id, LATER
    ),
    answer_imports.put_wave_back: lambda c, f: answer_imports.put_wave_back(c, f.earlier),
    answer_imports.set_taken_back: lambda c, f: answer_imports.set_taken_back(
        c, f.earlier.id, LATER
    ),
    answers_taken_back.take_back_cases: _take_back_cases,
    answers_taken_back.take_back_unlinked: lambda c, f: answers_taken_back.take_back_unlinked(
        c, f.earlier.id, 9
    ),
    imports.add_changes: lambda c, f: imports.add_changes(c, f.imported, [_change(f)]),
    imports.add_import: lambda c, f: imports.add_import(c, WORKSHOP.code, FILE, "S-EVA", LATER),
    imports.forget_values: lambda c, f: imports.forget_values(c, [f.world.ada.id]),
    imports.set_changes_undone: lambda c, f: imports.set_changes_undone(c, f.imported, [1], LATER),
    imports.set_listed: lambda c, f: imports.set_listed(c, f.world.adas.id, {"name": "hash"}),
    imports.set_progress: lambda c, f: imports.set_progress(c, f.world.adas.id, Elearning.DONE),
    imports.set_refused: lambda c, f: imports.set_refused(c, f.world.adas.id, LATER),
    links.add_link: lambda c, f: links.add_link(c, "newlink", _link(f.world)),
    links.end_link: lambda c, f: links.end_link(c, "adaslink", LATER),
    links.revoke_links: lambda c, f: links.revoke_links(c, f.world.adas.id, LATER),
    links.end_links: lambda c, f: links.end_links(c, f.world.ada.id, LATER),
    merges.forget_set_aside: lambda c, f: merges.forget_set_aside(c, [f.world.ada.id]),
    office_messages.keep_message: lambda c, f: office_messages.keep_message(
        c, f.world.ada.id, "Please call me", LATER
    ),
    office_messages.set_settled: lambda c, f: office_messages.set_settled(c, 1, "S-EVA", LATER),
    office_messages.forget_messages: lambda c, f: office_messages.forget_messages(
        c, [f.world.ada.id]
    ),
    office_messages.forget_messages_before: lambda c, f: office_messages.forget_messages_before(
        c, LATER
    ),
    participants.add_participant: lambda c, f: participants.add_participant(
        c, participants.NewParticipant("P-CHI", "Chi")
    ),
    participants.add_participants: lambda c, f: participants.add_participants(
        c, [participants.NewParticipant("P-CHI", "Chi")]
    ),
    participants.set_channel: lambda c, f: participants.set_channel(c, f.world.ada.id, "email"),
    participants.set_language: lambda c, f: participants.set_language(c, f.world.ada.id, "fr"),
    participants.set_paused: lambda c, f: participants.set_paused(
        c, f.world.ada.id, date(2018, 9, 1)
    ),
    participants.set_stopped: lambda c, f: participants.set_stopped(c, f.world.ada.id, LATER),
    participants.update_participant: lambda c, f: participants.update_participant(
        c, f.world.ada.id, name="Ada B", language="fr", timezone=None, title="Dr."
    ),
    relinks.ask_relink: lambda c, f: relinks.ask_relink(c, f.world.ada.id, ("demo", "new"), LATER),
    relinks.refuse_relink: lambda c, f: relinks.refuse_relink(c, f.waiting),
    relinks.put_out_of_use: lambda c, f: relinks.put_out_of_use(c, [f.world.address.id], LATER),
    relinks.use_email: lambda c, f: relinks.use_email(c, f.world.ada.id, "new@ex.org", LATER),
    relinks.use_email_before: lambda c, f: relinks.use_email_before(c, f.world.ben.id, LATER),
    relinks.replace_address: lambda c, f: relinks.replace_address(
        c, f.world.ada.id, "demo", "ada2", LATER
    ),
    removals.set_removed: lambda c, f: removals.set_removed(
        c, f.world.adas.id, RemovalReason.WRONG_LIST, LATER
    ),
    removals.set_restored: lambda c, f: removals.set_restored(c, f.world.bens.id),
    stops.stop_for_office: lambda c, f: stops.stop_for_office(
        c, f.world.ada.id, StopReason.LIST, LATER
    ),
    room_codes.add_room_code: lambda c, f: _new_room_code(c),
    room_codes.end_room_codes: lambda c, f: room_codes.end_room_codes(c, WORKSHOP.code, LATER),
    room_codes.enter_room: lambda c, f: _guest(c),
    walk_ins.put_walk_in: lambda c, f: _walk_in(c),
    walk_ins.drop_walk_in: lambda c, f: walk_ins.drop_walk_in(c, CHAT),
    walk_ins.forget_walk_ins_of: lambda c, f: walk_ins.forget_walk_ins_of(c, [f.world.ada.id]),
    walk_ins.forget_walk_ins_before: lambda c, f: walk_ins.forget_walk_ins_before(c, LATER),
    room_codes.leave_room: lambda c, f: room_codes.leave_room(c, CHAT),
    open_answers.delete_answers: lambda c, f: open_answers.delete_answers(c, [f.world.case]),
    open_answers.delete_open_answers: lambda c, f: open_answers.delete_open_answers(
        c, [f.world.case]
    ),
    open_answers.delete_texts: lambda c, f: open_answers.delete_texts(c, LATER),
    anchor_decisions.add_anchor_decision: lambda c, f: anchor_decisions.add_anchor_decision(
        c,
        anchor_decisions.AboutAnchor(f.world.case, "unit", "description"),
        anchor_decisions.AnchorDecision("accepted", NOW, "S-EVA", LATER),
    ),
    digests.put_digest_wish: lambda c, f: digests.put_digest_wish(
        c, f.fay.id, digests.Way.CHAT, LATER
    ),
    digests.drop_digest_wish: lambda c, f: digests.drop_digest_wish(c, f.eva.id),
    digests.begin_wishes_anew: lambda c, f: digests.begin_wishes_anew(c, LATER),
    digests.take_digest: lambda c, f: digests.take_digest(c, f.fay.id, NOW.date(), LATER, NOW),
    digests.set_digest_leaving: lambda c, f: digests.set_digest_leaving(
        c, f.eva.id, NOW.date(), NOW
    ),
    digests.set_digest_outcome: lambda c, f: digests.set_digest_outcome(
        c, f.eva.id, NOW.date(), Outcome.SENT
    ),
    digests.give_digest_back: lambda c, f: digests.give_digest_back(c, f.eva.id, NOW.date(), NOW),
    help_needs.add_help_act: lambda c, f: help_needs.add_help_act(
        c, {HELP: Standing(HelpState.DONE, None, "Done.")}, "S-EVA", LATER
    ),
    help_needs.note_told: lambda c, f: help_needs.note_told(
        c, f.world.adas.id, "templates", f.attempt, LATER
    ),
    help_needs.forget_help: lambda c, f: help_needs.forget_help(c, [f.world.adas.id]),
    recommendations.add_recommendation: lambda c, f: recommendations.add_recommendation(
        c, 2017, "obstacle:staff", "S-EVA", LATER
    ),
    recommendations.add_change: lambda c, f: recommendations.add_change(
        c,
        recommendations.add_recommendation(c, 2017, "", "S-EVA", LATER),
        Content("Train two officers."),
        "S-EVA",
        LATER,
    ),
    next_steps.put_step: lambda c, f: next_steps.put_step(
        c, WORKSHOP.code, NextStep("help", StepContent("Send examples.")), "S-EVA", LATER
    ),
    themes.put_theme: lambda c, f: themes.put_theme(
        c, Theme("targeting", ThemeContent("Targeting")), "S-EVA", LATER
    ),
    theme_marks.add_marks: lambda c, f: theme_marks.add_marks(
        c,
        theme_marks.MarkedText(f.world.case, "proof", "hash", NOW),
        Marks("S-EVA", LATER, Part.READING, frozenset({"targeting"})),
    ),
    text_decisions.add_decision: lambda c, f: text_decisions.add_decision(
        c, _decision(f.world, "S-FAY")
    ),
    text_decisions.set_second_reader: lambda c, f: text_decisions.set_second_reader(
        c, 1, "S-FAY", LATER
    ),
    shown_files.add_file: lambda c, f: shown_files.add_file(
        c, _kept("c"), _belongs(f.world), LATER
    ),
    shown_files.put_answer_file: lambda c, f: shown_files.put_answer_file(
        c, _kept("d"), f.world.case, "photo", LATER
    ),
    shown_files.forget_old_answer_files: lambda c, f: shown_files.forget_old_answer_files(
        c, LATER
    ),
    shown_files.forget_file: lambda c, f: shown_files.forget_file(c, 1),
    shown_files.forget_files_of: lambda c, f: shown_files.forget_files_of(c, [f.world.case]),
    shown_files.forget_ownerless: lambda c, f: shown_files.forget_ownerless(c),
    shown_files.delete_rows: lambda c, f: shown_files.delete_rows(c, [2]),
    verifications.add_verification: lambda c, f: verifications.add_verification(
        c, (f.world.case, "unit"), "Eva", "seen", LATER
    ),
    verifications.withdraw_verification: lambda c, f: verifications.withdraw_verification(
        c, 1, "Eva", LATER
    ),
}
"""How each function is called; a transaction may run one twice, as in a serialisation failure."""


def _supervisor(filled: Filled) -> enrolments.NewEnrolment:
    return enrolments.NewEnrolment(WORKSHOP.code, filled.world.ben.id, "FJ", Role.SUPERVISOR)


def _one_more_failure(connection: Connection) -> None:
    known = failed_codes.failed_codes_of(connection, *CHAT)
    failed_codes.put_failed_codes(connection, *CHAT, replace(known, wrong=known.wrong + 1))


def _new_code(connection: Connection, filled: Filled) -> None:
    """Give a code that nobody gave before, as a random one is."""
    given = connection.execute(sqlalchemy.select(schema.codes)).all()
    codes.add_code(connection, f"CODE{len(given)}", filled.world.adas.id, LATER)


def _share(code: str) -> share_links.NewShare:
    edition = report_versions.Edition("M6", 1, "final", "members", "rtc", "", "en")
    return share_links.NewShare(code, "page", edition, "Tokyo", "hash", "S-1", NOW, LATER)


def _new_room_code(connection: Connection) -> None:
    made_before = connection.execute(sqlalchemy.select(schema.room_codes)).all()
    room_codes.add_room_code(connection, f"ROOM{len(made_before)}", ROOM)


def _guest(connection: Connection) -> None:
    if room_codes.room_with(connection, "GUESTS", NOW) is None:
        room_codes.add_room_code(connection, "GUESTS", ROOM)
    room_codes.enter_room(connection, "GUESTS", CHAT, ROOM, NOW)


def _walk_in(connection: Connection) -> None:
    _guest(connection)
    walk_ins.put_walk_in(connection, walk_ins.NewWalkIn(CHAT, "en", "Mele", "TO"), NOW)


def _corrected(connection: Connection) -> text_changes.Correction:
    """Return the first correction of the texts of M6, which is made if there is none."""
    first = text_changes.Correction("M6", 1, 1)
    present = questionnaires.get_questionnaire(connection, "M6", 1)
    if present.revision == 0:
        corrections.correct(connection, present, M6_OTHERWISE, NOW)
    return first


def _with_lists(connection: Connection) -> None:
    workshop_lists.put_lists(connection, WORKSHOP.code, OPTIONS, NOW)
    workshop_lists.questionnaire_for(connection, WORKSHOP.code, "M6", LATER)
