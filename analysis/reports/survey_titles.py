"""What stands above the result of one survey: its title, who has answered, or why it tells nothing."""

from analysis.disclosure.small_groups import PROTECTED, SMALLEST
from analysis.facts.responses import records
from analysis.findings.survey import Survey
from analysis.measures.vocabulary import WAVES
from analysis.sections.survey_answers import rows_of
from analysis.sections.survey_trainers import who_comes
from analysis.sections.survey_words import in_order
from surveys.days import span_text


def notice(survey: Survey) -> str:
    """Return why there are no results yet; '' from five answers, or one of who may be named."""
    say, answered = survey.reading.say, len({one.participant_id for one in survey.found})
    if answered >= survey.smallest(survey.found) and answered:
        return ""
    if survey.circle == "own":
        return say("There is no answer yet.")
    if survey.circle == "trainer":
        return say(PROTECTED)
    if survey.circle != "office":
        return say("No administration lets these readers see its answers.")
    return say.plural(
        "{number} of {total} has answered. Results appear from {smallest}.",
        "{number} of {total} have answered. Results appear from {smallest}.",
        survey.answered,
        smallest=str(SMALLEST),
        total=str(survey.asked),
    )


def title(survey: Survey, *, with_results: bool = True) -> str:
    """Return the need that most have, where the survey asks for needs; else what it asks."""
    asked, say = survey.questionnaire, survey.reading.say
    most = _most_needed(survey) if with_results else ""
    return most or in_order(asked.text(asked.title, say.language), say)


def _most_needed(survey: Survey) -> str:
    if "needs" not in survey.questionnaire.by_name:
        return ""
    found = rows_of(survey, "needs")
    if len(found.largest) != 1:
        return ""
    return survey.reading.say(
        "Needed most: {need} ({part} of {base})",
        need=found.largest[0].label,
        part=str(found.largest[0].people),
        base=str(found.base),
    )


def subtitle(survey: Survey) -> str:
    """Return what the survey is called, if the title does not say so, and its workshop."""
    say, workshop = survey.reading.say, records(survey.reading.frames.workshops)[0]
    days = span_text(workshop["starts_on"], workshop["ends_on"], say.language)
    named = [_name(survey)] if _name(survey) != title(survey) else []
    return say.beside([*named, workshop["title"], workshop["city"], days])


def _name(survey: Survey) -> str:
    """Return what the survey is called: its questionnaire, or the wave that asks it once more."""
    say, asked = survey.reading.say, survey.questionnaire
    again = survey.wave != asked.key and survey.wave in WAVES
    return (
        say(WAVES[survey.wave]) if again else in_order(asked.text(asked.title, say.language), say)
    )


def in_short(survey: Survey) -> tuple[str, ...]:
    """Return whose answers these are, and how many they are."""
    say = survey.reading.say
    if survey.circle == "own":
        return (say("The answers of {administration}.", administration=whom(survey)),)
    if survey.circle == "trainer":
        return who_comes(survey)
    if survey.circle != "office":
        return _let_read(survey)
    answered, base = survey.answered, str(survey.asked)
    if survey.of_administrations:
        told = say.plural(
            "{number} of {base} administrations has answered.",
            "{number} of {base} administrations have answered.",
            answered,
            base=base,
        )
    else:
        told = say.plural(
            "{number} of {base} people has answered.",
            "{number} of {base} people have answered.",
            answered,
            base=base,
        )
    return (told,)


def _let_read(survey: Survey) -> tuple[str, ...]:
    """Return how many administrations are told of; of the others not why they are not."""
    say, part = survey.reading.say, len(survey.found)
    values = {"part": str(part), "base": str(survey.asked)}
    told = say("Answers of {part} of the {base} administrations that were asked.", **values)
    others = say("The others have not answered, or have answered for other readers.")
    return (told, others) if part < survey.asked else (told,)


def whom(survey: Survey) -> str:
    """Return the name of the administration whose own copy it is."""
    return survey.reading.name_of(survey.whom)
