"""How to read a report on workshops, and what limits it."""

from analysis.findings.figure_words import without_figures
from analysis.findings.report_facts import ReportFacts
from analysis.sections.practice import SILENCE_ONLY


def method(reading: ReportFacts) -> tuple[str, ...]:
    """Return the sentences on the method, for its readers."""
    say = reading.say
    unit = (
        say("Too few administrations took part to tell of them, so people are counted.")
        if reading.by_person
        else say(
            "A delegation is what one administration sent to one workshop. It counts in a figure if one "
            "of its officers says so."
        )
    )
    # Readers outside see no bounds.
    inside = (
        say(
            "At most: if all who are silent or do not know had said yes, and all that is disputed "
            "were true."
        ),
        say(SILENCE_ONLY),
    )
    return (
        say(
            "People report this about themselves. Nothing was measured, and there is "
            "no comparison group."
        ),
        say("The workshop contributed to what is reported; other things did too."),
        unit,
        *without_figures(reading),
        say(
            "Embedded: in force, and new or changed since the workshop. Claimed: an officer said so. "
            "Described: with a title. Corroborated: somebody in another role says the same. Document "
            "seen: the office has seen it."
        ),
        say(
            "Percentages are rounded and shown only from a base of 10, so a list may not "
            "add up to 100."
        ),
        *(() if reading.outside else inside),
        say(
            "Complete and partial responses (half of the questions or more) are used, one per person."
        ),
        say(
            "Attended: on the list of participants. Asked: all whom a wave is for. Replied: such a "
            "response in the wave of this report."
        ),
        say("Groups under 5 people are not shown."),
    )
