"""Texts of a preview: why a person is not contacted, why by this channel, and when."""

from datetime import datetime

from bot.settings.office import Office
from bot.wording.days import day_words
from surveys.people import Administration
from surveys.planning.calendar import LocalCalendar
from surveys.planning.channels import EMAIL, Choice, Why
from surveys.planning.contacts import Hold
from surveys.planning.timezones import offset_text

REASONS = {
    "": "",
    Hold.COMPLETED: "has answered already",
    Hold.REFUSED: "declined to take part",
    Hold.STOPPED: "asked to stop",
    Hold.HANDED_OVER: "has handed over to a successor",
    Hold.REMOVED: "was removed from the workshop",
    Hold.LEFT_OUT: "is left out of this wave",
    Hold.ANSWERED_BY_ANOTHER: "another contact point has answered for the administration",
    Hold.PERSON_PAUSED: "has a pause",
    Hold.CLOSED: "the wave is closed",
    Hold.HELD: "the wave is on hold",
    Hold.CANCELLED: "the workshop is cancelled",
    Hold.UNREACHABLE: "cannot be reached: no address that works",
    Hold.TO_PLAN: "is planned again in the next minutes",
    Hold.IN_FLIGHT: "a message is being sent",
    Hold.LAST_REMINDER_SENT: "the last reminder has been sent",
    Hold.PAST_WINDOW: "no working day is left before the last day",
    Hold.TOO_MANY_OPEN: "has two other questionnaires open",
    Hold.TOO_SOON: "gets another message in the days before",
    "fault": "a fault: see the log",
    "missed": "nobody was asked: the days of the wave had passed",
    "needs_yes": "the wave waits for a yes of the office",
    "skipped": "the wave is skipped",
    "not_confirmed": "the days of the workshop are not confirmed",
    "joined_late": "joined after the wave opened",
    "administration_answers_once": "another contact point answers for the administration",
    "no_translation": "waits: the questionnaire is not translated into their language",
    "participant_did_not_agree": "the participant has not agreed to ask the supervisor",
}
"""Each reason why a person is not contacted, in words for organisers."""

WHY_CHANNEL = {
    Why.CHOSEN: "the person asked for it",
    Why.USUAL: "the usual way",
    Why.BLOCKED_THERE: "the messenger is blocked there",
    Why.UNRELIABLE_THERE: "the messenger is not reliable there",
    Why.ONLY: "the only address",
}
"""Why a person is contacted through a channel, in words for organisers."""


def reason_text(office: Office, hold: str) -> str:
    """Return why nothing is sent in a case, in words; says so where e-mail is not set up."""
    reason = REASONS.get(hold, hold)
    if hold == Hold.UNREACHABLE and EMAIL not in office.rules.channels:
        return f"{reason}; letters by e-mail are not set up"
    return reason


def why_text(choice: Choice) -> str:
    """Return why a channel was chosen, in words; if another one failed, which and how."""
    if choice.why is Why.OTHER_FAILED and choice.failed is not None:
        failed = choice.failed
        return f"{failed.channel} does not work: {failed.reason or failed.state}"
    return WHY_CHANNEL.get(choice.why, "")


def calendar_warning(
    calendar: LocalCalendar, administration: Administration, year: int | None
) -> str:
    """Return a warning if public holidays are not known for `year`; else ''."""
    if not calendar.holidays_known:
        return f"no public holidays are known for {administration.name}"
    if year is None or calendar.holidays_known_in(year):
        return ""
    name = administration.name
    return f"the public holidays of {name} are not known for {year}; only weekends are respected"


def local_text(calendar: LocalCalendar, moment: datetime) -> str:
    """Return a moment in local time with its offset: "Fri 8 June 2018, 09:47 (+12:00)"."""
    local = calendar.local(moment)
    return f"{day_words(local)}, {local:%H:%M} ({offset_text(local)})"
