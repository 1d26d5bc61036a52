"""Sentences of reports that the year of the demonstration does not say, each by why it cannot."""

BY_REASON = {
    "Who is silent used it less in this year, as it mostly is: it cannot go both ways.": (
        "Those without a reply after {later} had used it more after {earlier}: {silent}, "
        "against {replied} of those who replied. What is told after {later} may be too low.",
    ),
    "In a year of 200 people somebody is silent in each national workshop.": (
        "Everybody replied.",
    ),
    "Nobody attends the national workshops of two countries.": (
        "Who was at several workshops is counted at each: {attendances} attendances of "
        "{people} people.",
    ),
    "Too few people of one country tell of the same rule for a count that readers outside may see.": (
        "At least {embedded} of {base} people who attended report something in force that is "
        "new or changed since the workshop ({grade}).",
        "People counted: {number}. One person can report several kinds.",
    ),
    "Beside the reports handed out before, the kinds of what is in force have too few delegations.": (
        "Delegations counted: {number}. One delegation can have several kinds.",
    ),
    "Readers outside are told of two versions only where five people or more answered each.": (
        "Answers to “{item}” on a scale with other steps are left out.",
        "Some answers were given to an earlier version, in which the question or a choice "
        "reads differently.",
    ),
    "Of the national workshops, either all requests for help are taken up or none is.": (
        "Help was asked by {asked} people; {waiting} have a request nobody took up.",
    ),
    "Each report that the office of the year presents says who may read it.": (
        "Not for publication.",
    ),
    "The office of the year has translated no text.": (
        "Quoted with permission, in the original language unless it says translated; shown only "
        "from 5 people.",
    ),
    "Where one effect may be named in a newsletter of this year, another is level with it.": (
        "The effect named most often: {label} ({share}).",
    ),
    "What the office has released still applies.": (
        "No longer applies by rule; still told outside.",
    ),
}
ELSEWHERE = frozenset(text for texts in BY_REASON.values() for text in texts)
