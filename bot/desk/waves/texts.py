"""Waves in words, as staff read them in chat, on the command line and anywhere else."""

from collections.abc import Sequence

from bot.desk.waves.planned_messages import PlannedMessage
from bot.desk.waves.previewing import Preview
from bot.fieldwork.language_of_contact import Speakers
from bot.fieldwork.progress import Progress
from bot.wording.counts import counted


def languages_text(languages: Sequence[Speakers]) -> list[str]:
    """Return a line for each language that is not fully translated or not reviewed."""
    return [f"Language {one}." for one in languages if one.missing or not one.reviewed]


def progress_text(progress: Progress) -> str:
    """Return the figures of an opened wave in one line, with a line for each delivery problem."""
    return "\n".join([progress.line, *progress.troubles])


def preview_text(preview: Preview) -> str:
    """Return a wave before it opens: its days, who is contacted and when, who is left out and why."""
    people, left_out = preview.messages, len(preview.not_sent)
    places = len({one.administration for one in people})
    lines = [
        f'{preview.key} of "{preview.workshop.title}": {preview.state}',
        f"Days: {preview.opens_on} to {preview.closes_on}. Questionnaire {preview.questionnaire}.",
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
    return "\n".join([*lines, *languages_text(preview.languages)])


def message_text(message: PlannedMessage) -> str:
    """Return one person of a preview in one line: when and how they are contacted, or why not."""
    when = f"not sent: {message.reason}"
    if message.local:
        when = f"{message.local}, by {message.channel} ({message.why_channel})"
    if message.later:
        days = ", ".join(" ".join(later.local.split()[:4]) for later in message.later)
        when += f"; reminders until there is an answer: {days}"
    return f"{message.name} ({message.administration}): {when}"
