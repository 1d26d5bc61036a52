"""The themes of what people wrote, counted by person for each question: a question of several choices.

The base are people whose answer somebody of the office has read. Where readers differ and nobody has
decided yet, an answer is in no base. The latest answer that was read counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analysis.disclosure.crowds import Crowd, of_person
from analysis.disclosure.question import Kind, Question
from analysis.disclosure.small_groups import SMALLEST
from analysis.facts.responses import Response
from analysis.findings.printed_rows import PrintedRows, all_rows, told_rows
from analysis.findings.questions import around, beside_replies, untold_replies
from analysis.findings.readings import Readings
from analysis.findings.safe_bases import with_safe_bases
from analysis.measures.tallies import Count, Tally
from analysis.measures.themes import Term, code_book
from analysis.measures.vocabulary import WAVES
from surveys.bidi import isolated, right_to_left
from surveys.theme import NONE, Theme
from surveys.wording import N_, Words

if TYPE_CHECKING:
    from analysis.findings.report_facts import ReportFacts

NO_THEME = N_("None of the themes")


@dataclass(frozen=True)
class Coded:
    """A question in own words of which answers were read: its item, who is asked, and its waves."""

    item: str
    role: str
    waves: tuple[str, ...]


def coded_questions(reading: "ReportFacts") -> tuple[Coded, ...]:
    """Return the questions of which an answer was read, the same in all reports for these readers."""
    published = reading.published
    readings = list(published.readings.of_sets.values()) if published else [reading]
    waves: dict[tuple[str, str], set[str]] = {}
    for one in readings:
        there = {response.case_id: response for response in one.responses}
        for case, item in one.coded:
            waves.setdefault((there[case].role, item), set()).add(there[case].wave)
    return tuple(
        Coded(item, role, tuple(sorted(there, key=_order)))
        for (role, item), there in sorted(waves.items(), key=lambda one: (one[0][0], one[0][1]))
    )


def _order(wave: str) -> tuple[int, str]:
    known = list(WAVES)
    return known.index(wave) if wave in known else len(known), wave


def theme_rows(reading: "ReportFacts", asked: Coded) -> PrintedRows:
    """Return what these readers may see of the themes of a question."""
    if reading.published is None:
        return replace(all_rows(theme_tally(reading, asked)), waves=asked.waves)
    told = reading.published.of_people(
        lambda readings: theme_question(readings, asked),
        *("themes", asked.item, asked.role, *asked.waves),
    )
    found = theme_tally(reading, asked, told.question.options)
    rows = told_rows(found, told.question, told.key, told.rows, reading.say)
    return replace(rows, waves=asked.waves)


def theme_tally(
    reading: "ReportFacts", asked: Coded, options: Sequence[str] | None = None
) -> Tally:
    """Return how many people wrote of each theme, and of none, by the latest answer that was read."""
    said = [themes for _, themes in _latest(reading, asked)]
    counts = {code: sum(code in one for one in said) for code in options or _options(reading, 1)}
    labels = _labels(code_book(reading.frames), reading.say)
    return Tally(
        item=asked.item,
        label=asked.item,
        base=len(said),
        counts=tuple(Count(code, labels[code], people) for code, people in counts.items()),
        several=True,
    )


def theme_question(readings: Readings, asked: Coded) -> Question:
    """Return who wrote of which theme, by the latest answer of each person that was read."""
    listed = (_options(one, SMALLEST) for one in readings.values())
    options = tuple(dict.fromkeys(code for codes in listed for code in codes))
    layers = [
        (_writers(one, asked), *around(one, asked.waves, asked.role, asked.item))
        for one in readings.values()
    ]
    read, replied, everybody = (
        {key: layer[n] for key, layer in zip(readings, layers, strict=True)} for n in range(3)
    )
    hidden = untold_replies(readings, asked.waves, asked.role, asked.item)
    crowds, blanks = with_safe_bases(read, replied, everybody, unsaid=hidden)
    found = Question(options, Kind.SEVERAL, crowds, blanks, asked=everybody)
    return beside_replies(found, readings, asked.waves, asked.role, asked.item)


def listed_themes(reading: "ReportFacts") -> list[Theme]:
    """Return the themes of the book that are in use or were marked.

    Outside, a retired one is listed only if five people wrote of it: that it is there tells so.
    """
    return _listed(reading, SMALLEST if reading.outside else 1)


def _options(reading: "ReportFacts", least: int) -> tuple[str, ...]:
    """Return the codes of the themes that are listed, and that of no theme."""
    return (*(one.code for one in _listed(reading, least)), NONE)


def _listed(reading: "ReportFacts", least: int) -> list[Theme]:
    """Return the themes that are in use, or of which some people wrote."""
    people = {one.case_id: one.participant_id for one in reading.responses}
    wrote: dict[str, set[int]] = defaultdict(set)
    for (case, _), stands in reading.coded.items():
        for code in stands.settled or ():
            wrote[code].add(people[case])
    book = [term.theme for term in code_book(reading.frames)]
    return [one for one in book if not one.content.retired or len(wrote[one.code]) >= least]


def _labels(book: Iterable[Term], say: Words) -> Mapping[str, str]:
    return {one.theme.code: printed_name(one.theme, say) for one in book} | {NONE: say(NO_THEME)}


def printed_name(theme: Theme, say: Words) -> str:
    """Return the name of a theme as the office wrote it, which is in English."""
    return isolated(theme.content.name, right_to_left(say.language))


def _writers(reading: "ReportFacts", asked: Coded) -> Crowd:
    return {
        one.participant_id: of_person(
            one.participant_id,
            one.administration,
            themes,
            (one.case_id, one.answered_at, *sorted(themes)),
        )
        for one, themes in _latest(reading, asked)
    }


def _latest(reading: "ReportFacts", asked: Coded) -> list[tuple[Response, frozenset[str]]]:
    """Return the latest response of each person that was read, with its themes or the code of none."""
    found: dict[int, tuple[Response, frozenset[str]]] = {}
    there = reading.of(*asked.waves, role=asked.role)
    for one in sorted(there, key=lambda one: (one.answered_at, one.case_id)):
        stands = reading.coded.get((one.case_id, asked.item))
        if stands is not None and stands.settled is not None:
            found[one.participant_id] = one, stands.settled or frozenset((NONE,))
    return list(found.values())
