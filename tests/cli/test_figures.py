"""`followup figures`: what became of workshops by delegation, for the office."""

from tests.cli.conftest import CODE, Terminal
from tests.cli.test_anchors import stored, told_anew


def test_the_figures_are_printed_with_their_bounds_and_noted(office: Terminal) -> None:
    stored(office, told_anew)
    said = office.says("figures", CODE, "--months", "6").splitlines()
    assert said[0] == "CONFIDENTIAL: for the office, with counts under five."
    assert "attendances of 1 workshop, 6 months after" in said[1]
    rows = {line[:14].strip(): line.split() for line in said if line}
    assert rows["embedded"][1] == "1"
    assert "The bounds cover silence, not wrong answers." in "\n".join(said)
    found = office.data("figures", CODE, "--months", "6")
    assert [one["figure"] for one in found["figures"]][-1] == "embedded"
    assert f"{CODE}: figures after 6 months" in office.says("audit")


def test_other_moments_and_unknown_workshops_are_refused(office: Terminal) -> None:
    assert "6 or 12" in office.refuses("figures", CODE, "--months", "9")
    assert "NONE" in office.refuses("figures", "NONE")
