"""Needs and e-learning before the workshop, and later use; the support asked of the regional office."""

from analysis.disclosure.small_groups import HIDDEN, SMALLEST
from analysis.facts.responses import Response, latest_by_person
from analysis.figures import at_least_of, counted
from analysis.findings.printed_rows import PrintedRow
from analysis.findings.report_facts import ReportFacts
from analysis.findings.splits import Fates, Split, people_split
from analysis.measures.uses import FOLLOW_UPS, USES, best_use
from analysis.measures.vocabulary import ELEARNING
from analysis.model import Cell, Section, Table
from analysis.sections.help_done import help_done
from analysis.sections.tallies import tally_table, too_few
from surveys.elearning import ITEM, elearning_status
from surveys.wording import N_, Words, sentences

OF_ALL = N_(
    "Where it is not shown how many answered later, the share is of all: of those who did not answer "
    "nothing is known."
)
USE = ("not", "use")
"""What became of a group: those who do not use it, and those who do."""


def needs(reading: ReportFacts) -> Section:
    """Return needs before the workshop, later use by the same people, and what they need next."""
    say = reading.say
    return Section(
        "needs",
        say("Needs"),
        tables=(
            needs_and_use(reading),
            *(() if reading.outside else (_elearning_and_use(reading),)),
            tally_table(
                "expected_obstacle",
                say("Obstacle expected before the workshop"),
                reading.rows("expected_obstacle", "PRE"),
                reading,
            ),
            tally_table(
                "help",
                say("Help asked of the regional office"),
                reading.rows("help", "M3"),
                reading,
            ),
            tally_table(
                "next_need",
                say("Needed next"),
                reading.rows("next_need", "M12"),
                reading,
            ),
            *help_done(reading),
        ),
    )


def elearning_states(reading: ReportFacts) -> dict[int, str | None]:
    """Return how far each participant is with the e-learning, by list and by answer, by enrolment."""
    told = {r.enrolment_id: r.values.get(ITEM) for r in reading.of("PRE")}
    return {
        number: elearning_status(listed, told.get(number))
        for number, listed in _listed(reading).items()
    }


def elearning_now(reading: ReportFacts) -> Table:
    """Return how many participants are how far with the e-learning, by list and by answer."""
    say = reading.say
    heading = say("E-learning, by the lists of the office and the answers")
    known = elearning_states(reading)
    columns = (say("E-learning"), say("People"))
    if sum(how in ELEARNING for how in known.values()) < SMALLEST:
        return Table("elearning_now", heading, columns, ())
    rows: list[tuple[Cell, ...]] = [
        (say(label), sum(how == code for how in known.values()))
        for code, label in ELEARNING.items()
    ]
    rows.append((say("Not known"), sum(how is None for how in known.values())))
    return Table("elearning_now", heading, columns, tuple(rows))


def _elearning_and_use(reading: ReportFacts) -> Table:
    """Return the progress in the e-learning before the workshop, and later use.

    For the office only: the rows of this table and of the needs are about the same people.
    """
    say = reading.say
    note = say(
        "The same people before and later. It does not show that the e-learning caused use."
    )
    heading = say("E-learning before the workshop and use later")
    columns = _columns(say("E-learning"), say)
    known = elearning_states(reading)
    if sum(how in ELEARNING for how in known.values()) < SMALLEST:
        return Table("elearning_and_use", heading, columns, (), note=too_few(reading))
    rows = tuple(
        _use_row(
            say(label),
            sum(how == code for how in known.values()),
            _used_later(reading, {number for number, how in known.items() if how == code}, code),
            say,
        )
        for code, label in ELEARNING.items()
    )
    return Table("elearning_and_use", heading, columns, rows, note=note)


def _listed(reading: ReportFacts) -> dict[int, str | None]:
    """Return the e-learning progress of each participant by the lists of the office."""
    everybody = reading.frames.enrolments
    people = everybody[everybody["role"] == "participant"]
    return {
        int(number): listed if isinstance(listed, str) else None
        for number, listed in zip(people["id"], people["elearning"], strict=True)
    }


def needs_and_use(reading: ReportFacts) -> Table:
    """Return for each need: who named it, who of them answered later, and who of these uses it."""
    say = reading.say
    note = sentences(
        (
            say("A person could name several needs. Use alone does not show that a need was met."),
            say(OF_ALL) if reading.outside else "",
        )
    )
    heading, columns = say("Needs before and use later"), _columns(say("Need"), say)
    found = reading.rows("needs", "PRE")
    if not found.rows:
        return Table("needs_and_use", heading, columns, (), note=too_few(reading))
    rows = tuple(
        _use_row(one.label, one.people, _of_need(reading, one), say)
        for one in found.rows
        if len(one.codes) == 1
    )
    return Table("needs_and_use", heading, columns, rows, note=note)


def _of_need(reading: ReportFacts, need: PrintedRow) -> Split:
    """Return the later use of who named a need; nothing where it would tell how many they are."""
    code = need.codes[0]
    if need.people is None:
        return Split(None, {})

    def fates(one: ReportFacts) -> Fates:
        return _fates(one, {r.enrolment_id for r in one.of("PRE") if code in r.codes("needs")})

    def named(one: ReportFacts) -> dict[int, str]:
        told = latest_by_person(one.of("PRE"), "needs")
        return {r.participant_id: r.administration for r in told if code in r.codes("needs")}

    return people_split(reading, f"use of need {code}", USE, fates, group=named)


def _used_later(reading: ReportFacts, people: set[int], code: str) -> Split:
    return people_split(reading, f"use after {code}", USE, lambda one: _fates(one, people))


def _fates(reading: ReportFacts, people: set[int]) -> Fates:
    """Return who of some enrolments answered later, and whether they use it."""
    later = _latest(reading)
    return {
        later[who].participant_id: (later[who], USE[best_use(later[who]) in USES])
        for who in sorted(people & later.keys())
    }


def _columns(first: str, say: Words) -> tuple[str, ...]:
    return (first, say("People"), say("Answered later"), say("Use it"), say("Summary"))


def _use_row(label: str, people: int | None, later: Split, say: Words) -> tuple[Cell, ...]:
    """Return one group: its people, those who answered later, those of them who use it, in words."""
    use = later.count(USE[True])
    shown = (say(HIDDEN) if count is None else count for count in (people, later.base, use))
    return (label, *shown, _summary(use, people, later, say))


def _summary(use: int | None, people: int | None, later: Split, say: Words) -> str:
    """Return who uses it of those who answered later; of all, at least, where these are not told."""
    if use is None or people is None:
        return say(HIDDEN)
    if later.base is None:
        return at_least_of(use, people, say)
    return counted(use, later.base, say)


def _latest(reading: ReportFacts) -> dict[int, Response]:
    """Return each enrolment's latest response with an answer about use."""
    told = (r for wave in FOLLOW_UPS for r in reading.of(wave) if best_use(r) is not None)
    return {response.enrolment_id: response for response in told}
