"""The cards around an interview: the invitation, the thanks, and the end of its days. Pure."""

from datetime import date

from bot.messaging.messages import Button, Card
from bot.messaging.tokens import Action, token
from bot.wording.cards import Asking
from bot.wording.case_messages import SET_ASIDE
from bot.wording.rows import Rows, beside
from bot.wording.service_messages import hello
from storage.fieldwork.case_files import CaseFile
from surveys.days import day_text
from surveys.interview.closings import closing
from surveys.interview.interview import progress, question
from surveys.planning.contacts import Kind
from surveys.wording import N_, Words

CLOSED_NOTICE = N_("This questionnaire is closed. Thank you.")


def last_card(asking: Asking, file: CaseFile, next_one: str = "", about: str = "") -> Card:
    """Return the thanks, until when answers can be changed, and when the next questionnaire comes."""
    words = asking.words
    lines = [
        about,
        words("Thank you. That was the last question. Your answers are saved."),
        *closing_lines(asking),
        words("You can change them until {day}.", day=_day(file.last_day, words)),
        next_one,
    ]
    rows = beside(
        Button(words("See or change my answers"), token(Action.ANSWERS, asking.case_id)),
        Button("⋯", token(Action.MENU, asking.case_id)),
    )
    return Card("\n".join(line for line in lines if line), rows)


def closing_lines(asking: Asking) -> list[str]:
    """Return what a questionnaire says after the last answer, such as an advised order of work."""
    return [asking.words.remark(remark) for remark in closing(asking.interview)]


def closed_card(file: CaseFile, words: Words, next_one: str) -> Card:
    """Say that a questionnaire is closed, on its last day or earlier by an organiser, or set aside."""
    if file.case.set_aside_at is not None:
        return Card(words(SET_ASIDE, workshop=file.workshop.title))
    ended = file.case.closed_at or file.wave.closed_at
    last = min(file.last_day, file.calendar.local_day(ended)) if ended else None
    day = _day(last or file.last_day, words)
    closed = words("This questionnaire closed on {day}. Thank you.", day=day)
    return Card("\n".join(filter(None, (closed, next_one))))


def coming_card(file: CaseFile, words: Words) -> Card:
    """Say when the questions of a wave come that was put back to its plan."""
    return Card(words("The questions come on {day}.", day=_day(file.wave.opens_on, words)))


def too_early(words: Words, workshop: str, day: date) -> str:
    """Return the sentence for people whose message came before the wave was put back."""
    text = N_("Our message about “{workshop}” came too early. The questions come on {day}.")
    return words(text, workshop=workshop, day=_day(day, words))


def invitation_card(asking: Asking, file: CaseFile, kind: Kind, last: bool) -> Card:
    """Return the first message of a case, or a reminder: about what, how long, until when."""
    words = asking.words
    answered, about = progress(asking.interview)
    title = asking.interview.questionnaire.text(
        asking.interview.questionnaire.title, asking.interview.language
    )
    greeting = hello(words, file.participant.name, reminds=kind is Kind.REMINDER)
    workshop = file.workshop
    about_it = words(
        "{title}: {workshop}, {city}.", title=title, workshop=workshop.title, city=workshop.city
    )
    lines = [
        greeting,
        about_it,
        _how_far(asking, answered, about),
        until_line(words, file.wave.closes_on, last),
    ]
    rows = (*_start_rows(asking, answered), (_stop_button(words, asking),))
    return Card("\n".join(lines), rows)


def _how_far(asking: Asking, answered: int, about: int) -> str:
    words = asking.words
    if answered:
        return words(
            "Answered so far: {answered} of about {about}.",
            answered=str(answered),
            about=str(about),
        )
    minutes = asking.interview.questionnaire.minutes
    return words(
        "{questions}, {minutes}.",
        questions=words.plural("About {number} question", "About {number} questions", about),
        minutes=words.plural("about {number} minute", "about {number} minutes", minutes),
    )


def until_line(words: Words, closes_on: date, last: bool) -> str:
    """Return until when a questionnaire can be answered, and whether it is the last reminder."""
    day = _day(closes_on, words)
    if last:
        return words("Last reminder. Open until {day}.", day=day)
    return words("You can answer until {day}.", day=day)


def _start_rows(asking: Asking, answered: int) -> Rows:
    words = asking.words
    text = words("Start")
    if answered:
        asked = question(asking.interview)
        number = asked.number if asked else answered
        text = words("Continue at question {number}", number=str(number))
    return beside(
        Button(text, token(Action.GO, asking.case_id)),
        Button(words("Later"), token(Action.LATER, asking.case_id)),
    )


def _stop_button(words: Words, asking: Asking) -> Button:
    return Button(words("Stop these messages"), token(Action.STOP, asking.case_id))


def _day(day: date, words: Words) -> str:
    return day_text(day, words.language)
