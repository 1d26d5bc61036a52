"""How to read the result of one survey."""

from analysis.findings.survey import Survey


def method(survey: Survey) -> tuple[str, ...]:
    """Return who says so, who counts, and what is not shown."""
    say = survey.reading.say
    told = (
        say("One answer counts for each administration.")
        if survey.of_administrations
        else say("Each person counts once.")
    )
    return (
        say("People report this about themselves. Nothing was measured."),
        told,
        say(
            "Complete and partial responses (half of the questions or more) are used, one per person."
        ),
        say(
            "Percentages are rounded and shown only from a base of 10, so a list may not "
            "add up to 100."
        ),
        *((say("Groups under 5 people are not shown."),) if survey.reading.outside else ()),
    )
