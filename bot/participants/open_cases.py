"""The open cases of a person: which one a message is about, and whether it may be answered."""

from datetime import datetime

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.messages import Button, Card, Reply
from bot.messaging.tokens import Action, token
from bot.participants.consent import consent_reply
from bot.participants.interview_views import UNREADABLE, asking_of
from bot.participants.shared_replies import asks, closed, said, words_of
from bot.participants.stopping import opted_out
from bot.wording import service_messages
from storage.database import NotFound
from storage.fieldwork.attempts import case_of_message
from storage.fieldwork.case_files import CaseFile, load_file, open_files_of
from storage.fieldwork.cases import Case, case_with_card
from surveys.interview.interview import progress
from surveys.widths import WIDEST_BUTTON, cut
from surveys.wording import N_

NOT_YOURS = N_("This button belongs to somebody else's questionnaire.")
WHICH_ONE = N_("Which questionnaire would you like to continue?")


def own_file(context: InboundContext, number: int) -> CaseFile | Reply:
    """Return the case a button names, locked; or the reply where it is gone or somebody else's."""
    if context.file is not None and context.file.case.id == number:
        return context.file
    try:
        file = load_file(context.connection, number, lock=True)
    except NotFound:
        return Reply(words_of(context)(UNREADABLE))
    if file.participant.id != context.address.participant_id:
        return Reply(words_of(context)(NOT_YOURS))
    return file


def barred(context: InboundContext, file: CaseFile) -> Reply | None:
    """Return the reply to a person who may not answer: stopped, refused, too late, or no consent yet.

    None to a person who may.
    """
    enrolment = file.enrolment
    ended = opted_out(context, file.participant, enrolment)
    if ended is not None:
        return ended
    if file.left_out:
        text = words_of(context)(service_messages.LEFT_OUT, contact=context.office.contact)
        return said(text)
    if file.closed(context.now):
        return closed(context, file)
    if enrolment.consented_at is None:
        return consent_reply(context, enrolment)
    return None


def open_files(context: InboundContext) -> list[CaseFile]:
    """Return the person's cases that can be answered now, the one asked last first."""
    files = open_files_of(context.connection, context.address.participant_id)
    return [file for file in files if is_open(file, context.now)]


def is_open(file: CaseFile, now: datetime) -> bool:
    """Return whether a case can be answered by a person who takes part."""
    return file.enrolment.active and not file.left_out and not file.closed(now)


def choice_card(context: InboundContext, files: list[CaseFile]) -> Card:
    """Return a card to choose one of several open questionnaires.

    Their names are in its text: a button has no room for a workshop and a questionnaire.
    """
    words = words_of(context)
    lines, rows = [words(WHICH_ONE)], []
    for number, file in enumerate(files, 1):
        asking = asking_of(context, file)
        instrument = asking.interview.questionnaire
        title = instrument.text(instrument.title, asking.interview.language)
        answered, about = progress(asking.interview)
        lines.append(f"{number}. {file.workshop.title}{words.colon}{title} ({answered}/{about})")
        label = cut(f"{number}. {file.workshop.title}", WIDEST_BUTTON)
        rows.append((Button(label, token(Action.GO, file.case.id)),))
    return Card("\n".join(lines), tuple(rows))


def meant_file(context: InboundContext, reply_ref: str = "") -> CaseFile | None:
    """Return the case a typed text is about: that of the message replied to, else the one asked last."""
    number = None
    if reply_ref:
        number = case_with_card(context.connection, context.address.id, reply_ref)
        number = number or case_of_message(context.connection, context.address.id, reply_ref)
    number = number or _asked_last(context)
    return load_file(context.connection, number, lock=True) if number else None


def _ends_unseen(case: Case) -> bool:
    return case.asked_at is not None and bool(case.shown_item)


def _asked_last(context: InboundContext) -> int | None:
    """Return the case whose question was shown last; a closed one only if no other is open.

    A completed one counts until its thanks were shown: its last question is on the screen.
    """
    files = open_files_of(context.connection, context.address.participant_id)
    under_way = [file for file in files if asks(file.case) or _ends_unseen(file.case)]
    still_open = [file for file in under_way if not file.closed(context.now)]
    return next((file.case.id for file in still_open or under_way), None)
