"""In their words: open answers of people who agreed to be quoted, in their own language, no names.

Only from a wave where five people or more agreed; an administration is named only with every permission
that a named fact needs.
"""

from analysis.disclosure.small_groups import SMALLEST, named
from analysis.facts.responses import Response
from analysis.findings.report_facts import ReportFacts
from analysis.measures.vocabulary import WAVES
from analysis.model import Quote, Section
from analysis.printable import cleaned

TEXTS = ("example", "message", "project_name")
"""Items that may be quoted. Evidence and the chief's expectations identify an administration."""
AGREED = frozenset(("named", "administration", "anonymous"))
MOST = 8
LONGEST = 300


def words(reading: ReportFacts) -> Section:
    """Return up to eight texts of people whose latest answer about quoting is yes."""
    say = reading.say
    agreed = _agreed(reading)
    found = [r for r in reading.of("END", "M3", "M6", "M12") if r.enrolment_id in agreed]
    if len({r.participant_id for r in found if _text(r)[1]}) < SMALLEST:
        found = []
    people = {place.code: place.people for place in reading.places}
    allowed = frozenset[str]() if reading.by_person else named(people, reading.nameable)
    chosen = _one_each(found)
    note = say("Quoted with permission, in the original language; shown only from 5 people.")
    return Section(
        "words",
        say("In their words"),
        quotes=tuple(_quote(r, agreed, allowed, reading) for r in chosen),
        notes=(note,) if chosen else (say("There are no texts yet that we may quote."),),
    )


def _agreed(reading: ReportFacts) -> dict[int, str]:
    """Return the latest answer about quoting of every enrolment that allows it."""
    told: dict[int, str] = {}
    for wave in ("M3", "M6", "M12"):
        told |= {
            r.enrolment_id: r.values["quote"] for r in reading.of(wave) if "quote" in r.values
        }
    return {who: wish for who, wish in told.items() if wish in AGREED}


def _text(response: Response) -> tuple[str, str]:
    """Return the item and the text of a response that may be quoted; two empty texts without any."""
    for item in TEXTS:
        text = " ".join(cleaned(response.values.get(item, "")).split())
        if text:
            return item, text if len(text) <= LONGEST else text[:LONGEST].rstrip() + " …"
    return "", ""


def _one_each(found: list[Response]) -> list[Response]:
    """Yield one response of each person, no text twice, deeds before messages; the order is neutral."""
    chosen: dict[str, Response] = {}
    people: set[int] = set()
    for response in sorted(found, key=lambda r: (*_rank(r), r.case_id)):
        text = _text(response)[1].casefold()
        if text and text not in chosen and response.participant_id not in people:
            chosen[text] = response
            people.add(response.participant_id)
    return list(chosen.values())[:MOST]


def _rank(response: Response) -> tuple[int, str]:
    item, text = _text(response)
    return (TEXTS.index(item) if item else len(TEXTS), text.casefold())


def _quote(
    response: Response, agreed: dict[int, str], allowed: frozenset[str], reading: ReportFacts
) -> Quote:
    item, text = _text(response)
    say = reading.say
    wave = say(WAVES[response.wave])
    place = response.administration
    if agreed[response.enrolment_id] in ("named", "administration") and place in allowed:
        source = say("{administration}, {wave}", administration=reading.name_of(place), wave=wave)
    else:
        source = say("A participant, {wave}", wave=wave)
    return Quote(text, response.languages.get(item, "en"), source)
