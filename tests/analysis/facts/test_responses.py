"""Which of several responses count: the contact points of an administration hold one seat."""

from analysis.facts.responses import last_of_each
from tests.analysis.builder import CUT_OFF, Story


def test_the_contact_point_who_answers_last_replaces_the_one_before() -> None:
    story = Story().workshop("TFA")
    first = story.answers(story.person("TFA", "FJ", "contact_point"), "NCP12", obstacles="time")
    story.answers(story.person("TFA", "FJ", "contact_point"), "NCP12", obstacles="staff")
    story.changes(first, "obstacles", "legal", CUT_OFF)
    assert [one.values["obstacles"] for one in last_of_each(story.responses())] == ["legal"]


def test_each_wave_and_each_workshop_has_its_own_seat() -> None:
    story = Story().workshop("TFA").workshop("RM")
    who = story.person("TFA", "FJ", "contact_point")
    for wave in ("NEEDS", "NCP12"):
        story.answers(who, wave, attribution="yes")
    story.answers(story.person("RM", "FJ", "contact_point"), "NCP12", obstacles="time")
    assert len(last_of_each(story.responses())) == 3


def test_a_report_counts_no_contact_point_beside_another_of_its_administration() -> None:
    story = Story().workshop("TFA")
    for place in ("AU", "BD", "BN", "BT", "CN", "AU", "BD"):
        who = story.person("TFA", place, "contact_point")
        story.answers(who, "NCP12", obstacles="staff")
    found = story.reading("TFA").tally("obstacles", "NCP12", role="contact_point")
    assert (found.base, found.people("staff")) == (5, 5)
