"""Questions are asked of all published sets at once, with the same people in each."""

import pytest

from analysis.findings.delegation_questions import unit_replies_question
from analysis.findings.questions import item_question, replies_question, told_replies
from analysis.findings.reading import read_outside
from analysis.findings.safe_bases import with_safe_bases
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.disclosure.worlds import layers, random_world


def test_who_was_asked_at_two_workshops_has_a_seat_at_each() -> None:
    told = Story().workshop("A").workshop("B")
    first = told.person("A", PLACES[0])
    told.answers(first, "M6", use_1="tried")
    second = told.person("B", PLACES[0], same_as=first)
    told.silent(second, "M6")
    found = read_outside(told.frames(), None, CUT_OFF)
    assert found and found.published
    crowds = replies_question(found.published.readings, "M6").crowds
    assert set(crowds["all"]) == {first, second}
    assert crowds["workshop A"][first].codes != crowds["workshop B"][second].codes


def test_a_question_of_two_waves_is_asked_beside_the_replies_of_both() -> None:
    told = Story().workshop("A")
    for number, place in enumerate(PLACES[:30]):
        person = told.person("A", place)
        for wave, replying in (("M6", range(10)), ("M12", range(10, 22))):
            if number in replying:
                told.answers(person, wave, others_use="most" if number else "nobody")
            else:
                told.silent(person, wave)
    found = read_outside(told.frames(), None, CUT_OFF)
    assert found and found.published
    asked = item_question(found.published.readings, "others_use", ("M6", "M12"), "participant")
    assert [len(wave.units["all"]) for wave in asked.waves] == [10, 12]
    assert [wave.told for wave in asked.waves] == [{"all", "workshop A"}] * 2


def test_readers_know_that_nobody_replied_in_a_wave_that_asked_nobody() -> None:
    told = Story().workshop("A").workshop("B")
    for code, wave in (("A", "M3"), ("A", "M6"), ("B", "M6")):
        for place in PLACES[:20]:
            told.answers(told.person(code, place), wave, obstacles="staff")
    found = read_outside(told.frames(), None, CUT_OFF)
    assert found and found.published
    asked = item_question(found.published.readings, "obstacles", ("M3", "M6"), "participant")
    early, _ = asked.waves
    assert "workshop B" in early.told
    assert early.units["workshop B"] == set()
    assert "workshop A" not in early.told, "where all have replied it is not told how many"


@pytest.mark.parametrize(("not_asked", "base"), [(3, 13), (6, 10)])
def test_a_base_tells_of_no_few_people_who_were_not_asked(not_asked: int, base: int) -> None:
    told = Story().workshop("A")
    for place in PLACES[:10]:
        told.answers(told.person("A", place), "M6", use_1="tried")
    unsent = {"disposition": "not_asked", "disposition_detail": "not_sent"}
    for place in PLACES[10 : 10 + not_asked]:
        told.case(told.person("A", place), "M6", (), **unsent)
    found = read_outside(told.frames(), None, CUT_OFF)
    assert found and found.published
    assert len(found.seats("M6")) == 10
    assert len(replies_question(found.published.readings, "M6").crowds["all"]) == base
    # The figures are of all that attended.
    assert len(unit_replies_question(found.published.readings).crowds["all"]) == 10 + not_asked


def test_no_base_misses_one_to_four_people_of_those_who_replied_or_were_asked() -> None:
    for seed in range(60):
        answered, replied, asked = layers(random_world(seed))
        bases, blanks = with_safe_bases(answered, replied, asked)
        for key, base in bases.items():
            for larger in (replied[key], asked[key]):
                assert not 0 < len(larger.keys() - base.keys()) < 5, (seed, key)
            assert key in blanks or base == answered[key]


def test_no_base_is_of_those_who_replied_where_it_is_not_told_how_many_did() -> None:
    for seed in range(60):
        answered, replied, asked = layers(random_world(seed))
        bases, blanks = with_safe_bases(answered, replied, asked, unsaid=answered)
        for key, base in bases.items():
            whole = asked[key] if key in blanks else answered[key]
            assert base.keys() == whole.keys(), (seed, key)


def test_the_base_of_an_item_does_not_say_how_many_replied_where_that_is_hidden() -> None:
    told = Story().workshop("A")
    home, elsewhere = [PLACES[0]] * 14, PLACES[1:17]
    for number, place in enumerate((*home, *elsewhere)):
        person = told.person("A", place)
        # Of the others only three reply, and the first administration knows who its own are.
        if number < 10 or 14 <= number < 17:
            told.answers(
                person, "M6", **{"others_use": "most"} if number < 3 else {"use_1": "tried"}
            )
        else:
            told.silent(person, "M6")
    found = read_outside(told.frames(), None, CUT_OFF)
    assert found and found.published
    readings = found.published.readings
    assert told_replies(readings, "M6") == set()
    crowds = item_question(readings, "use_1", ("M6",), "participant").crowds
    assert {len(crowd) for crowd in crowds.values()} == {30}


def test_who_refused_before_a_wave_is_in_its_base_wherever_it_asked_others() -> None:
    told = Story().workshop("A")
    for place in PLACES[:20]:
        told.answers(told.person("A", place), "M6", use_1="tried")
    told.set("enrolments", told.person("A", PLACES[20]), refused_at=CUT_OFF)
    found = read_outside(told.frames(), None, CUT_OFF)
    assert found and found.published
    readings = found.published.readings
    assert len(found.seats("M6")) == 21
    assert len(item_question(readings, "use_1", ("M6",), "participant").asked["all"]) == 21


def test_a_base_misses_nobody_of_the_wave_that_asked_where_another_one_did_not() -> None:
    told = Story().workshop("A")
    for number, place in enumerate(PLACES[:30]):
        person = told.person("A", place)
        told.answers(person, "M6", others_use="most")
        if number >= 20:
            told.silent(person, "M12")
        elif number < 18:
            told.answers(person, "M12", project="planned")
        else:
            told.answers(person, "M12", others_use="most")
    found = read_outside(told.frames(), None, CUT_OFF)
    assert found and found.published
    asked = item_question(found.published.readings, "project", ("M6", "M12"), "participant")
    # 20 people replied in the wave that asked, and 18 of them answered.
    assert len(asked.crowds["all"]) == 20
    assert asked.blanks == {"all", "workshop A"}


def test_workshops_that_were_not_asked_an_item_are_in_no_base_of_it() -> None:
    told = Story().workshop("A").workshop("B")
    told.wave("A", "M6")
    told.set("waves", told.wave("B", "M12"), questionnaire_key="M6")
    for number, place in enumerate(PLACES[:30]):
        person = told.person("A", place)
        other = {"project": "planned"} if number < 18 else {"others_use": "most"}
        told.answers(person, "M12", **other) if number < 20 else told.silent(person, "M12")
        told.answers(told.person("B", place), "M12", others_use="most")
    found = read_outside(told.frames(), None, CUT_OFF)
    assert found and found.published
    readings = found.published.readings
    assert "all" in told_replies(readings, "M12")
    asked = item_question(readings, "project", ("M12",), "participant")
    assert len(asked.crowds["all"]) == len(asked.crowds["workshop A"]) == 20
    # How many replied in both workshops says nothing of those who were asked.
    assert asked.replies == {"workshop A"}
