"""Waves in words, as staff read them in chat, on the command line and anywhere else."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.waves.planned_messages import PlannedMessage
from bot.desk.waves.previewing import Preview
from bot.fieldwork.language_of_contact import Speakers
from bot.fieldwork.planned_waves import WaveNow
from bot.fieldwork.progress import Progress
from bot.wording.counts import counted
from bot.wording.days import day_at, day_words, span_words, time_words
from surveys.planning.wave_states import WaveState


def languages_text(languages: Sequence[Speakers]) -> list[str]:
    """Return a line for each language that is not fully translated or not reviewed."""
    return [f"Language {one}." for one in languages if one.missing or not one.reviewed]


def state_text(one: WaveNow, now: datetime, zone: str) -> str:
    """Return the state of a wave in a sentence: what happens by itself, and until when."""
    match one.state(now):
        case WaveState.PLANNED if one.facts.people:
            return f"Opens by itself on {day_words(one.opens_on)}. You need do nothing."
        case WaveState.PLANNED:
            return "Nobody is on the list yet. It opens once somebody is."
        case WaveState.NEEDS_YES:
            return "Needs your yes: its day was near or past when its list or its days came."
        case WaveState.OPENING if one.facts.sends_from is not None:
            return f"Opens at {time_words(one.facts.sends_from, zone)}. Nothing is sent before."
        case WaveState.HELD_PLANNED | WaveState.HELD_OPEN:
            return hold_text(one, zone)
        case WaveState.NOT_ASKED | WaveState.SKIPPED:
            return "Nobody was asked in it."
        case _:
            return ""


def hold_text(one: WaveNow, zone: str) -> str:
    """Return since when a wave, or its whole workshop, is on hold, why, and when organisers are told."""
    whole = one.workshop.held_at is not None
    held = one.workshop if whole or one.stored is None else one.stored
    why = f" ({held.hold_reason})" if held.hold_reason else ""
    since = f" since {day_at(held.held_at, zone)}" if held.held_at else ""
    day = f" Reminder on {day_words(held.remind_on)}." if held.remind_on else ""
    return f"{'The workshop is on' if whole else 'On'} hold{since}{why}. Nothing is sent.{day}"


def progress_text(progress: Progress) -> str:
    """Return the figures of an opened wave in one line, with a line for each delivery problem."""
    return "\n".join([progress.line, *progress.troubles])


def preview_text(preview: Preview) -> str:
    """Return a wave before it opens: its days, who is contacted and when, who is left out and why."""
    people, left_out = preview.messages, len(preview.not_sent)
    places = len({one.administration for one in people})
    days = span_words(preview.opens_on, preview.closes_on)
    lines = [
        f'{preview.key} of "{preview.workshop.title}": {preview.state}',
        f"Days: {days}. Questionnaire {preview.questionnaire}.",
        f"{counted(len(people), 'person', 'people')}, {counted(places, 'administration')}",
        f"{len(preview.sent_to)} will be contacted, {counted(left_out, 'is', 'are')} left out",
    ]
    for channel in sorted({one.channel for one in preview.sent_to}):
        number = sum(one.channel == channel for one in preview.sent_to)
        lines.append(f"By {channel}: {number}")
    times = sorted((one.at, one.local) for one in preview.sent_to if one.at is not None)
    if times:
        lines.append(f"First message: {times[0][1]}. Last: {times[-1][1]}.")
    reasons = sorted({one.reason for one in preview.not_sent})
    for reason in reasons:
        number = sum(one.reason == reason for one in preview.not_sent)
        lines.append(f"Left out: {number}, {reason}")
    lines += sorted({f"Note: {one.warning}" for one in people if one.warning})
    return "\n".join([*lines, *preview.help.lines, *languages_text(preview.languages)])


def message_text(message: PlannedMessage) -> str:
    """Return one person of a preview in one line: when and how they are contacted, or why not."""
    when = f"not sent: {message.reason}"
    if message.local:
        when = f"{message.local}, by {message.channel} ({message.why_channel})"
    if message.later:
        days = ", ".join(later.local.partition(",")[0] for later in message.later)
        when += f"; reminders until there is an answer: {days}"
    return f"{message.name} ({message.administration}): {when}"


JOINING = "Give them their codes: whoever joins while the wave is open is asked then."


def reach_text(preview: Preview) -> str:
    """Return how many people a wave has, and to how many of them a message can be sent now."""
    people, reached = len(preview.messages), len(preview.sent_to)
    said = f"{counted(people, 'person is', 'people are')} on the list."
    if reached == people:
        return said
    if reached:
        return f"{said} A message can be sent to {reached} of them as things are."
    return f"{said} A message can be sent to none of them as things are. {JOINING}"
