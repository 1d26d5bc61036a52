"""`followup wave add` and `wave drop`: an own questionnaire for one workshop."""

import re

from bot.runtime.clock import utc_now
from tests.cli.conftest import CODE, Terminal

OWN = """\
spec: 1
key: RISKMATRIX
title: {en: Risk matrix}
survey:
  - {name: used, type: text, label: Where do you use it}
"""


def test_a_wave_is_added_shown_and_taken_back_by_the_lines_that_are_printed(
    office: Terminal,
) -> None:
    office.write("own.yaml", OWN)
    office.says("questionnaire", "publish", "own.yaml")
    add = ("wave", "add", CODE, "--questionnaire", "riskmatrix", "--on", "2031-06-05")
    said = office.says(*add)
    assert f"{CODE} RISKMATRIX is added: from Thu 5 June 2031 to Thu 3 July 2031" in said
    assert "RISKMATRIX" in office.says("wave", "list", CODE)
    undo = printed(said)
    dropped = office.says(*undo)
    assert "RISKMATRIX" not in office.says("wave", "list", CODE)
    assert "is added" in office.says(*printed(dropped))


def printed(said: str) -> list[str]:
    """The command that a result says, without its first word."""
    found = re.search(r"`followup (.*)`", said)
    assert found, said
    return found[1].replace('"', "").split()


def test_what_opens_at_once_needs_a_yes(office: Terminal) -> None:
    now = ("wave", "add", CODE, "--questionnaire", "M6", "--on", utc_now().date().isoformat())
    said = office.type(*now)
    assert said.code == 2
    assert "would be added" in said.out
    assert "Nothing was changed. Add --yes to do it." in said.out
    assert "M6-2 is added" in office.says(*now, "--yes")
    assert office.data(*now, "--yes")["known"]
    assert office.data("plan", "list")
    assert "When is it asked?" in office.refuses("wave", "add", CODE, "--questionnaire", "M6")
    wrong = ("wave", "add", CODE, "--questionnaire", "M6", "--after", "soon")
    assert "is not a length of time" in office.refuses(*wrong)
