"""What readers outside are told of a part is what its own facts say, though all are cut only once."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from analysis.disclosure.published_sets import Part, parts_beside, published_sets
from analysis.facts.cut_offs import CutOffs
from analysis.facts.frames import Frames
from analysis.facts.parts import of_places
from analysis.facts.responses import records
from analysis.findings.reading import read, read_outside
from analysis.findings.report_facts import ReportFacts
from tests.analysis.builder import CUT_OFF, PLACES, Story

WORKSHOPS = ("A", "B", "C")
WAVES = ("M3", "M6", "M12")
NEWEST = datetime(2018, 7, 1, tzinfo=UTC)
CHANGED = NEWEST + timedelta(days=30)


def office(seed: int) -> Story:
    """Return an office of which much happened after the newest moment of its reports."""
    chance, story = random.Random(seed), Story()
    for code in WORKSHOPS:
        story.workshop(code, f"Topic {code}", donors=(chance.choice(("CCF", "JICA")),))
        people = [story.person(code, place) for place in chance.sample(PLACES, 4)]
        people += [story.person(code, chance.choice(PLACES))]
        for person in people:
            happens(story, person, chance)
    return story


def happens(story: Story, person: int, chance: random.Random) -> None:
    """Let a person answer, say nothing, end, or say something else later."""
    for wave in WAVES[: chance.randint(1, 3)]:
        act = chance.choice(
            ("answers", "answers", "changes", "silent", "blocked", "breaks", "out")
        )
        if act in ("answers", "changes"):
            case = story.answers(person, wave, "actions", job="same", use_1="tried")
            if act == "changes":
                story.changes(case, "use_1", "regular", chance.choice((NEWEST, CHANGED)))
        elif act == "silent":
            story.silent(person, wave)
        elif act == "blocked":
            story.blocked(person, wave)
        elif act == "breaks":
            story.broke_off(person, wave, job="left")
        else:
            ended = chance.choice(("refused_at", "withdrawn_at", "removed_at"))
            story.set("enrolments", person, **{ended: chance.choice((NEWEST, CHANGED))})
            story.case(person, wave, ())


def limits_of(frames: Frames, seed: int) -> CutOffs:
    """Return one moment for all, or one for each wave that is over."""
    if seed % 2:
        return CutOffs(NEWEST)
    named = zip(frames.waves["workshop_code"], frames.waves["key"], strict=True)
    return CutOffs(NEWEST, {(str(code), str(key)): NEWEST for code, key in named})


@pytest.mark.parametrize("seed", range(4))
def test_each_part_is_read_as_if_its_facts_were_all_there_are(seed: int) -> None:
    story = office(seed)
    frames = story.frames()
    limits = limits_of(frames, seed)
    outside = read_outside(frames, ["A"], limits)
    assert outside is not None
    assert outside.published is not None
    own = outside.published.own
    parts, _ = parts_beside(frames, published_sets(frames), own)
    for key, part in parts.items():
        moment = limits if key == own else CutOffs(limits.at)
        alone = read(of_part(story, part), moment)
        assert told(outside.published.of_administrations[key], part) == told(alone, part)
    story.close()


def of_part(story: Story, part: Part) -> Frames:
    """Return the facts of a part as they are read from the database for it alone."""
    here = story.frames(*part.workshops)
    return here if part.places is None else of_places(here, part.places)


def told(found: ReportFacts, part: Part) -> Mapping[str, object]:
    """Return what a reading says; some places of a workshop are told of the wave of all."""
    every = {
        "responses": found.responses,
        "cases": [
            (one["id"], one["outcome"], one["standing"], one["reached"])
            for one in records(found.cases)
        ],
        "people": found.people,
        "limits": found.frames.cut_offs,
    }
    whole = {"waves": found.waves, "attended": found.attended, "places": found.places}
    return every | (whole if part.places is None else {})


def test_a_response_is_made_once_for_all_sets_that_it_is_in() -> None:
    story = office(1)
    frames = story.frames()
    outside = read_outside(frames, ["A"], CUT_OFF)
    assert outside is not None
    assert outside.published is not None
    sets = {
        key: outside.published.of_administrations[key].responses for key in published_sets(frames)
    }
    made = {id(one) for one in sets["all"]}
    assert made
    assert all(id(one) in made for found in sets.values() for one in found)
    story.close()


def test_a_workshop_whose_figures_are_of_an_earlier_wave_is_in_no_figure_of_a_later_one() -> None:
    story = Story()
    for code, answered in (("A", 5), ("B", 0)):
        story.workshop(code, f"Topic {code}")
        for number, place in enumerate(PLACES[:6]):
            person = story.person(code, place)
            story.answers(person, "M3", job="same", use_1="tried")
            if number < answered:
                story.answers(person, "M12", job="same", use_1="regular")
            else:
                story.silent(person, "M12")
    found = story.reading()
    assert found.waves == {"A": "M12", "B": "M3"}
    assert {workshop for workshop, _ in found.outcome.formal} == {"A"}
    assert {workshop for workshop, _ in found.outcome_at("M12").formal} == {"A", "B"}
