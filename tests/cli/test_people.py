"""Acts on one person on the command line: each says the command that takes it back, and that works."""

import re
import shlex

import pytest

from bot.cli.participant_acts import How, Why
from surveys.people import RemovalReason, StopReason
from tests.cli.conftest import CODE, Terminal

BEN = "Ben Qalo"
ACTS = {
    "pause": "participant pause {ben} --until '11 June'",
    "leave-out": f"participant leave-out {CODE} m12 {{ben}}",
    "remove": f"participant remove {CODE} {{ben}} --why did-not-come",
    "stop": "participant stop {ben} --why email --yes",
    "email": "participant email {ben} new@example.org",
}


def code_of(office: Terminal, name: str) -> str:
    people = office.data("participants", "list", CODE)
    return str(next(one["participant"] for one in people if one["name"] == name))


def record(office: Terminal, code: str) -> str:
    """What is stored, without the days on which it changed."""
    told = office.says("participant", "show", code)
    return "\n".join(line for line in told.splitlines() if "out of use" not in line)


@pytest.mark.parametrize("act", ACTS)
def test_the_command_under_an_act_takes_it_back_and_its_own_does_it_again(
    office: Terminal, act: str
) -> None:
    ben = code_of(office, BEN)
    before = record(office, ben)
    words = shlex.split(ACTS[act].format(ben=ben))
    said = office.says(*words).splitlines()
    after = record(office, ben)
    for expected in (before, after):
        undo = re.fullmatch("Undo: `followup (.*)`", said[-1])
        assert undo, said
        said = office.says(*shlex.split(undo[1])).splitlines()
        assert record(office, ben) == expected
    if act == "leave-out":
        assert f"Undo: `followup participant take-in {CODE} M12 {ben}`" in said
    else:
        assert before != after


def test_the_reasons_are_those_that_are_stored() -> None:
    assert {one.value for one in How} == {one.value for one in StopReason}
    assert {one.value for one in Why} < {one.value for one in RemovalReason}


def test_a_stop_says_what_would_happen_and_waits_for_yes(office: Terminal) -> None:
    ben = code_of(office, BEN)
    said = office.type("participant", "stop", ben, "--why", "telephone")
    assert said.code == 2
    assert said.out.splitlines() == [
        f"Stop all messages to Ben Qalo ({ben})?",
        "Nothing was done. Add --yes to do it.",
    ]
    assert "no messages" not in office.says("participant", "show", ben)


def test_people_are_found_by_parts_of_their_names(office: Terminal) -> None:
    assert BEN in office.says("participant", "find", "qalo")
    assert office.data("participant", "find", "an")["total"] == 1
    assert "Nobody is called 'x'." in office.says("participant", "find", "x")
