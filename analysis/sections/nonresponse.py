"""Who did not answer, and what is known of them; outside only what may be told of use by reply."""

from analysis.disclosure.small_groups import PROTECTED
from analysis.facts.responses import Response, latest_by_person, records
from analysis.figures import counted
from analysis.findings.nonresponse import (
    before_by_reply,
    by_promptness,
    replies_of,
    uses_by_reply,
)
from analysis.findings.report_facts import ReportFacts
from analysis.measures.nonresponse import Part, UseByReply, When
from analysis.measures.uses import FOLLOW_UPS
from analysis.measures.vocabulary import KINDS_OF_WORKSHOPS, SUBREGIONS, WAVES
from analysis.model import Cell, Section, Table
from analysis.sections.annex import printed
from surveys.wording import N_, Words

WHEN = {
    When.EARLY: N_("Before a reminder"),
    When.FIRST_REMINDER: N_("After the first reminder"),
    When.LATE: N_("Later"),
}
BEFORE = ("stage_now", "function", "level", "time_in_job", "expected_obstacle")
"""What is told of the silent: what they answered before the workshop."""
LESS = N_(
    "Those without a reply after {later} had used it less after {earlier}: {silent}, against {replied} "
    "of those who replied. What is told after {later} may be too good."
)
MORE = N_(
    "Those without a reply after {later} had used it more after {earlier}: {silent}, against {replied} "
    "of those who replied. What is told after {later} may be too low."
)


def nonresponse(reading: ReportFacts) -> Section:
    """Return use by reply to the next wave, and for the office when and where answers came."""
    say, found = reading.say, uses_by_reply(reading)
    tables = [_by_reply(found, reading)] if found or reading.outside else []
    if not reading.outside:
        waves = [wave for wave in FOLLOW_UPS if reading.seats(wave)]
        tables += [
            *_promptness(waves, reading),
            *_groups(waves, reading),
            *_before(waves, reading),
        ]
    heading = say("Who did not reply")
    notes = tuple(text for one in found if (text := sentence(one, say)))
    return Section("nonresponse", heading, tables=tuple(tables), notes=notes)


def sentence(one: UseByReply, say: Words) -> str:
    """Return that those who did not reply had used it less, or more; '' without a clear difference."""
    if not one.differs:
        return ""
    values = {
        "earlier": say(WAVES[one.earlier]),
        "later": say(WAVES[one.later]),
        "silent": _share(one.silent, say),
        "replied": _share(one.replied, say),
    }
    return say(LESS if one.differs > 0 else MORE, **values)


def _share(part: Part, say: Words) -> str:
    return counted(part.count, part.people, say) if part.people else "–"


def _by_reply(found: tuple[UseByReply, ...], reading: ReportFacts) -> Table:
    """Return use at a wave by the reply to the next."""
    say = reading.say
    columns = (say("Wave"), say("Next wave"), say("People"), say("Use it"), say("Summary"))
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        wave = say(WAVES[one.earlier])
        texts = {N_("Replied: {wave}"): one.replied, N_("No reply: {wave}"): one.silent}
        for text, part in texts.items():
            later = say(text, wave=_later(one.later, reading))
            rows.append((wave, later, part.people, part.count, _share(part, say)))
    note = "" if rows else say(PROTECTED)
    return Table("use_by_reply", say("Use, by reply to the next wave"), columns, tuple(rows), note)


def _later(wave: str, reading: ReportFacts) -> str:
    """Return the name of a wave; so far, while somebody may still reply."""
    name = reading.say(WAVES[wave])
    so_far = any(one.wave == wave and one.rates.so_far for one in reading.fieldwork)
    return reading.say("{wave}, so far", wave=name) if so_far and not reading.outside else name


def _promptness(waves: list[str], reading: ReportFacts) -> list[Table]:
    """Return use by when the answers came."""
    say = reading.say
    columns = (say("Wave"), say("Begun"), say("Responses"), say("Use it"), say("Summary"))
    rows = tuple(
        (say(WAVES[wave]), say(WHEN[when]), part.people, part.count, _share(part, say))
        for wave in waves
        for when, part in by_promptness(reading, wave).items()
    )
    note = say("Who answers late may be more like those who never answer.")
    return [Table("promptness", say("Use, by when the answers came"), columns, rows, note)]


def _groups(waves: list[str], reading: ReportFacts) -> list[Table]:
    """Return replies of those asked, by kind of workshop, sub-region and workshop."""
    say = reading.say
    rows: list[tuple[Cell, ...]] = []
    for name, groups in _groupings(reading).items():
        found = {wave: replies_of(reading, wave, groups) for wave in waves}
        for group in sorted({group for told in found.values() for group in told}):
            parts = (found[wave].get(group, Part(0, 0)) for wave in waves)
            rows.append((say(name), group, *(_share(part, say) for part in parts)))
    columns = (say("By"), say("Group"), *(say(WAVES[wave]) for wave in waves))
    heading = say("Replies of those asked, by group")
    return [Table("replies_by_group", heading, columns, tuple(rows))] if waves else []


def _groupings(reading: ReportFacts) -> dict[str, dict[int, str]]:
    """Return the name of the group of each enrolment, by way of grouping."""
    say = reading.say
    kinds = {one["code"]: str(one["kind"]) for one in reading.workshop_rows}
    regions = {one["code"]: one["subregion"] for one in records(reading.frames.administrations)}
    people = reading.frames.enrolments
    places = dict(zip(people["id"].tolist(), people["administration_code"].tolist(), strict=True))

    def kind(code: str) -> str:
        return say(KINDS_OF_WORKSHOPS[one]) if (one := kinds[code]) in KINDS_OF_WORKSHOPS else one

    def region(place: str) -> str:
        found = str(regions.get(place) or "")
        return say(found) if found in SUBREGIONS else found or say("Not known")

    return {
        N_("Kind of workshop"): {seat: kind(code) for seat, code in reading.workshop_of.items()},
        N_("Sub-region"): {seat: region(str(place)) for seat, place in places.items()},
        N_("Workshop"): reading.workshop_of,
    }


def _before(waves: list[str], reading: ReportFacts) -> list[Table]:
    """Return what those who replied in the latest wave had answered before, beside those who did not."""
    say = reading.say
    if not waves or not any(before_by_reply(reading, waves[-1])):
        return []
    replied, silent = before_by_reply(reading, waves[-1])
    rows = [row for item in BEFORE for row in _options(item, (replied, silent), reading)]
    columns = (say("Question"), say("Answer"), say("Replied"), say("No reply"))
    heading = say("Before the workshop, by reply: {wave}", wave=_later(waves[-1], reading))
    meant = len(reading.seats(waves[-1])) - len({r.enrolment_id for r in reading.of(waves[-1])})
    note = say(
        "Of {total} who did not reply, {number} had answered before the workshop.",
        total=str(meant),
        number=str(len(silent)),
    )
    return [Table("before_by_reply", heading, columns, tuple(rows), note)] if rows else []


def _options(
    item: str, groups: tuple[tuple[Response, ...], ...], reading: ReportFacts
) -> list[tuple[Cell, ...]]:
    """Return the options of one question, with the share of each group that chose it."""
    found = reading.tally(item, "PRE")
    told = [latest_by_person(group, item) for group in groups]
    listed = {count.code for count in found.counts}
    bases = [sum(bool(one.codes(item) & listed) for one in group) for group in told]
    if not found.base:
        return []
    return [
        (
            printed(found.label) if number == 0 else "",
            count.label,
            *(
                _share(
                    Part(sum(count.code in one.codes(item) for one in group), base), reading.say
                )
                for group, base in zip(told, bases, strict=True)
            ),
        )
        for number, count in enumerate(found.counts)
    ]
