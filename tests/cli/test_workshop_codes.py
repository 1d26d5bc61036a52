"""Codes of workshops as people type them: in any case, by a former code, with a slip."""

import re

from tests.cli.conftest import CODE, Terminal


def test_case_does_not_matter_in_any_command(office: Terminal) -> None:
    typed = CODE.lower()
    assert office.says("wave", "list", typed) == office.says("wave", "list", CODE)
    assert office.says("participants", "list", typed) == office.says("participants", "list", CODE)
    assert office.says("report", typed) == office.says("report", CODE)
    assert CODE in office.says("workshop", "cancel", typed)


def test_an_unknown_code_is_answered_with_the_nearest(office: Terminal) -> None:
    said = office.refuses("workshop", "show", CODE.replace("IPR", "IRP"))
    assert f"Did you mean '{CODE}'?" in said


def test_a_workshop_is_renamed_and_back_by_the_printed_line(office: Terminal) -> None:
    said = office.says("workshop", "rename", CODE, "IPR-FJ")
    assert f"{CODE} is now IPR-FJ." in said
    assert f"Undo: `followup workshop rename IPR-FJ {CODE}`" in said
    assert len(office.data("participants", "list", CODE)) == 3
    office.says("workshop", "rename", "ipr-fj", CODE)
    assert CODE in office.says("workshop", "list")


def test_a_list_is_searched_and_says_what_it_leaves_out(office: Terminal) -> None:
    assert "past" in office.says("workshop", "list")
    office.says("workshop", "cancel", CODE)
    lines = office.says("workshop", "list", "--all").splitlines()
    assert lines[-1].startswith("cancelled")
    found = office.says("workshop", "list", "--search", "suva").splitlines()
    assert CODE in found[-1]
    assert office.says("workshop", "list", "--search", "nowhere") == "No workshop matches.\n"


def as_planned(office: Terminal) -> dict[str, object]:
    """Return what is known of a workshop, without when its days were given."""
    shown = office.data("workshop", "show", CODE)["workshop"]
    return {name: value for name, value in shown.items() if name != "planned_since"}


def test_what_is_changed_about_a_workshop_is_put_back_by_the_printed_lines(
    office: Terminal,
) -> None:
    before = as_planned(office)
    for act in (
        ("unconfirm", CODE),
        ("move", CODE, "--ends", "2031-05-09"),
        ("cancel", CODE),
    ):
        said = office.says("workshop", *act)
        assert as_planned(office) != before
        undo = re.search(r"`followup (workshop .*?)`", said)
        assert undo, said
        office.says(*undo[1].split())
        assert as_planned(office) == before
