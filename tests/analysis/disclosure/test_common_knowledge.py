"""One program for all readers: what it says of what is left, beside a program of its own."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.disclosure.bases import first_tables, members
from analysis.disclosure.common_knowledge import CommonKnowledge
from analysis.disclosure.everybody import Everybody, Places
from analysis.disclosure.facts import ROUNDING, Numbers
from analysis.disclosure.printed import Tables
from analysis.disclosure.program import Left
from analysis.disclosure.protection import protected
from analysis.disclosure.question import Kind, Question, WaveReplies
from analysis.disclosure.ranges import Ranges, Seen, Wanted
from analysis.disclosure.readers import Reader
from analysis.disclosure.rests import Codes, Rest, rests_of
from tests.analysis.disclosure.test_two_waves import WAVES, in_wave, told_in, waves_of
from tests.analysis.disclosure.worlds import question, random_world

SURVEYS = 30
Sums = list[tuple[str, Codes, Codes]]


def asked(seed: int) -> Question:
    """Return a random question; of two thirds, reports tell how many replied: once, or by waves."""
    world = random_world(seed)
    one = question(world)
    if seed % 3 == 1:
        return replace(one, replies=frozenset(one.crowds))
    if seed % 3 == 2:
        replied = waves_of(world, seed)
        waves = tuple(
            WaveReplies(
                {key: frozenset(who) for key, who in in_wave(world, replied, wave).items()},
                told_in(world, replied, wave),
            )
            for wave in WAVES
        )
        return replace(one, waves=waves)
    return one


def common_of(question: Question, whole: Question, tables: Tables) -> CommonKnowledge:
    made = CommonKnowledge(question, Everybody.of(question), whole)
    made.read(tables, more=False)
    return made


def ends(common: CommonKnowledge, left: Left, sums: Sums) -> tuple[Numbers, Numbers]:
    """Return the least and the greatest of each sum, each by its own programs."""
    program = common.program
    found = []
    for sense in (program.least, program.greatest):
        values = []
        for key, codes, out in sums:
            wanted = [Wanted(common.variables.of_set(key, codes, out), exact=False)]
            solved = program.solved(left, Seen(wanted, []).costs([0], program.size), sense)
            values.append(float(wanted[0].sums.values(solved)[0]))
        found.append(np.array(values))
    return found[0], found[1]


@pytest.mark.parametrize("seed", range(SURVEYS))
def test_a_member_finds_in_the_common_program_what_it_finds_in_one_of_its_own(seed: int) -> None:
    whole = asked(seed)
    tables, places = first_tables(whole), Places(whole)
    common = common_of(whole, whole, tables)
    for member in members(whole):
        question, gone = places.without({member}), places.gone({member})
        assert gone is not None
        alone = common_of(question, whole, tables)
        rests = rests_of(places.everybody.units.without(gone))
        sums = [(one.key, codes, one.out) for one in rests for codes in common.secrets.codes]
        mine = ends(common, Left(common.program, question, places.units(gone)), sums)
        theirs = ends(alone, Left(alone.program, question), sums)
        # A base of which it is known that it holds no silent ones is so without these people too.
        assert (mine[0] >= theirs[0] - ROUNDING).all()
        assert (mine[1] <= theirs[1] + ROUNDING).all()
        if all(question.in_base(key) == whole.in_base(key) for key in whole.crowds):
            assert np.allclose(mine, theirs)


@pytest.mark.parametrize("seed", range(SURVEYS))
def test_what_people_really_said_fits_all_that_a_reader_knows(seed: int) -> None:
    whole = asked(seed)
    places = Places(whole)
    common = common_of(whole, whole, first_tables(whole))
    for member in members(whole):
        gone = places.gone({member})
        assert gone is not None
        left = Left(common.program, places.without({member}), places.units(gone))
        low, high = left.ends()
        true = common.program.values(left.true())
        assert (low <= true).all() and (true <= high).all()


@pytest.mark.parametrize("seed", range(SURVEYS))
def test_few_are_counted_at_once_as_they_are_one_by_one(seed: int) -> None:
    whole = asked(seed)
    common = common_of(whole, whole, {})
    every = Everybody.of(whole).units
    rests = rests_of(every)
    codes = [*common.secrets.codes]
    one_by_one = [secret for rest in rests for secret in by_hand(common, rest, codes)]
    assert sorted(common.secrets.always(rests)) == sorted(one_by_one)


def by_hand(common: CommonKnowledge, rest: Rest, codes: list[Codes]) -> list[int]:
    return [secret for one in codes for secret in common.secrets.of(rest, one)]


@pytest.mark.parametrize("seed", range(SURVEYS))
def test_what_an_outsider_knows_without_a_table_each_member_knows(seed: int) -> None:
    whole = asked(seed)
    places = Places(whole)
    common = common_of(whole, whole, {})
    outsider = Reader(common, whole, places.everybody.units)
    outsider.finds({})
    for member in members(whole):
        gone = places.gone({member})
        assert gone is not None
        rests = rests_of(places.everybody.units.without(gone))
        left = Left(common.program, places.without({member}), places.units(gone))
        secrets = common.known & {*common.secrets.always(rests)}
        wanted = [common.secrets.wanted(one) for one in sorted(secrets)]
        assert Ranges(common.program, left).first_found(wanted).known == [*range(len(wanted))]


def test_a_question_of_no_set_tells_nobody_anything() -> None:
    assert protected(Question(("x", "y"), Kind.ONE, {}))[1] == {}
