"""What became of the help that people asked of the office: asked, taken up, done."""

from collections.abc import Iterator, Sequence

from analysis.disclosure.small_groups import HIDDEN
from analysis.findings.report_facts import ReportFacts
from analysis.findings.splits import Fates, people_split
from analysis.measures.help_asked import NOTHING, STEPS, Wish, furthest, wishes
from analysis.model import Cell, Table
from surveys.help_asked import HelpState
from surveys.wording import sentences

Counts = tuple[int | None, int | None, int | None]
"""People who asked, for whom something was taken up, and for whom it is done; None is not told."""


def help_done(reading: ReportFacts) -> tuple[Table, ...]:
    """Return the table; none while the office has taken nothing up."""
    if not _begun(reading):
        return ()
    say = reading.say
    heading = say("Help asked of the office, and what became of it")
    any_of_it = _row(say("Help of any kind"), counts(reading), reading)
    rows = (any_of_it, *(() if reading.outside else _kinds(_wishes(reading))))
    once = say("A person counts once, by the help that is furthest. Taken up includes done.")
    note = sentences((once, sentence(reading)))
    return (Table("help_done", heading, _columns(reading), rows, note=note),)


def sentence(reading: ReportFacts) -> str:
    """Return in one sentence how many asked, and what was done; '' where it may not be told."""
    asked, taken, done = counts(reading)
    if not _begun(reading) or not asked or taken is None or done is None:
        return ""
    return reading.say.plural(
        "{number} person asked the office for help. Taken up for {taken}; for {done} of them done.",
        "{number} people asked the office for help. Taken up for {taken}; for {done} of them done.",
        asked,
        taken=str(taken),
        done=str(done),
    )


def counts(reading: ReportFacts) -> Counts:
    """Return the people who asked, for whom something was taken up, and for whom it is done."""

    def fates(one: ReportFacts) -> Fates:
        return furthest(_wishes(one))

    split = people_split(reading, "help asked", STEPS, fates)
    waiting, taken, done = (split.count(step) for step in STEPS[1:])
    if taken is None or done is None:
        return None, None, done
    asked = None if waiting is None else waiting + taken + done
    return asked, taken + done, done


def _wishes(reading: ReportFacts) -> Sequence[Wish]:
    linked = [one for one in reading.responses if one.role == "participant"]
    return wishes(reading.frames, linked, reading.say.language)


def _begun(reading: ReportFacts) -> bool:
    """Return whether the office has taken up anything that somebody of these workshops asked for."""
    return any(one.taken_up for one in _wishes(reading))


def _columns(reading: ReportFacts) -> tuple[str, ...]:
    say = reading.say
    places = () if reading.outside else (say("Administrations"),)
    return (
        say("Help"),
        say("People"),
        *places,
        say("Taken up by the office"),
        say("Done by the office"),
    )


def _row(label: str, told: Counts, reading: ReportFacts) -> tuple[Cell, ...]:
    say = reading.say
    asked, taken, done = (say(HIDDEN) if one is None else one for one in told)
    if reading.outside:
        return (label, asked, taken, done)
    places = {one.response.administration for one in _wishes(reading) if one.help}
    return (label, asked, len(places), taken, done)


def _kinds(found: Sequence[Wish]) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each kind of help, the most frequent first; for the office only."""
    kinds: dict[str, list[Wish]] = {}
    for one in found:
        if one.state != NOTHING:
            kinds.setdefault(one.help, []).append(one)
    rows = [_kind(those) for those in kinds.values()]
    return iter(sorted(rows, key=lambda row: -int(str(row[1]))))


def _kind(those: Sequence[Wish]) -> tuple[Cell, ...]:
    people = {one.response.participant_id for one in those}
    taken = {one.response.participant_id for one in those if one.taken_up}
    done = {one.response.participant_id for one in those if one.state == HelpState.DONE}
    places = {one.response.administration for one in those}
    return (those[-1].label, len(people), len(places), len(taken), len(done))
