"""Sentences of reports that the demonstration does not say, each by what it needs."""

BY_NEED = {
    "readers outside the office": (
        "Administrations: {number}.",
        "Answers of {part} of the {base} administrations that were asked.",
        "As presented.",
        "At least {embedded} of {base} people who attended report something in force that is "
        "new or changed since the workshop ({grade}).",
        "Delegations counted: {number}. One delegation can have several kinds.",
        "Delegations that attended: {number}. The others: no, or not known.",
        "Delegations that replied: {share}.",
        "Final.",
        "For Member administrations only.",
        "For Members.",
        "For publication.",
        "For the Heads of Regional Training Centres.",
        "For the trainers of the workshop, until its last day.",
        "For {whom} only.",
        "For {whom}. Administrations are named only with permission.",
        "How far it is embedded is not shown, to protect small groups.",
        "In at least {embedded} of {base} delegations something is in force that is new or "
        "changed since the workshop ({grade}).",
        "Less is in place than last time in: {categories}.",
        "More is in place than last time in: {categories}.",
        "No administration is named here. That needs permission, and must tell nothing of the "
        "others.",
        "No administration lets these readers see its answers.",
        "Not shown: too few answers, or a small group to protect.",
        "Numbers that would tell of a few people are not shown, so a row may not add up to "
        "its people.",
        "People counted, including any who gave no answer: {base}.",
        "People counted: {number}. One person can report several kinds.",
        "People on the list: {number}.",
        "People who attended: {number}. The others: no, or not known.",
        "People who replied: {share}.",
        "Public.",
        "The answers of your own officers are shown only in groups of 5 or more, or in full "
        "if every one of them has agreed.",
        "The answers of {administration}.",
        "The others have not answered, or have answered for other readers.",
        "The share is RR2: complete and partial responses of all asked.",
        "There is nothing yet that may be shown of your administration alone.",
        "This version is final. What comes later needs a new version.",
        "Version {number}.",
        "What your contact point reports as in force, and documents that the regional office "
        "has seen, are always shown: sending the title or a copy of a rule, a course or an "
        "order adds it here.",
        "Where it is not shown how many answered later, the share is of all: of those who did "
        "not answer nothing is known.",
    ),
    "an earlier version of a questionnaire, or a table of earlier answers": (
        "Answers to an earlier version, in which the question or a choice reads differently: "
        "{number}.",
        "Answers to “{item}” on a scale with different steps (left out): {number}.",
        "Answers to “{item}” on a scale with other steps are left out.",
        "Of these, {number} from an earlier table.",
        "Some answers were given to an earlier version, in which the question or a choice "
        "reads differently.",
        "{wave}: answered in an earlier table, counted: {number}.",
    ),
    "a questionnaire of an office, with other kinds of questions": (
        "9 or 10: {yes}, 7 or 8: {between}, 0 to 6: {no}; score {score}.",
        "Median answer: {label}.",
        "Two highest: {share}.",
        "Two lowest (here they are the good ones): {share}.",
    ),
    "a survey that has just begun": (
        "Fewer than {smallest} people have answered so far. Results appear from {smallest}.",
        "Only {number} people have answered so far. Results appear from {smallest}.",
        "There is no answer yet.",
        "{number} of {total} have answered. Results appear from {smallest}.",
    ),
    "answers, waves or operations that went otherwise": (
        "All {total} delegations replied.",
        "Chose “none” or “do not know” together with another answer: {number}.",
        "Everybody replied.",
        "No results have been given yet.",
        "Those without a reply after {later} had used it more after {earlier}: {silent}, "
        "against {replied} of those who replied. What is told after {later} may be too low.",
        "What is in force is asked after 6 months.",
        "Who was at several workshops is counted at each: {attendances} attendances of "
        "{people} people.",
        "{wave}: answers until {when} UTC.",
        "{wave}: missed, nobody was asked.",
    ),
}
ELSEWHERE = frozenset(text for texts in BY_NEED.values() for text in texts)
