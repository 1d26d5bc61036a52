"""What imports of answers are said to do, as chat and command line say it."""

from collections.abc import Iterator

from bot.desk.answers.importing import ImportedAnswers
from bot.desk.answers.undo import TakenBack
from bot.wording.counts import counted
from bot.wording.days import moment_words, span_words


def imported_lines(done: ImportedAnswers, zone: str) -> Iterator[str]:
    """Yield what an import of answers did, or would do; moments are those of a time zone."""
    if done.before is not None:
        when = moment_words(done.before.made_at, zone)
        yield f"Same as imported on {when} (import {done.before.id}). Nothing to do."
        return
    responses = counted(done.linked + done.unlinked, "response")
    without = f", {done.unlinked} without a person" if done.unlinked else ""
    yield f"{done.workshop} {done.wave}: {responses} to {counted(len(done.items), 'question')}{without}."
    if done.first and done.last:
        yield f"Answered from {span_words(done.first, done.last)}. Nothing is sent to anybody."
    if done.answered:
        people = counted(done.answered, "person has", "people have")
        yield f"{people} answered {done.wave} already: these rows are left out."


def taken_back_lines(done: TakenBack) -> Iterator[str]:
    """Yield what taking back a table of answers has done."""
    responses = counted(done.linked + done.unlinked, "response is", "responses are")
    yield f"Import {done.number} of {done.workshop} {done.wave}: {responses} taken back."
    if done.wave_back:
        yield f"{done.wave} is again as it was before."
    if done.asked_again:
        yield f"{counted(done.asked_again, 'person is', 'people are')} asked again, as before."
    for code in done.left:
        aside = f"followup case set-aside {done.workshop} {done.wave} {code} --yes"
        why = "--reason 'earlier table'"
        yield f"{code} stays: the office has worked with these answers since. `{aside} {why}`"
    yield "To have the answers again, import the table again."
