"""Plans written as YAML: when waves open, whom they ask, and what is refused."""

from datetime import date

import pytest

from surveys.people import Role
from surveys.planning.plan import LateRule, Offset
from surveys.planning.plans_file import packaged_plans, read_plan
from surveys.problems import BadInput
from surveys.workshop import Workshop

SUVA = Workshop(
    "IPR-SUVA", "IPR", "sub-regional", date(2017, 12, 4), date(2017, 12, 8), "Suva", "FJ"
)


def test_the_standard_plan_follows_a_workshop_for_a_year() -> None:
    days = {
        wave.key: (wave.opens_on, wave.closes_on)
        for wave in packaged_plans()["standard"].dated(SUVA)
    }
    assert days == {
        "PRE": (date(2017, 11, 13), date(2017, 11, 29)),
        "END": (date(2017, 12, 8), date(2017, 12, 15)),
        "M3": (date(2018, 3, 8), date(2018, 4, 5)),
        "M6": (date(2018, 6, 8), date(2018, 7, 6)),
        "SUP6": (date(2018, 6, 8), date(2018, 7, 6)),
        "M12": (date(2018, 12, 8), date(2019, 1, 5)),
        "SUP12": (date(2018, 12, 8), date(2019, 1, 5)),
        "NCP12": (date(2018, 12, 8), date(2019, 1, 5)),
    }


def test_the_standard_plan_asks_the_right_people_and_reminds_them_three_times() -> None:
    plan = packaged_plans()["standard"]
    roles = {wave.key: wave.role for wave in plan.waves}
    assert roles["SUP6"] is roles["SUP12"] is Role.SUPERVISOR
    assert roles["NCP12"] is Role.CONTACT_POINT
    assert {wave.protocol.reminders for wave in plan.waves} == {(4, 9, 16)}
    assert {wave.late for wave in plan.waves} == {LateRule.SEND_NOW}


def test_a_national_workshop_is_not_asked_after_three_months() -> None:
    standard, national = (packaged_plans()[key] for key in ("standard", "national"))
    assert national.waves == tuple(wave for wave in standard.waves if wave.key != "M3")


@pytest.mark.parametrize(
    ("written", "offset"),
    [
        ("start - 21 days", Offset("start", -21, "days")),
        ("end", Offset("end", 0, "days")),
        ("end + 1 month", Offset("end", 1, "months")),
        ("end+2 weeks", Offset("end", 2, "weeks")),
    ],
)
def test_offsets_are_written_as_people_say_them(written: str, offset: Offset) -> None:
    plan = read_plan(f"key: own\nwaves:\n  - {{key: W, opens: {written}, open_days: 5}}\n", "own")
    assert plan.waves[0].opens == offset
    assert plan.waves[0].questionnaire == "W"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("key: own\n", "line 1", "no waves"),
        ("key: Own\nextends: standard\n", "line 1, key", "key of a plan"),
        ("key: own\nextends: national\n", "line 2, extends", "packaged plan"),
        ("key: own\nextends: ../x\n", "line 2, extends", "packaged plan"),
        ("key: own\nextends: standard\nwithout: [M4]\n", "line 3, without[1]", "not a wave"),
        ("key: own\nwaves:\n  - {key: W, opens: end}\n", "line 3, waves[1]", "How long"),
        (
            "key: own\nwaves:\n  - {key: W, opens: soon, open_days: 5}\n",
            "line 3, waves[1].opens",
            "not a day",
        ),
        (
            "key: own\nwaves:\n  - {key: W, opens: end, open_days: 5, role: boss}\n",
            "line 3, waves[1].role",
            "not known",
        ),
        (
            "key: own\nextends: standard\nwaves:\n  - {key: M6, opens: end, open_days: 5}\n",
            "line 3, waves",
            "two waves",
        ),
        (
            "key: own\nextends: standard\nprotocol: {reminders: [9, 4]}\n",
            "line 3, protocol.reminders",
            "cannot be used",
        ),
        ("key: [", "line 1, column 7", "not YAML"),
    ],
)
def test_a_plan_that_cannot_be_followed_is_refused_with_its_line(
    text: str, place: str, words: str
) -> None:
    with pytest.raises(BadInput) as refused:
        read_plan(text, "own.yaml")
    problems = refused.value.problems
    assert any(p.place == place and words in p.message for p in problems), list(map(str, problems))


@pytest.mark.parametrize("value", ["true", "false"])
def test_c10_no_plan_can_switch_anonymity_on_or_off(value: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_plan(f"key: own\nextends: standard\nanonymous: {value}\n", "own.yaml")
    assert "line 3" in str(refused.value)
    assert "anonymous" in str(refused.value)
