"""Sentences of reports that the demonstration does not say, each by what it needs."""

BY_NEED = {
    "a newsletter": (
        "At least {number} of {base} people had a proposal based on what they learned "
        "accepted or approved.",
        "At least {number} of {base} people passed on what they learned to their colleagues.",
        "In at least {number} of {base} delegations, a proposal based on what was "
        "learned was accepted or approved.",
        "In at least {number} of {base} delegations, officers passed on what they "
        "learned to their colleagues.",
        "Source: {office}, answers until {day}.",
        "The effect named most often: {label} ({share}).",
        "The effects named most often: {labels} (each {share}).",
        "The participants were asked again after {waves}.",
        "{number} people took part in {workshop} ({details}).",
    ),
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
        "Not shown, because too few people answered or small groups must be protected: {names}.",
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
    "texts whose themes were marked": (
        "The answers of {base} people were read.",
        "An answer may have several themes.",
        "Quoted with permission, in the original language unless it says translated; shown only "
        "from 5 people.",
        "Readers of the office have marked what each answer is about, by the list of themes of "
        "the office. They count what people wrote, not how much the workshop contributed to it.",
        "Two people have read these answers, and neither knew what the other had marked. Kappa is "
        "agreement beyond chance, from 1 (always) to 0 (as by chance) and below; it is told from "
        "{pairs} answers on.",
        "{number} answers are not counted yet: their readers differ, and nobody has decided.",
    ),
    "figures beside each other": (
        "Compared are shares of 10 or more, of the same question at the same moment, of "
        "delegations or of people. The pale part: at most.",
        "Nobody has answered a follow-up yet, so there is nothing to compare.",
        "In the order of their days: this is not a ranking. What has no bar is not compared, and "
        "says why.",
        "“Shared” and “accepted” add up from wave to wave; the others are as told in the wave.",
    ),
    "the Good Practice Report of a fiscal year": (
        "1 July to 30 June. A workshop belongs to the year of its last day.",
        "A number that would tell of fewer than five people.",
        "Agree with the supervisor before the workshop on a task in which it will be used.",
        "Answered half of the questions of a wave or more.",
        "Bring participants together with colleagues abroad after each workshop.",
        "Chosen by rule among released texts: by how far their writers say that it went.",
        "Draft the missing procedure within six months after the workshop.",
        "Earlier years as their own reports told them. Years differ in workshops and people.",
        "Groups differ in topic and people: this is not a ranking.",
        "Have an officer who changes to another post hand the practice over.",
        "Help asked for most: {names}.",
        "In a rule, a course, a unit, a budget or a system that is in force.",
        "Invite the agencies and firms concerned to the next workshop on the topic.",
        "Lists of the United Nations, as they stood on the first day of the fiscal year. A "
        "country can be in both groups.",
        "Name the e-learning modules that go with each workshop.",
        "Name the supervisor in each nomination, and what the supervisor will do with the result.",
        "No story of a practice that did not succeed may be told yet.",
        "No story of a practice that went far may be told yet.",
        "No title has been released yet.",
        "Obstacle named most: {names}.",
        "Offer advice from an expert in the six months after a workshop.",
        "On the list of participants of a workshop.",
        "One round of questions, such as six months after a workshop.",
        "Plan a more advanced workshop on the topic.",
        "Plan national workshops where they were asked for most.",
        "Publish examples and templates with each workshop.",
        "Put the missing equipment into the next budget.",
        "Put the planned change on the list of changes to the IT system.",
        "Set working time aside for the planned change in the first three months.",
        "Somebody else, in another role, says the same.",
        "Somebody gives a title that can be looked up.",
        "Somebody says so, and nothing else is known.",
        "The customs administration of a country or territory.",
        "The office has released no recommendation yet.",
        "The office has seen the document itself.",
        "The people of one administration at one workshop.",
        "Titles as people wrote them; the office has read each of them and released it.",
        "Train two officers or more for each task, so that it does not depend on one.",
        "Where few delegations attended, people are counted in their place.",
        "Write to heads of administrations about the changes that were planned.",
    ),
}
ELSEWHERE = frozenset(text for texts in BY_NEED.values() for text in texts)
