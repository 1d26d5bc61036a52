"""How to read the result of one survey."""

from analysis.findings.survey import Survey
from surveys.wording import N_

USED = N_(
    "Complete and partial responses (half of the questions or more) are used, one per person."
)
EACH_ONCE = N_("Each person counts once.")
LAST_COUNTS = N_(
    "The last answer of each administration counts, if it answers half of the questions or more."
)


def method(survey: Survey) -> tuple[str, ...]:
    """Return who says so, who counts, and what is not shown."""
    say = survey.reading.say
    whose = (LAST_COUNTS,) if survey.of_administrations else (USED, EACH_ONCE)
    return (
        say("People report this about themselves. Nothing was measured."),
        *map(say, whose),
        say(
            "Percentages are rounded and shown only from a base of 10, so a list may not "
            "add up to 100."
        ),
        *((say("Groups under 5 people are not shown."),) if survey.reading.outside else ()),
    )
