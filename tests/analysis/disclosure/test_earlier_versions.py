"""A new version of a report, beside the one that readers have, tells of no few people either.

Each survey is published, five to nine people come to it or answer later, and it is published again.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from analysis.disclosure.crowds import Answer, of_person
from analysis.disclosure.earlier_versions import Beside, of_now
from analysis.disclosure.everybody import Everybody
from analysis.disclosure.facts import Fact
from analysis.disclosure.protection import protected
from analysis.disclosure.question import Kind, Question, Row, WaveReplies
from analysis.disclosure.stored_tables import read_again, stored
from analysis.disclosure.variables import Variables
from analysis.disclosure.wave_replies import replies_of_waves
from analysis.findings.questions import blank
from tests.analysis.disclosure.attacker import Attacker
from tests.analysis.disclosure.worlds import PASSED, SILENT, Guest, Said, World, question

NOW, BEFORE = {"now": ("A", "late")}, {"before": ("A",)}
THREE = {"first": ("A",), "second": ("A", "late"), "now": ("A", "late", "last")}
ALONE, TOGETHER = 40, 3
"""Of so many administrations are the people: each of another one, or many of each."""
Tables = Mapping[str, tuple[Row, ...]]


def survey(seed: int, places: int = ALONE) -> World:
    """Return people of some administrations who came to A at first, and the few who came late."""
    draw = Random(seed)
    kind = draw.choice(list(Kind))
    options = tuple("vwxyz"[: 3 if kind is Kind.SEVERAL else draw.randint(2, 4)])
    weights = [draw.choice((1, 3, 9)) for _ in options]
    first, late = draw.randint(15, 30), draw.randint(5, 9)

    def said() -> Said:
        if draw.random() < 0.15:
            return draw.choice((SILENT, PASSED))
        if kind is not Kind.SEVERAL:
            return (draw.choices(options, weights)[0],)
        some = tuple(o for o, w in zip(options, weights, strict=True) if draw.random() < w / 10)
        return some or (draw.choice(options),)

    guests = tuple(
        Guest(n, f"place {n % places}", (("A" if n < first else "late", said()),))
        for n in range(first + late)
    )
    return World(options, kind, guests, {**NOW, **BEFORE})


def versions(world: World, *, beside: bool) -> tuple[Question, Tables]:
    """Return what both versions tell; the second one `beside` the first one, or by itself."""
    then, printed = protected(question(replace(world, sets={"now": ("A",)})))
    now = question(replace(world, sets=NOW))
    both = Beside(now).also(then, printed)
    found, tables = protected(both.question, printed=both.printed) if beside else protected(now)
    told = {"now": tables.get("now", ()), "before": printed.get("now", ())}
    crowds = {"now": found.crowds["now"], "before": then.crowds["now"]}
    blanks = {"now"} & found.blanks | ({"before"} if then.blanks else set())
    return replace(now, crowds=crowds, blanks=frozenset(blanks)), told


@pytest.mark.parametrize("seed", range(40))
def test_two_versions_tell_of_no_few_people_who_came_between_them(seed: int) -> None:
    world = survey(seed)
    assert list(Attacker(world, *versions(world, beside=True)).finds()) == []


@pytest.mark.parametrize("seed", range(20))
def test_an_administration_that_knows_its_own_people_finds_nothing_by_two_versions_either(
    seed: int,
) -> None:
    world = survey(seed, TOGETHER)
    for reader in ("", "place 0"):
        told = versions(world, beside=True)
        assert list(Attacker(world, *told, reader).finds()) == [], reader


def test_two_versions_by_themselves_would_tell_of_them() -> None:
    found = [
        list(Attacker(one, *versions(one, beside=False)).finds()) for one in map(survey, range(10))
    ]
    assert sum(map(bool, found)) > 5


def test_a_version_with_the_same_answers_tells_what_the_one_before_told() -> None:
    for seed in range(10):
        world = replace(survey(seed), sets={"now": ("A",)})
        then, printed = protected(question(world))
        beside = Beside(then).also(then, printed)
        _, tables = protected(beside.question, printed=beside.printed)
        assert tables.get("now", ()) == printed.get("now", ())


def test_something_is_still_told_of_most_new_versions() -> None:
    told = [versions(survey(seed), beside=True)[1]["now"] for seed in range(40)]
    assert sum(map(bool, told)) >= 10


def three(world: World, *, stored_before: bool) -> tuple[Question, Tables]:
    """Return what three versions tell, each one beside those before as they were stored."""
    crowds, told, blanks = {}, {}, set[str]()
    handed: list[tuple[Question, dict[str, dict[str, Any]]]] = []
    for name, workshops in THREE.items():
        alone = question(replace(world, sets={"now": workshops}))
        beside = Beside(alone)
        for then, kept in handed:
            beside = beside.also(*read_again(then, kept)) if stored_before else beside
        found = of_now(*protected(beside.question, printed=beside.printed), alone)
        rows = found[1].get("now", ())
        plain = json.loads(json.dumps(stored(found[0], "now", rows)))
        handed.append((alone, {"now": plain}))
        crowds[name], told[name] = found[0].crowds["now"], rows
        blanks |= {name} if found[0].blanks else set()
    return replace(alone, crowds=crowds, blanks=frozenset(blanks)), told


def growing(seed: int) -> World:
    """Return a survey to which some people come late, and some more later still."""
    world = survey(seed)
    people = len(world.guests)
    draw = Random(-seed)
    last = tuple(
        Guest(
            n, f"place {n % ALONE}", (("last", draw.choice([g.said[0][1] for g in world.guests])),)
        )
        for n in range(people, people + draw.randint(5, 9))
    )
    return replace(world, guests=(*world.guests, *last), sets=THREE)


@pytest.mark.parametrize("seed", range(12))
def test_the_third_report_knows_what_two_others_told_as_it_was_stored(seed: int) -> None:
    assert list(Attacker(growing(seed), *three(growing(seed), stored_before=True)).finds()) == []


def test_three_reports_by_themselves_would_tell_of_a_few() -> None:
    found = [
        list(Attacker(one, *three(one, stored_before=False)).finds())
        for one in map(growing, range(6))
    ]
    assert sum(map(bool, found)) > 3


def of_two_waves(late: int, told: bool) -> Question:
    """Return a question to 30 people and late ones: one said no, eight are silent, the others use it.

    Of the 30, ten replied in the first of two waves, and twelve others in the second one.
    """
    came = range(30, 30 + late)
    crowd: dict[int | str, Answer] = {
        n: of_person(n, f"place {n}", ("not",) if n < 1 else ("use",), ())
        for n in (*range(22), *came)
    }
    crowd |= blank({n: f"place {n}" for n in range(22, 30)}, silent=True)
    replied = (range(10), (*range(10, 22), *came))
    keys = frozenset({"all"} if told else ())
    waves = tuple(WaveReplies({"all": frozenset(them)}, keys) for them in replied)
    asked = Question(("not", "use"), Kind.ORDERED, {"all": crowd}, frozenset({"all"}), (1,))
    return replace(asked, waves=waves)


@pytest.mark.parametrize("told", [False, True])
def test_how_many_replied_in_a_wave_is_known_from_an_earlier_version(told: bool) -> None:
    now = of_two_waves(6, told=False)
    beside = Beside(now).also(of_two_waves(0, told=told), {})
    _, tables = protected(beside.question, printed=beside.printed)
    assert ("all" in tables) is not told, "eight of nine are silent, so one at most said no"


def test_how_many_replied_is_known_from_an_earlier_version_of_the_same_people() -> None:
    beside = Beside(of_two_waves(0, told=False)).also(of_two_waves(0, told=True), {})
    assert "all" not in protected(beside.question, printed=beside.printed)[1]
    alone = replace(of_two_waves(0, told=False), waves=())
    then = replace(alone, replies=frozenset({"all"}))
    assert ("all" in protected(alone)[1], "all" in protected(then)[1]) == (True, False)
    beside = Beside(alone).also(then, {})
    assert "all" not in protected(beside.question, printed=beside.printed)[1]


def test_a_version_that_counted_one_wave_says_nothing_of_replies_in_two() -> None:
    """It would be said that its people replied in no wave, and that each replied in one."""
    now = of_two_waves(6, told=True)
    then = replace(of_two_waves(0, told=True), waves=())
    both = Beside(now).also(then, {}).question
    assert "all 0" in both.crowds
    assert known_of_waves(both, ["all 0"]) == []
    assert len(known_of_waves(both, ["all"])) == len(known_of_waves(now, ["all"])) > 0


def known_of_waves(question: Question, keys: list[str]) -> list[Fact]:
    """Return what the replies of waves tell of some sets."""
    some = replace(question, crowds={key: question.crowds[key] for key in keys})
    return replies_of_waves(some, Variables(some, Everybody.of(some)))


def test_what_a_version_told_of_the_replies_in_more_waves_is_known() -> None:
    now, then = replace(of_two_waves(0, told=False), waves=()), of_two_waves(0, told=True)
    found = Beside(now).also(then, {}).question
    assert [(set(wave.units), wave.told) for wave in found.waves] == [({"all 0"}, {"all 0"})] * 2
    assert "all" not in protected(found)[1]


def test_nothing_is_told_where_what_is_known_cannot_all_be_true() -> None:
    now = of_two_waves(0, told=True)
    wrong = replace(
        now, waves=tuple(replace(one, units={"all": frozenset()}) for one in now.waves)
    )
    with pytest.warns(RuntimeWarning, match="nothing is told of a question on"):
        assert protected(wrong)[1] == {}
