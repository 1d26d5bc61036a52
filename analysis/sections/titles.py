"""Titles of projects and of what is in force, as people wrote them and the office has released them."""

from collections.abc import Iterable

from analysis.disclosure.question import Telling
from analysis.disclosure.small_groups import SMALLEST
from analysis.findings.outside_headlines import kinds_told
from analysis.findings.report_facts import ReportFacts
from analysis.measures.anchor_statuses import CODES, TITLE
from analysis.measures.delegations.anchors import Standing, formal
from analysis.measures.own_words import OwnText, own_texts, released_texts
from analysis.measures.vocabulary import KINDS
from analysis.model import Section, Table
from analysis.sections.survey_words import in_order
from surveys.wording import Words

PROJECTS = frozenset(("project_name", "projects"))


def titles(reading: ReportFacts) -> Section:
    """Return the released titles of modernisation projects, and of anchors in force by their kind.

    For readers outside, a language that few people use is not shown, and a kind of which no count is
    told is not named.
    """
    say = reading.say
    texts = own_texts(reading.frames, reading.responses)
    found = [one for one in released_texts(texts).values() if _shown(one, reading)]
    projects = _distinct(_printed(one, say) for one in found if one.item in PROJECTS)
    told, counted = _kinds(reading), _in_force(reading)
    anchors = dict.fromkeys(
        (CODES.index(kind) if kind in told else len(CODES), _printed(one, say))
        for one in found
        for kind in [one.item.removeprefix(TITLE)]
        if one.item.startswith(TITLE) and (one.case_id, kind) in counted
    )
    names = [*(say(KINDS[kind]) for kind in CODES), say("Other")]
    rows = [(names[place], text) for place, text in sorted(anchors, key=_alphabetic)]
    note = say("Titles as people wrote them; the office has read each of them and released it.")
    none = say("No title has been released yet.")
    return Section(
        "titles",
        say("Titles of projects and of what is in force"),
        tables=(
            Table("project_titles", say("Projects"), (say("Title"),), projects),
            Table("anchor_titles", say("In force"), (say("Kind"), say("Title")), tuple(rows)),
        ),
        notes=(note if projects or rows else none,),
    )


def _printed(one: OwnText, say: Words) -> str:
    """Return a title as it is printed: in the translation of the office if there is one."""
    if not one.translation:
        return one.released
    title = in_order(one.translation, say)
    return say("{title} (translated by the office)", title=title)


def _alphabetic(one: tuple[int, str]) -> tuple[int, str]:
    return one[0], one[1].casefold()


def _distinct(texts: Iterable[str]) -> tuple[tuple[str], ...]:
    """Return rows of texts in alphabetic order, each once."""
    by_fold = {text.casefold(): text for text in texts}
    return tuple((by_fold[key],) for key in sorted(by_fold))


def _kinds(reading: ReportFacts) -> frozenset[str]:
    """Return the kinds of anchors that may be named beside a title."""
    if not reading.outside:
        return frozenset(CODES)
    rows = kinds_told(reading).rows
    return frozenset(
        row.codes[0] for row in rows if len(row.codes) == 1 and row.telling is not Telling.NOTHING
    )


def _in_force(reading: ReportFacts) -> frozenset[tuple[int, str]]:
    """Return the cases of delegations in which a kind counts as new or changed, with the kind."""
    fresh = {
        (one.workshop, one.place, anchor.kind)
        for one in reading.attended
        for anchor in formal(one, reading.moments[one.workshop]).anchors
        if anchor.standing is Standing.FRESH
    }
    return frozenset(
        (one.case_id, kind)
        for one in reading.responses
        for kind in CODES
        if (one.workshop, one.administration, kind) in fresh
    )


def _shown(text: OwnText, reading: ReportFacts) -> bool:
    """Return whether a title may be shown: its language tells of no few people."""
    if not reading.outside:
        return True
    alike = [r for r in reading.responses if text.language in r.languages.values()]
    places = {r.administration for r in alike}
    return len({r.participant_id for r in alike}) >= SMALLEST and len(places) > 1
