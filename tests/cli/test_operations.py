"""Keeping it running: who to call, how it is, copies and the way back."""

from tests.cli.conftest import CODE, Terminal


def test_people_whom_no_message_reaches_are_a_list_to_call(office: Terminal) -> None:
    said = office.says("participants", "list", "--unreachable")
    assert said == "Everybody who is asked something can be reached.\n"
    office.says("wave", "open", CODE, "M6")
    calls = office.data("participants", "list", "--unreachable", CODE)
    assert [(one["name"], one["reason"], one["open"]) for one in calls] == [
        (name, "has not joined yet", ["M6"]) for name in ("Ada Vea", "Ben Qalo", "Chi Lan")
    ]
    said = office.says("participants", "list", "--unreachable")
    assert "followup participants codes" in said
    assert "Tonga" in said
    assert "followup workshop list" in office.refuses("participants", "list")
