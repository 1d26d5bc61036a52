"""Stories of a year, chosen by rule: where a practice went furthest, and where it is not used."""

from collections.abc import Mapping

from analysis.facts.responses import Response
from analysis.findings.report_facts import ReportFacts
from analysis.measures.anchor_statuses import SINCE_THE_WORKSHOP, TICKS, statuses
from analysis.measures.own_words import own_texts
from analysis.model import Quote, Section
from analysis.sections.quotes import Quoted, as_quotes, enough, quotable, waves_told
from surveys.wording import N_

STORY = "example"
"""The item in which people tell what they did."""
EMBEDDED, ROUTINE, ON_THE_WAY, NOT_USED = 3, 2, 1, 0
"""How far a person says that it went: new or changed rules, a routine of the unit, and so on."""
USES, UNUSED = ("use_1", "use_2", "use_any"), frozenset(("not_yet", "preparing", "stopped"))
KINDS = (
    (N_("Where a practice went furthest"), frozenset((EMBEDDED, ROUTINE)), 2),
    (
        N_("From somebody who did not use the knowledge when last asked"),
        frozenset((NOT_USED,)),
        1,
    ),
)
"""Heading, how far, and number of stories of each kind.

How far it went is told by the last answers. A text can be older and tell of a success before that.
"""
NONE_FAR = N_("No story of a practice that went far may be told yet.")
NONE_FAILED = N_("No story of a practice that did not succeed may be told yet.")


def stories(reading: ReportFacts) -> Section:
    """Return two stories of people who went furthest and one of somebody who uses nothing.

    They are released texts of people who agree to be quoted. For readers outside, five people of several
    administrations went as far and write in that language.
    """
    say = reading.say
    stages = {
        one.enrolment_id: stage
        for one in reading.current_responses
        if (stage := _stage(one)) is not None
    }
    texts = tuple(own_texts(reading.frames, reading.responses))
    found = [
        one for one in quotable(reading, texts, outside=reading.outside) if one.text.item == STORY
    ]
    chosen: list[tuple[str, Quoted]] = []
    missing: list[str] = []
    for (heading, wanted, most), none in zip(KINDS, (NONE_FAR, NONE_FAILED), strict=True):
        here = _chosen(found, stages, wanted, reading)[:most]
        told = {one.text.released.casefold() for one in here}
        found = [one for one in found if one.text.released.casefold() not in told]
        chosen += [(say(heading), one) for one in here]
        missing += [] if here else [say(none)]
    printed = as_quotes([one for _, one in chosen], reading, waves_told(reading, texts))
    quotes = [
        _under(heading, quote, reading)
        for (heading, _), quote in zip(chosen, printed, strict=True)
    ]
    note = say(
        "Chosen by rule among released texts: by how far the practice went, as their writers said when "
        "last asked. A text can be older."
    )
    return Section(
        "stories",
        say("Stories"),
        quotes=tuple(quotes),
        notes=(*((note,) if quotes else ()), *missing),
    )


def _stage(response: Response) -> int | None:
    """Return how far a person says that it went; None if that is not known, or of a former post."""
    told = response.values
    if told.get("job") in ("moved", "left"):
        return None
    if response.wave in TICKS and SINCE_THE_WORKSHOP & {*statuses(response).values()}:
        return EMBEDDED
    if told.get("others_use") == "most":
        return ROUTINE
    uses = {told[item] for item in USES if item in told}
    if not uses:
        return None
    return NOT_USED if uses <= UNUSED else ON_THE_WAY


def _under(heading: str, quote: Quote, reading: ReportFacts) -> Quote:
    source = reading.say("{story}: {source}", story=heading, source=quote.source)
    return Quote(quote.text, quote.language, source)


def _chosen(
    found: list[Quoted],
    stages: Mapping[int, int],
    wanted: frozenset[int],
    reading: ReportFacts,
) -> list[Quoted]:
    """Return the texts of people who went so far, the furthest first; no text and no person twice."""
    here = [one for one in found if stages.get(one.response.enrolment_id) in wanted]
    chosen: dict[str, Quoted] = {}
    people: set[int] = set()
    for one in sorted(here, key=lambda one: -stages[one.response.enrolment_id]):
        text, person = one.text.released.casefold(), one.response.participant_id
        told = not reading.outside or _shared(one, stages, wanted, reading)
        if told and text not in chosen and person not in people:
            chosen[text] = one
            people.add(person)
    return list(chosen.values())


def _shared(
    one: Quoted, stages: Mapping[int, int], wanted: frozenset[int], reading: ReportFacts
) -> bool:
    """Return whether enough people who went so far write in the language of a text."""
    others = [
        response
        for response in reading.current_responses
        if stages.get(response.enrolment_id) in wanted
        and one.text.language in response.languages.values()
    ]
    return enough(others, reading)
