"""Change-sets of people and values of administrations, from stored answers."""

from datetime import date

from analysis.measures.administration_stages import AdministrationStage, administrations_at
from analysis.measures.anchors import kind_of
from analysis.measures.institutionalisation import ChangeSet, anchors_in_force, pipeline
from analysis.measures.ladder import Grade
from tests.analysis.builder import OPENS, Story


def story() -> Story:
    return Story().workshop("TFA")


def at(told: Story, wave: str) -> list[ChangeSet]:
    return [one for one in told.change_sets() if one.wave == wave]


def value(told: Story, wave: str = "M6", place: str = "FJ") -> AdministrationStage:
    return administrations_at(at(told, wave))[place]


def stage(one: ChangeSet) -> int | None:
    return one.rung.stage if one.rung else None


SOP = {
    "job": "same",
    "use_1": "regular",
    "anchors": "procedure",
    "anchor_status_procedure": "in_force",
}


def test_the_best_of_the_planned_changes_is_the_use() -> None:
    told = story()
    told.answers(told.person("TFA", "FJ"), "M3", use_1="not_yet", use_2="tried")
    assert [stage(one) for one in at(told, "M3")] == [1]


def test_rule_4_only_anchors_in_force_score_and_the_rest_is_pipeline() -> None:
    told = story()
    ada = told.person("TFA", "FJ")
    told.answers(
        ada,
        "M6",
        use_1="tried",
        anchors="procedure training",
        anchor_status_procedure="proposed",
        anchor_status_training="drafted",
    )
    sets = at(told, "M6")
    assert anchors_in_force(sets) == {}
    assert pipeline(sets) == {("FJ", "rule"): "proposed", ("FJ", "training"): "drafted"}
    assert stage(sets[0]) == 3  # a draft under approval


def test_a_law_alone_does_not_score_and_with_a_procedure_it_is_one_rule() -> None:
    told = story()
    alone = {"anchors": "law", "anchor_status_law": "in_force"}
    both = {
        "anchors": "law procedure",
        "anchor_status_law": "in_force",
        "anchor_status_procedure": "in_force",
    }
    told.answers(told.person("TFA", "FJ"), "M6", use_1="regular", **alone)
    told.answers(told.person("TFA", "WS"), "M6", use_1="regular", **both)
    law, rule = at(told, "M6")
    assert (stage(law), law.law_alone, law.anchors) == (1, True, ())
    assert rule.rung is not None
    assert (rule.rung.points, rule.anchors) == (68, (("rule", Grade.CLAIMED),))
    assert kind_of("law") == kind_of("procedure") == "rule"


def test_rule_5_a_proof_describes_the_first_anchor_in_force_only() -> None:
    told = story()
    told.answers(
        told.person("TFA", "FJ"),
        "M6",
        use_1="regular",
        anchors="system training procedure",
        anchor_status_system="in_force",
        anchor_status_training="in_force",
        anchor_status_procedure="drafted",
        proof="Course 7, 2018",
    )
    assert at(told, "M6")[0].anchors == (("training", Grade.DESCRIBED), ("system", Grade.CLAIMED))


def test_rule_5_a_supervisor_verifies_only_in_the_same_administration_and_workshop() -> None:
    told = story()
    told.workshop("AEO")
    told.answers(told.person("TFA", "FJ"), "M6", **SOP)
    told.answers(told.person("TFA", "WS"), "M6", **SOP)
    told.answers(told.person("TFA", "FJ", "supervisor"), "SUP6", anchors="procedure")
    told.answers(told.person("AEO", "WS", "supervisor"), "SUP6", anchors="procedure")
    grades = anchors_in_force(at(told, "M6"))
    assert grades == {("FJ", "rule"): Grade.VERIFIED, ("WS", "rule"): Grade.CLAIMED}


def test_rule_5_nobody_verifies_their_own_claim() -> None:
    told = story()
    ada = told.person("TFA", "FJ")
    told.answers(ada, "M6", **SOP)
    told.answers(told.person("TFA", "FJ", "supervisor", same_as=ada), "SUP6", anchors="procedure")
    assert value(told).grade is Grade.CLAIMED


def test_rule_5_a_contact_point_verifies_what_is_still_in_force_after_a_year() -> None:
    told = story()
    ada = told.person("TFA", "FJ")
    told.answers(ada, "M6", **SOP)
    told.answers(ada, "M12", job="same", use_1="regular", still="procedure")
    told.answers(told.person("TFA", "FJ", "contact_point"), "NCP12", in_force="procedure")
    assert value(told, "M6").grade is Grade.CLAIMED
    assert value(told, "M12").grade is Grade.VERIFIED


def test_an_anchor_that_ended_no_longer_scores_and_dont_know_is_not_a_no() -> None:
    told = story()
    for place, still in (("FJ", "none"), ("WS", "dont_know")):
        person = told.person("TFA", place)
        told.answers(person, "M6", **SOP)
        told.answers(person, "M12", job="same", use_1="regular", still=still)
    new = told.person("TFA", "TO")
    told.answers(new, "M6", **SOP)
    told.answers(
        new,
        "M12",
        job="same",
        use_1="regular",
        anchors_new="unit",
        new_status_unit="in_force",
        proof="Unit B, 2018",
    )
    ended, unsure, more = at(told, "M12")
    assert (stage(ended), stage(unsure), stage(more)) == (1, 1, 5)
    assert more.anchors == (("rule", Grade.CLAIMED), ("unit", Grade.DESCRIBED))


def test_deeds_of_an_earlier_wave_still_count_later() -> None:
    told = story()
    ada = told.person("TFA", "FJ")
    told.answers(ada, "M3", use_1="tried", actions="briefed", suggestion="waiting")
    told.answers(
        ada, "M6", use_1="regular", others_use="nobody", anchors="none", suggestion="accepted"
    )
    assert [stage(one) for one in told.change_sets()] == [2, 3]


def test_rule_6_the_best_verified_change_is_the_value_of_the_administration() -> None:
    told = story()
    told.answers(told.person("TFA", "FJ"), "M6", **SOP)
    told.answers(told.person("TFA", "FJ"), "M6", use_1="not_yet", anchors="none")
    told.answers(told.person("TFA", "FJ", "supervisor"), "SUP6", anchors="procedure")
    known = value(told)
    assert (known.stage, known.grade, known.people) == (5, Grade.VERIFIED, (0, 5))
    assert not known.disputed


def test_rule_6_two_who_disagree_without_verification_give_the_lower_and_show_both() -> None:
    told = story()
    told.answers(told.person("TFA", "FJ"), "M6", **SOP, proof="Order 12")
    told.answers(told.person("TFA", "FJ"), "M6", use_1="tried", anchors="none")
    known = value(told)
    assert (known.stage, known.people, known.disputed) == (1, (1, 5), True)


def test_rule_6_a_described_change_of_a_person_goes_before_a_higher_claim() -> None:
    told = story()
    told.workshop("AEO")
    ada = told.person("TFA", "FJ")
    again = told.person("AEO", "FJ", same_as=ada)
    told.answers(ada, "M6", **SOP, proof="Order 12")
    told.answers(again, "M6", use_1="regular", others_use="most")
    assert (value(told).stage, value(told).people) == (5, (5,))


def test_rule_7_people_without_a_known_stage_do_not_lower_it() -> None:
    told = story()
    told.answers(told.person("TFA", "FJ"), "M6", **SOP)
    told.answers(told.person("TFA", "FJ"), "M6", job="same", skipped="use_1")
    told.answers(told.person("TFA", "WS"), "M6", job="same", skipped="use_1")
    assert value(told).stage == 5
    assert "WS" not in administrations_at(at(told, "M6"))


def test_rule_8_people_who_moved_keep_their_last_known_stage_with_its_date() -> None:
    told = story()
    ada, ben = told.person("TFA", "FJ"), told.person("TFA", "WS")
    told.answers(ada, "M3", job="same", use_1="regular", actions="trained")
    told.answers(ada, "M6", job="left", taken_over="successor", stays="procedure")
    told.answers(ben, "M6", job="left", taken_over="nobody")
    moved, left = at(told, "M6")
    assert (stage(moved), moved.moved) == (2, True)
    assert moved.known_at.date() == date(2018, 2, 12)
    assert moved.known_at.date() < OPENS["M6"]
    assert stage(left) is None


def test_before_the_workshop_dont_know_is_missing() -> None:
    told = story()
    told.answers(told.person("TFA", "FJ"), "PRE", stage_now="s2")
    told.answers(told.person("TFA", "WS"), "PRE", stage_now="dont_know")
    assert [stage(one) for one in at(told, "PRE")] == [2, None]
