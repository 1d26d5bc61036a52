"""Build a report on workshops: facts in, a `Report` out. Command line and chat both call this.

Results are shown from five answers; below that the report says so and shows the fieldwork only.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection

from analysis.facts.cut_offs import CutOffs, cut_offs
from analysis.facts.frames import load, scope
from analysis.findings.figure_words import participants, scope_of, workshops_counted, workshops_of
from analysis.findings.headlines import headlines, in_short, title
from analysis.findings.reading import read, read_outside
from analysis.findings.report_facts import ReportFacts
from analysis.measures.vocabulary import WAVES, labels
from analysis.model import Chapter, Report, Section
from analysis.reports.audiences import AUDIENCES, ONE_OR_ALL, Wishes
from analysis.reports.method import method
from analysis.reports.notice import notice_of
from analysis.reports.stamps import cover_stamps, foot, frozen, mark, waves_until
from analysis.sections import ALWAYS, CONTENTS, RESULTS
from analysis.sections.finding import with_finding
from analysis.sections.hidden_rows import in_a_line
from analysis.sections.news import news
from analysis.sections.one_page import moments, next_steps, one_mark
from analysis.sections.own import own
from analysis.sections.untold import only_told
from storage.database import Conflict, NotFound
from surveys.days import moment_text, span_text
from surveys.wording import Words

__all__ = ["Report", "Wishes", "build"]

SIX = tuple(keys for _, keys in CONTENTS[:6])
"""The sections of the six chapters that every report on workshops has."""
DEFAULT = Wishes()


def build(
    connection: Connection,
    workshop_codes: Sequence[str] | None,
    cut_off: datetime | CutOffs,
    wishes: Wishes = DEFAULT,
) -> Report:
    """Return the report on some workshops (all when None) with the facts up to `cut_off` (aware UTC).

    Workshops that do not exist are left out; ValueError for a cut-off without a time zone.
    NotFound, before anything is read, for what an audience may not see.
    """
    if cut_offs(cut_off).at.tzinfo is None:
        raise ValueError("the cut-off needs a time zone")
    codes = _in_scope(connection, workshop_codes, wishes)
    if not wishes.outside:
        return compose(read(load(connection, codes), cut_off, wishes.language), wishes)
    reading = read_outside(load(connection, None), codes, cut_off, wishes.language)
    if reading is None:
        raise Conflict(ONE_OR_ALL)
    return compose(reading, wishes)


def _in_scope(
    connection: Connection, asked: Sequence[str] | None, wishes: Wishes
) -> Sequence[str] | None:
    """Return the workshops that the audience may see; all of its own when none is named.

    A member sees its own part beside all workshops, or one that it took part in.
    """
    kind, whom = AUDIENCES[wishes.audience].whom, wishes.whom
    if wishes.donor and not kind:
        kind, whom = "donor", wishes.donor
    if not kind:
        return asked
    allowed = scope(connection, **{kind: whom})
    strange = sorted(set(asked or ()) - set(allowed))
    if strange:
        raise NotFound(f"{', '.join(strange)}: not a workshop of {whom!r}.")
    return asked if asked or wishes.audience == "member" else allowed


def compose(
    reading: ReportFacts,
    wishes: Wishes = DEFAULT,
    more: Callable[[ReportFacts], tuple[Section, ...]] | None = None,
) -> Report:
    """Return a reading arranged as a report for an audience; `more` makes further results.

    A report with these is long, so it names what it does not tell in one sentence.
    """
    say = reading.say
    notice = notice_of(reading)
    sections, untold = _sections(reading, wishes, bool(notice)), ""
    if more and not notice:
        further = tuple(one for one in more(reading) if one.filled)
        sections, untold = only_told((*sections, *further), say, SIX)
    whom = reading.name_of(wishes.whom) if wishes.audience == "member" else wishes.whom
    return Report(
        title=workshops_of(reading) if notice else title(reading),
        subtitle=_subtitle(reading),
        written=_written(reading),
        cut_off=reading.cut_off,
        language=say.language,
        notice=notice,
        in_short=() if notice else in_short(reading),
        headlines=() if notice else headlines(reading),
        sections=sections,
        method=tuple(
            filter(
                None,
                (
                    *frozen(wishes, say),
                    *_limits(reading),
                    untold,
                    *_bias(sections),
                    *method(reading),
                ),
            )
        ),
        footer=foot(wishes, whom, say),
        workshops=tuple(str(code) for code in reading.frames.workshops["code"]),
        chapters=_chapters(sections, say),
        cover=_cover(reading, wishes),
        labels=labels(say) | {"one_mark": one_mark(reading)} | moments(reading),
        mark=mark(wishes, say),
        office=wishes.office,
        subject="" if notice else scope_of(reading),
        news=news(reading, wishes.office) if reading.outside and not notice else (),
    )


def _bias(sections: Sequence[Section]) -> tuple[str, ...]:
    """Return how those who did not reply differ, which the one page has to say as well."""
    return next((one.notes for one in sections if one.key == "nonresponse"), ())


def _limits(reading: ReportFacts) -> tuple[str, ...]:
    """Return until when the waves of a published version are counted, where that differs."""
    limits = reading.frames.cut_offs
    return waves_until(limits, reading.say) if limits else ()


def _sections(reading: ReportFacts, wishes: Wishes, without_results: bool) -> tuple[Section, ...]:
    """Return the sections of an audience; no others are made. A member's own answers come first."""
    keeps = AUDIENCES[wishes.audience].keeps
    makers = ALWAYS if without_results else RESULTS | ALWAYS
    found = tuple(make(reading) for key, make in makers.items() if keeps is None or key in keeps)
    if not without_results and (keeps is None or "next" in keeps):
        found += (next_steps(reading, wishes.steps),)
    if wishes.audience == "member" and not without_results:
        found = (own(reading, wishes.whom), *found)
    told = (with_finding(one, reading) for one in found if one.filled)
    return tuple(in_a_line(one, reading.say) if reading.outside else one for one in told)


def _chapters(sections: tuple[Section, ...], say: Words) -> tuple[Chapter, ...]:
    """Return the chapters that have a section, numbered in order."""
    there = {one.key for one in sections}
    kept = [(heading, [k for k in keys if k in there]) for heading, keys in CONTENTS]
    kept = [(heading, keys) for heading, keys in kept if keys]
    return tuple(
        Chapter(str(number), say(heading), tuple(keys))
        for number, (heading, keys) in enumerate(kept, start=1)
    )


def _written(reading: ReportFacts) -> str:
    return reading.say("Answers until {when} UTC", when=_when(reading))


def _when(reading: ReportFacts) -> str:
    return moment_text(reading.cut_off.astimezone(UTC), reading.say.language)


def _cover(reading: ReportFacts, wishes: Wishes) -> tuple[tuple[str, str], ...]:
    """Return the facts of the first page: subject, cut-off, audience, status."""
    say = reading.say
    workshops = reading.workshop_rows
    donors = dict.fromkeys(donor for one in workshops for donor in one["donors"])
    waves = [wave for wave in WAVES if wave in set(reading.waves.values())]
    rows = (
        (say("Workshops"), str(len(reading.held))),
        (say("Participants"), str(reading.people)),
        (say("Donors"), say.listed(donors)),
        (say("Wave"), say.listed(say(WAVES[wave]) for wave in waves)),
        (say("Answers until"), say("{when} UTC", when=_when(reading))),
        *cover_stamps(wishes, say),
        (say("Contact"), wishes.contact),
    )
    return tuple((label, text) for label, text in rows if text)


def _subtitle(reading: ReportFacts) -> str:
    """Return workshop, place, days, donors, people, and the wave of the results."""
    say = reading.say
    workshops = [one for one in reading.workshop_rows if one["code"] in reading.held]
    parts = [workshops_counted(reading)]
    if len(workshops) == 1:
        parts.append(str(workshops[0]["city"]))
    if workshops:
        first = min(workshop["starts_on"] for workshop in workshops)
        last = max(workshop["ends_on"] for workshop in workshops)
        parts.append(span_text(first, last, say.language))
    donors = dict.fromkeys(donor for workshop in workshops for donor in workshop["donors"])
    parts += [say.listed(donors)] if donors else []
    parts.append(participants(reading))
    waves = [wave for wave in WAVES if wave in set(reading.waves.values())]
    parts += (
        [say("after {waves}", waves=say.listed(say(WAVES[wave]) for wave in waves))]
        if waves
        else []
    )
    return say.beside(parts)
