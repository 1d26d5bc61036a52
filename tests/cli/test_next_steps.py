"""What the office does next, on the command line."""

from tests.cli.conftest import CODE, Terminal


def test_a_step_is_added_worded_released_dropped_and_taken_back(office: Terminal) -> None:
    said = office.says("next-step", "add", CODE, "Hold a webinar.", "--owner", "Organiser")
    assert said.splitlines() == [
        f"own-1 of {CODE}: Hold a webinar. For the office alone.",
        "Undo: `followup next-step undo 1`",
    ]
    office.says("next-step", "change", CODE, "own-1", "--words", "Hold two webinars.")
    assert "Released, without its count" in office.says("next-step", "release", CODE, "own-1")
    assert "For the office alone" in office.says("next-step", "keep", CODE, "own-1")
    said = office.says("next-step", "drop", CODE, "own-1")
    assert "nobody" in office.says("next-step", "list", CODE)
    office.says(*said.splitlines()[1].removeprefix("Undo: `followup ").rstrip("`").split())
    listed = {one["key"]: one["content"] for one in office.data("next-step", "list", CODE)}
    assert listed["own-1"] == {
        "words": "Hold two webinars.",
        "owner": "Organiser",
        "state": "office",
    }
    office.says("next-step", "release", CODE, "help")
    assert office.says("next-step", "list", CODE).splitlines()[-1] == (
        "help no longer applies by rule; still told outside. "
        f"Take back: `followup next-step keep {CODE} help`"
    )
    office.says("next-step", "keep", CODE, "help")
    assert "Take back" not in office.says("next-step", "list", CODE)
    assert "has no step 'own-7'" in office.refuses("next-step", "drop", CODE, "own-7")
