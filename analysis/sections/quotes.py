"""In their words: texts that people agreed to have quoted and the office has released, without names.

Only where five people or more are quoted from. What a quote tells of its writer, in all reports together
(the language, the workshop, the wave or the administration), five people or more share.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from analysis.disclosure.small_groups import SMALLEST, named
from analysis.facts.responses import Response
from analysis.findings.report_facts import ReportFacts
from analysis.measures.own_words import (
    OwnText,
    TextState,
    agreed_to_quote,
    own_texts,
    released_texts,
)
from analysis.measures.vocabulary import WAVES
from analysis.model import Quote, Section
from surveys.wording import Words

TEXTS = ("example", "message", "project_name")
"""Items that may be quoted. Evidence and the chief's expectations identify an administration."""
QUOTED_WAVES = ("END", "M3", "M6", "M12")
MOST = 8
LONGEST = 300


@dataclass(frozen=True)
class Quoted:
    """A released text, with the response it stands in."""

    text: OwnText
    response: Response


def words(reading: ReportFacts) -> Section:
    """Return up to eight released texts of people whose latest answer about quoting is yes."""
    say = reading.say
    texts = tuple(own_texts(reading.frames, reading.responses))
    chosen = quoted(reading, texts, outside=reading.outside)
    note = say("Quoted with permission, in the original language; shown only from 5 people.")
    if any(one.text.translation for one in chosen):
        note = say(
            "Quoted with permission, in the original language unless it says translated; shown only "
            "from 5 people."
        )
    return Section(
        "words",
        say("In their words"),
        quotes=as_quotes(chosen, reading, waves_told(reading, texts)) if chosen else (),
        notes=(
            note if chosen else say("There are no texts yet that we may quote."),
            *_waiting(reading, texts),
        ),
    )


def quoted(reading: ReportFacts, texts: Iterable[OwnText], *, outside: bool) -> list[Quoted]:
    """Return the texts that a report quotes: one of each person, no text twice, deeds before messages.

    For readers outside the office, none in a language that fewer than five people of its workshop use:
    the report on the workshop may quote it too.
    """
    found = quotable(reading, texts, outside=outside)
    if len({one.response.participant_id for one in found}) < SMALLEST:
        return []
    chosen: dict[str, Quoted] = {}
    people: set[int] = set()
    for one in found:
        text, person = one.text.released.casefold(), one.response.participant_id
        if text not in chosen and person not in people:
            chosen[text] = one
            people.add(person)
    return list(chosen.values())[:MOST]


def quotable(reading: ReportFacts, texts: Iterable[OwnText], *, outside: bool) -> list[Quoted]:
    """Return all released texts that agree to be quoted, and for readers outside tell of no writer."""
    found = _by_rank(reading, texts)
    if not outside:
        return found
    return [one for one in found if enough(alike(one, reading, QUOTED_WAVES), reading)]


def _by_rank(reading: ReportFacts, texts: Iterable[OwnText]) -> list[Quoted]:
    """Return what may be quoted in a neutral order: by item, then by the text itself."""
    released = released_texts(texts)
    found = [
        Quoted(released[response.case_id, item], response)
        for response in reading.of(*QUOTED_WAVES)
        for item in TEXTS
        if (response.case_id, item) in released and released[response.case_id, item].quotable
    ]
    return sorted(found, key=_rank)


def _rank(one: Quoted) -> tuple[int, str, int]:
    return TEXTS.index(one.text.item), one.text.released.casefold(), one.text.case_id


def _waiting(reading: ReportFacts, texts: Iterable[OwnText]) -> tuple[str, ...]:
    """Return how many texts nobody has read yet, for the office only."""
    number = sum(one.state is TextState.UNREAD for one in texts)
    if reading.outside or not number:
        return ()
    said = reading.say.plural(
        "{number} text waits to be read by the office.",
        "{number} texts wait to be read by the office.",
        number,
    )
    return (said,)


def waves_told(reading: ReportFacts, texts: Iterable[OwnText]) -> bool:
    """Return whether all parts of a report tell the waves of their quotes.

    Beside quotes with their wave, one without it would be known to come from a small one.
    """
    return all(
        enough(alike(one, reading, (one.response.wave,)), reading)
        for one in quotable(reading, texts, outside=reading.outside)
    )


def as_quotes(chosen: list[Quoted], reading: ReportFacts, waves: bool) -> tuple[Quote, ...]:
    """Return texts as they are printed, with what may be told of their writers."""
    agreed = agreed_to_quote(reading.responses)
    here = reading.of_administrations
    people = {place.code: place.people for place in here.places}
    allowed = frozenset[str]() if here.by_person else named(people, reading.nameable)
    places = (_names(one, agreed, allowed, reading) for one in chosen)
    return tuple(
        _cut(as_quote(one.text, _source(one, name, waves, reading.say), reading.say))
        for one, name in zip(chosen, places, strict=True)
    )


def as_quote(one: OwnText, source: str, say: Words) -> Quote:
    """Return a released text as it is quoted: in the translation of the office if there is one."""
    if not one.translation:
        return Quote(one.released, one.language, source)
    told = say("{source}; translated by the office", source=source)
    return Quote(one.translation, "en", told)


def _cut(one: Quote) -> Quote:
    short = len(one.text) <= LONGEST
    return one if short else replace(one, text=one.text[:LONGEST].rstrip() + " …")


def _source(one: Quoted, named_as: str, with_wave: bool, say: Words) -> str:
    """Return whom a text is from: an administration, or a participant; and the wave, if it is told."""
    wave = say(WAVES[one.response.wave])
    if named_as:
        return say("{administration}, {wave}", administration=named_as, wave=wave)
    return say("A participant, {wave}", wave=wave) if with_wave else say("A participant")


def _names(
    one: Quoted, agreed: Mapping[int, str], allowed: frozenset[str], reading: ReportFacts
) -> str:
    """Return the name of an administration that agreed, if five of its people wrote alike; else ''."""
    place = one.response.administration
    others = alike(one, reading, (one.response.wave,))
    here = [response for response in others if response.administration == place]
    wishes = agreed[one.response.enrolment_id] in ("named", "administration")
    told = wishes and place in allowed and len(_people(here)) >= SMALLEST
    return reading.name_of(place) if told else ""


def alike(one: Quoted, reading: ReportFacts, waves: Iterable[str]) -> list[Response]:
    """Return who replied in some waves of the workshop of a text in its language."""
    return [
        response
        for response in reading.of(*waves)
        if response.workshop == one.response.workshop
        and one.text.language in response.languages.values()
    ]


def enough(found: list[Response], reading: ReportFacts) -> bool:
    """Return whether five people reply, of two administrations where more than one took part."""
    places = {response.administration for response in found}
    several = any(_several(reading, code) for code in {one.workshop for one in found})
    return len(_people(found)) >= SMALLEST and (len(places) > 1 or not several)


def _several(reading: ReportFacts, workshop: str) -> bool:
    """Return whether people of more than one administration attended a workshop."""
    people = reading.frames.enrolments
    here = (people["workshop_code"] == workshop) & (people["role"] == "participant")
    return int(people.loc[here, "administration_code"].nunique()) > 1


def _people(found: Iterable[Response]) -> set[int]:
    return {response.participant_id for response in found}
