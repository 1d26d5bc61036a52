"""Saves one step of an interview, from a participant or from data entry."""

from dataclasses import replace

from bot.fieldwork.inbound_context import InboundContext
from bot.fieldwork.notices import queue_notices
from storage.fieldwork.answers import Saving, save_step
from storage.fieldwork.attempts import set_delivered
from storage.fieldwork.case_files import CaseFile
from storage.fieldwork.cases import open_cases_of
from storage.fieldwork.contact_points import cases_beside
from storage.fieldwork.next_contact import plan_contact, refresh, refresh_person
from surveys.interview.interview import Step, current, progress
from surveys.interview.saving import beyond_of
from surveys.people import Role
from surveys.planning.contacts import NextContact
from surveys.questionnaire import Questionnaire

BEYOND = (
    "{key} version {version}: an expression of {item} makes a text that is too long, or is too much"
    " work. It counts as empty, and the questionnaire goes on. Correct it, and publish a new version."
)


def save(context: InboundContext, file: CaseFile, done: Step) -> None:
    """Store the answers of a step, the message of its card and the next contact of the person."""
    begins = file.case.started_at is None
    if begins:
        note_delivered(context, file)
    contact = _contact_of_begun(context, file) if begins and not done.completed else None
    saving = Saving(
        done.interview,
        done.saved,
        done.replaced,
        done.cleared,
        progress(done.interview),
        context.address.channel,
        context.now,
        (context.address.id, context.ref) if context.ref else None,
        _asks_anew(context, file, done),
        contact,
    )
    save_step(context.connection, file.case, saving)
    beyond = beyond_of(done)
    if beyond:
        queue_notices(
            context.connection, [_told(done.interview.questionnaire, beyond)], context.now
        )
    if done.completed:
        refresh_person(context.connection, file.participant.id, context.office.rules, context.now)
        if file.enrolment.role is Role.CONTACT_POINT:
            beside = cases_beside(context.connection, file.case.id)
            refresh(context.connection, beside, context.office.rules, context.now)


def _contact_of_begun(context: InboundContext, file: CaseFile) -> NextContact:
    begun = replace(file, case=replace(file.case, started_at=context.now))
    return plan_contact(context.connection, begun, context.office.rules, context.now)


def _asks_anew(context: InboundContext, file: CaseFile, done: Step) -> bool:
    """Return whether a step asks what does not stand on the screen yet as the last question."""
    shows = file.case.shown_item == (current(done.interview) or "")
    return not shows or asked_before_another(context, file)


def asked_before_another(context: InboundContext, file: CaseFile) -> bool:
    """Return whether another open case of the person was asked after this one."""
    mine = file.case.asked_at
    others = open_cases_of(context.connection, file.participant.id)
    asked = [one.asked_at for one in others if one.asked_at and one.id != file.case.id]
    return mine is not None and any(one > mine for one in asked)


def note_delivered(context: InboundContext, file: CaseFile) -> None:
    """Note that somebody has a message that may have been lost: they tapped or answered it."""
    if _is_another_message(context, file):
        address = context.address.id
        set_delivered(context.connection, file.case.id, address, context.ref, context.now)


def _is_another_message(context: InboundContext, file: CaseFile) -> bool:
    """Return whether a person used another message than the known card of a case.

    Once they have begun, older cards may still stand in the chat: only a newer message tells.
    """
    known, used = file.case.card_ref, context.ref
    if file.case.started_at is None:
        return known is None or used not in ("", known)
    if known is None or file.case.card_address_id != context.address.id:
        return False
    return known.isdecimal() and used.isdecimal() and int(used) > int(known)


def _told(questionnaire: Questionnaire, beyond: tuple[str, ...]) -> str:
    return BEYOND.format(key=questionnaire.key, version=questionnaire.version, item=beyond[0])
