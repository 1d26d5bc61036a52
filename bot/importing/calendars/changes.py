"""What a calendar changes of a known workshop, and the questions before it does. Pure."""

from dataclasses import dataclass, field, replace
from datetime import date

from bot.importing.calendars.matching import Entry, Known
from bot.importing.rows.open_questions import Answers, Choice, Question
from bot.importing.tables.headings import plain
from bot.wording.days import short_span
from surveys.workshop import Workshop

CALENDAR, KEEP = "calendar", "keep"
"""The answers: as the calendar says, or as it is here."""


@dataclass
class Changes:
    """The workshops as they become, those to cancel, what is asked, and what is offered."""

    known: Known
    answers: Answers
    questions: list[Question] = field(default_factory=list)
    offers: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)

    def of(self, entry: Entry, code: str) -> Workshop | None:
        """Return a known workshop as it becomes; None if the calendar cancels it."""
        before = self.known.workshops[code]
        if entry.cancelled:
            self._cancel(before)
            return None
        if before.cancelled_at is not None:
            self.notes.append(f"{code} is cancelled here and stays so: restore it if it is held.")
        if not entry.dated:
            return self._with_certainty(before, replace(before, confirmed=False))
        listed = replace(entry.workshop, code=code, cancelled_at=before.cancelled_at)
        listed = self._with_days(before, listed)
        listed = self._with_title(before, listed)
        return replace(listed, office_plan=before.office_plan, added=before.added)

    def _cancel(self, before: Workshop) -> None:
        if before.cancelled_at is not None:
            return
        text = f"{before.code} '{before.title}' is cancelled in the calendar. Cancel it here too?"
        text += f" Then no wave opens and no message is sent{self._open(before, ', also of ')}."
        choices = (Choice("Cancel the workshop", CALENDAR), Choice("Keep it", KEEP))
        if self._answer(Question(f"{before.code} cancelled", text, choices)) == CALENDAR:
            self.cancelled.append(before.code)

    def _with_days(self, before: Workshop, listed: Workshop) -> Workshop:
        """Return a workshop with the days that the answers say."""
        if _days(before) == _days(listed):
            return self._with_certainty(before, listed)
        kept = replace(
            listed,
            starts_on=before.starts_on,
            ends_on=before.ends_on,
            confirmed=before.confirmed,
        )
        key, by_hand = f"{before.code} days", before.code in self.known.by_hand
        was, now = _span(before), _span(listed)
        if by_hand:
            text = f"{before.code} was moved by hand to {was}; the calendar says {now}. Kept."
            offer = Question(key, text, (Choice(f"Move to {now}", CALENDAR),))
            if self.answers.get(key) != CALENDAR:
                self.offers.append(offer)
                return kept
        else:
            text = f"{before.code} '{before.title}' moves from {was} to {now}?"
            text += f" Its waves move along{self._open(before, ', except open ones: ')}."
            choices = (Choice(f"Move to {now}", CALENDAR), Choice(f"Keep {was}", KEEP))
            if self._answer(Question(key, text, choices)) != CALENDAR:
                return kept
        self.moved.append(before.code)
        return listed

    def _with_certainty(self, before: Workshop, listed: Workshop) -> Workshop:
        """Return a workshop that stays confirmed unless the office agrees that it is not."""
        if not before.confirmed or listed.confirmed:
            return listed
        text = f"{before.code} has no certain days any more in the calendar. Open no more waves?"
        choices = (Choice("Not confirmed", CALENDAR), Choice("Keep it confirmed", KEEP))
        answer = self._answer(Question(f"{before.code} confirmed", text, choices))
        return listed if answer == CALENDAR else replace(listed, confirmed=True)

    def _with_title(self, before: Workshop, listed: Workshop) -> Workshop:
        if plain(before.title) == plain(listed.title):
            return listed
        text = f"{before.code} is called '{before.title}' here, '{listed.title}' in the calendar."
        choices = (Choice("The new title", CALENDAR), Choice("Keep the title", KEEP))
        answer = self._answer(Question(f"{before.code} title", text, choices))
        return listed if answer == CALENDAR else replace(listed, title=before.title)

    def _open(self, workshop: Workshop, before: str) -> str:
        """Return the open waves of a workshop behind some words; '' if none is open."""
        keys = self.known.open_waves.get(workshop.code, ())
        return f"{before}{', '.join(keys)}" if keys else ""

    def _answer(self, question: Question) -> str:
        """Return the answer to a question, or to all of its kind; '' if it is open."""
        kind = question.key.rpartition(" ")[2]
        answer = self.answers.get(question.key) or self.answers.get(kind, "")
        if answer not in (CALENDAR, KEEP):
            self.questions.append(question)
        return answer


def _days(workshop: Workshop) -> tuple[date, date]:
    return workshop.starts_on, workshop.ends_on


def _span(workshop: Workshop) -> str:
    return short_span(*_days(workshop))
