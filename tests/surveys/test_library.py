"""The questionnaires that come with the project: complete, short, plain, and with fixed codes."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import product

import pytest

from surveys.authoring.answering_times import in_minutes, seconds_of
from surveys.authoring.burden import Trial, longest_path
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire, packaged_text
from surveys.authoring.reading import check_questionnaire
from surveys.authoring.uses import filter_columns
from surveys.expressions import compile_expression
from surveys.interview.interview import Answer, AnswerState, Interview, question
from surveys.interview.route import EarlierResponse, find_route, refusal
from surveys.planning.plans_file import packaged_plans
from surveys.questionnaire import Item, Questionnaire

SURVEYS = ("ELEARN", "FORENSICS", "IPR", "NEEDS")
KEYS = tuple(sorted(("END", "M12", "M3", "M6", "NCP12", "PRE", "SUP12", "SUP6", *SURVEYS)))
LONG = {
    "IPR": "One person may need 6:40 minutes for 25 questions",
    "ELEARN": "One person may need 5:35 minutes for 17 questions",
}
"""Surveys of administrations that are long by their nature; what is answered is saved at once."""
FOLLOWING = ("M3", "M6", "M12")
ANCHORS = ("procedure", "training", "unit", "budget", "system", "law")
USE = "not_yet preparing tried regular improved stopped"
ALL_ANCHORS = " ".join((*ANCHORS, "none", "dont_know"))
GOOD_EFFECTS = "faster accurate detections revenue cooperation compliance safety"
EFFECTS = f"{GOOD_EFFECTS} slower unwanted none"
PEOPLE = "p0 p1_5 p6_20 p21_50 p50"
OBSTACLES = "no_opportunity chief legal staff budget it others time moved none"
C1_C4 = "c1 c2 c3 c4"
JOB = "same moved left leave"
SUGGESTION = "none waiting accepted refused"
OTHERS_USE = "nobody few most not_applicable"
QUOTE = "named administration anonymous no"
TAKEN_OVER = "successor colleague nobody dont_know"
PROJECT = "none planned running done"
STAGE = "s0 s1 s2 s3 s4 s5 dont_know"
IN_USE = {
    "use_1": USE,
    "use_2": USE,
    "use_any": USE,
    "stage_now": STAGE,
    "others_use": OTHERS_USE,
}
EFFECT = {
    "effects": EFFECTS,
    "effect_source": "records estimate impression",
    "contribution": "none little some half most cannot_say",
    "without_it": "yes later no cannot_say",
}
MAY_SEE = "no yes"
LEFT = {
    "job": JOB,
    "taken_over": TAKEN_OVER,
    "quote": QUOTE,
    "suggestion": SUGGESTION,
    "may_see": MAY_SEE,
}
STATUS = "proposed drafted approved new changed before dont_know"
SEEN = "not_in_force new changed before in_force dont_know"
# What reports count; a change here breaks answers that are already stored.
CODES: dict[str, dict[str, str]] = {
    "PRE": {
        "attribution": "yes no",
        "may_see": MAY_SEE,
        "stage_now": STAGE,
        "exists_today": ALL_ANCHORS,
        "expected_obstacle": OBSTACLES,
        "elearning": "done in_progress not_started no_access",
    },
    "END": {
        "confidence_now": C1_C4,
        "confidence_before": C1_C4,
        "relevance": C1_C4,
        "by_when": "m1 m3 m6 m12",
        "likelihood": C1_C4,
        "risk": OBSTACLES,
        "supervisor_ok": "yes not_now",
    },
    "M3": {
        **LEFT,
        "use_1": USE,
        "use_2": USE,
        "use_any": USE,
        "actions": "reported briefed trained shared drafted proposed abroad none",
        "people_reached": PEOPLE,
        "obstacles": OBSTACLES,
    },
    "M6": {
        **LEFT,
        **IN_USE,
        **EFFECT,
        "anchors": ALL_ANCHORS,
        **{f"anchor_status_{anchor}": STATUS for anchor in ANCHORS},
        "actions": "reported briefed trained shared drafted proposed abroad none",
        "obstacles": OBSTACLES,
    },
    "M12": {
        **LEFT,
        **IN_USE,
        **EFFECT,
        "still": ALL_ANCHORS,
        "anchors_new": ALL_ANCHORS,
        **{f"new_status_{anchor}": STATUS for anchor in ANCHORS},
        "survived": "chief staff budget system audit none",
        "would_continue": "stops maybe continues",
        "people_taught": PEOPLE,
        "project": PROJECT,
    },
    "SUP6": {
        "knows": "yes heard not_yet",
        "observes": f"{USE} dont_know",
        "others_use": OTHERS_USE,
        "anchors": ALL_ANCHORS,
        **{f"anchor_seen_{anchor}": SEEN for anchor in ANCHORS},
        "effects": EFFECTS,
        "obstacles": OBSTACLES,
    },
    "NCP12": {
        **{f"seen_{anchor}": SEEN for anchor in ANCHORS},
        "fits": "national donors both no dont_know",
        "obstacles": OBSTACLES,
        "permission": "yes no",
    },
}
CODES["SUP12"] = CODES["SUP6"]
# The longest way: its questions, and how long they take.
MOST = {
    "PRE": (12, "2:50"),
    "END": (12, "3:00"),
    "M3": (10, "2:30"),
    "M6": (21, "4:25"),
    "M12": (22, "4:45"),
    "SUP6": (10, "1:55"),
    "SUP12": (10, "1:55"),
    "NCP12": (13, "3:35"),
    "ELEARN": (17, "5:35"),
    "FORENSICS": (15, "4:05"),
    "IPR": (25, "6:40"),
    "NEEDS": (5, "1:55"),
}


def expressions(questionnaire: Questionnaire) -> Iterator[str]:
    for item in questionnaire.items:
        yield from filter(
            None, (item.relevant, item.constraint, item.calculation, item.choice_filter)
        )


def effort(key: str, way: tuple[str, ...]) -> tuple[int, str]:
    """The questions of a way, and how long they take."""
    return len(way), in_minutes(seconds_of(packaged_questionnaire(key), way))


def walk(
    key: str, facts: Mapping[tuple[str, str], str] | None = None, **values: str
) -> tuple[str, ...]:
    return Trial(packaged_questionnaire(key), values, facts or {}).asked


def test_all_questionnaires_of_the_plans_are_there() -> None:
    assert packaged_keys() == KEYS
    asked = {wave.questionnaire for plan in packaged_plans().values() for wave in plan.waves}
    assert asked == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_it_reads_without_an_error_or_a_warning(key: str) -> None:
    questionnaire, problems = check_questionnaire(packaged_text(key), f"{key}.yaml")
    told = [problem.message for problem in problems if key not in LONG]
    assert told == []
    assert all(LONG[key] in problem.message for problem in problems)
    assert questionnaire is not None
    assert questionnaire.key == key


@pytest.mark.parametrize(
    ("key", "name", "codes"),
    [(key, name, codes) for key, items in CODES.items() for name, codes in items.items()],
)
def test_the_codes_that_reports_count_are_there(key: str, name: str, codes: str) -> None:
    questionnaire = packaged_questionnaire(key)
    options = questionnaire.options(questionnaire.by_name[name])
    assert sorted(option.name for option in options) == sorted(codes.split())


@pytest.mark.parametrize("key", KEYS)
def test_the_longest_way_is_as_short_as_promised(key: str) -> None:
    assert effort(key, longest_path(packaged_questionnaire(key))) == MOST[key]


def test_no_way_through_m6_takes_longer_than_the_longest_one_found() -> None:
    changes = ("", "none", "train_colleagues", "train_colleagues use_method")
    suggestions = (None, "", "none", "waiting")
    ticks = ("", "none", *(" ".join(ANCHORS[:count]) for count in range(1, 7)))
    efforts = set()
    for planned, suggested, job, ticked, status in product(
        changes, suggestions, ("", "left"), ticks, ("", "proposed", "new")
    ):
        facts = {("END", "changes"): planned}
        if suggested is not None:
            facts |= {("M3", "answered_on"): "2018-03-09", ("M3", "suggestion"): suggested}
        statuses = {f"anchor_status_{anchor}": status for anchor in ANCHORS}
        way = walk("M6", facts, **statuses, job=job, anchors=ticked, effects="faster slower")
        efforts.add(effort("M6", way))
    assert max(efforts) == MOST["M6"]
    assert max(time for _, time in efforts) == "4:25"


def test_no_way_through_m12_takes_longer_than_the_longest_one_found() -> None:
    efforts = set()
    for claimed, ticked, status, then, project, answered in product(
        range(4),
        range(4),
        ("proposed", "new"),
        ("before", "new"),
        ("none", "done"),
        ("", "yes"),
    ):
        facts = {
            ("END", "changes"): "train_colleagues use_method",
            ("M6", "without_it"): answered,
        }
        facts |= {("M6", f"anchor_status_{name}"): then for name in ANCHORS[:claimed]}
        new = ANCHORS[claimed:][:ticked]
        statuses = {f"new_status_{name}": status for name in new}
        given = {"use_1": "regular", "effects": "faster slower", "project": project}
        way = walk("M12", facts, anchors_new=" ".join(new), **statuses, **given)
        efforts.add(effort("M12", way))
    assert max(efforts) == MOST["M12"]
    assert max(time for _, time in efforts) == "4:45"


@pytest.mark.parametrize("key", FOLLOWING)
@pytest.mark.parametrize("answered", ["", "2018-03-09"])
def test_who_left_customs_is_asked_four_questions_more_and_nothing_else(
    key: str, answered: str
) -> None:
    facts = {
        ("END", "changes"): "train_colleagues",
        ("M3", "answered_on"): answered,
        ("M6", "anchor_status_procedure"): "new",
    }
    assert walk(key, facts, job="left") == ("job", "taken_over", "stays", "quote", "may_see")


def test_whether_the_own_administration_may_see_is_asked_after_whether_it_may_be_named() -> None:
    assert walk("PRE")[:2] == ("attribution", "may_see")


@pytest.mark.parametrize("key", FOLLOWING)
@pytest.mark.parametrize("job", ["", "same", "moved", "leave", "left"])
@pytest.mark.parametrize("answered", ["", "2018-03-09"])
def test_whether_the_own_administration_may_see_is_asked_last_of_everybody(
    key: str, job: str, answered: str
) -> None:
    assert walk(key, {("M3", "answered_on"): answered}, job=job)[-1] == "may_see"


@pytest.mark.parametrize("key", ["PRE", *FOLLOWING])
def test_no_stands_first_where_silence_means_no(key: str) -> None:
    assert [option.name for option in packaged_questionnaire(key).choices["may_see"]] == [
        "no",
        "yes",
    ]


@pytest.mark.parametrize("key", FOLLOWING)
def test_changes_are_asked_about_only_where_they_were_planned(key: str) -> None:
    def asked(changes: str) -> set[str]:
        return {"use_1", "use_2", "use_any"} & set(walk(key, {("END", "changes"): changes}))

    assert asked("train_colleagues use_method") == {"use_1", "use_2"}
    assert asked("train_colleagues") == {"use_1"}
    assert asked("none") == asked("") == {"use_any"}


def test_questions_of_three_months_replace_the_last_two_where_they_were_not_answered() -> None:
    some = {"actions", "suggestion", "obstacles", "quote"}
    answered = {("M3", "answered_on"): "2018-03-09", ("M3", "suggestion"): "accepted"}
    assert some & set(walk("M6")) == {"actions", "suggestion"}
    assert some & set(walk("M6", answered)) == {"obstacles", "quote"}


def test_a_suggestion_that_waits_is_asked_about_again_in_the_next_wave() -> None:
    waiting = {("M3", "answered_on"): "2018-03-09", ("M3", "suggestion"): "waiting"}
    assert "suggestion" in walk("M6", waiting)
    assert "suggestion" in walk("M12", waiting)
    assert "suggestion" not in walk("M12", {**waiting, ("M6", "suggestion"): "accepted"})


def titles(way: tuple[str, ...]) -> list[str]:
    return [name.removeprefix("title_") for name in way if name.startswith("title_")]


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ({"law": "new", "unit": "changed"}, ["unit", "law"]),
        ({"law": "new"}, ["law"]),
        ({"procedure": "before", "training": "approved", "budget": "dont_know"}, []),
        ({"system": "new", "procedure": "before", "training": "changed"}, ["training", "system"]),
        (dict.fromkeys(ANCHORS, "new"), ["procedure", "training"]),
    ],
)
def test_a_title_is_asked_for_the_first_two_that_are_new_or_changed(
    told: dict[str, str], asked: list[str]
) -> None:
    statuses = {f"anchor_status_{name}": status for name, status in told.items()}
    way = walk("M6", None, anchors=" ".join(told), **statuses)
    assert titles(way) == asked
    assert ("without_it" in way) == bool(asked)


def test_the_question_for_a_title_names_its_kind() -> None:
    given = {"job": "same", "anchors": "law", "anchor_status_law": "new"}
    shown = question(interviewed("M6", given), "title_law")
    assert shown is not None
    assert shown.text.startswith("Law or regulation: what is its title or number?")


def test_six_months_ask_how_far_each_ticked_kind_is() -> None:
    asked = [name for name in walk("M6", anchors=" ".join(ANCHORS)) if "status" in name]
    assert asked == [f"anchor_status_{name}" for name in ANCHORS]


def test_supervisors_are_asked_how_far_the_first_four_kinds_are() -> None:
    asked = [name for name in walk("SUP12", anchors=" ".join(ANCHORS[1:])) if "seen" in name]
    assert asked == [f"anchor_seen_{name}" for name in ANCHORS[1:5]]


def test_contact_points_are_asked_about_every_kind_and_for_references_of_what_is_in_force() -> (
    None
):
    assert walk("NCP12")[:6] == tuple(f"seen_{name}" for name in ANCHORS)
    for status, referred in (("not_in_force", False), ("before", True), ("in_force", True)):
        assert ("references" in walk("NCP12", seen_law=status)) == referred


def test_a_year_asks_for_one_title_that_was_not_given_at_six_months() -> None:
    then = {
        ("M6", "anchor_status_procedure"): "new",
        ("M6", "anchor_status_training"): "changed",
        ("M6", "anchor_status_unit"): "before",
        ("M6", "title_procedure"): "SOP 12",
    }
    assert titles(walk("M12", then, still="procedure training unit")) == ["training"]
    assert titles(walk("M12", then, still="procedure unit")) == []
    new = {"anchors_new": "system", "new_status_system": "new"}
    assert titles(walk("M12", then, still="procedure unit", **new)) == ["system"]


def test_a_year_asks_what_would_exist_without_it_where_six_months_did_not() -> None:
    then = {("M6", "anchor_status_unit"): "new"}
    assert "without_it" in walk("M12", then, still="unit")
    assert "without_it" not in walk("M12", {**then, ("M6", "without_it"): "no"}, still="unit")
    assert "without_it" not in walk("M12", then, still="none")


@pytest.mark.parametrize("key", ["M6", "M12"])
@pytest.mark.parametrize(
    ("effects", "asked"),
    [
        ("none", set()),
        ("slower", {"effect_source"}),
        ("unwanted", {"effect_source"}),
        *((good, {"effect_source", "contribution"}) for good in GOOD_EFFECTS.split()),
    ],
)
def test_the_share_of_the_workshop_is_asked_of_good_effects_only(
    key: str, effects: str, asked: set[str]
) -> None:
    assert {"effect_source", "contribution"} & set(walk(key, effects=effects)) == asked


@pytest.mark.parametrize(
    ("effects", "project", "asked"),
    [
        ("slower", "none", True),
        ("faster unwanted", "", True),
        ("unwanted", "running", False),
        ("faster", "none", False),
    ],
)
def test_what_was_not_wanted_is_asked_in_words_where_no_project_was_named(
    effects: str, project: str, asked: bool
) -> None:
    assert ("unwanted_text" in walk("M12", effects=effects, project=project)) == asked


def test_the_stage_is_asked_in_the_same_words_before_and_after_the_workshop() -> None:
    asked = [packaged_questionnaire(key).by_name["stage_now"] for key in ("PRE", "M6", "M12")]
    assert len({(str(one.label), str(one.hint), one.list_name) for one in asked}) == 1


def interviewed(
    key: str, values: Mapping[str, str], earlier: Mapping[str, EarlierResponse] | None = None
) -> Interview:
    now = datetime(2018, 6, 8, 10, tzinfo=UTC)
    answers = {
        name: Answer(name, value, AnswerState.ANSWERED, "en", now)
        for name, value in values.items()
        if value
    }
    facts = {("workshop", "ended_month"): "December 2017", ("workshop", "title"): "IPR, Suva"}
    return Interview(packaged_questionnaire(key), now, "en", answers, earlier or {}, facts)


@pytest.mark.parametrize(
    ("changes", "words", "quoted"),
    [
        ("train_colleagues", "", "Train colleagues"),
        ("other", "use a risk profile for parcels", "use a risk profile for parcels"),
    ],
)
def test_the_plan_is_quoted_in_the_words_of_the_person(
    changes: str, words: str, quoted: str
) -> None:
    planned = {"changes": changes, "changes_other": words}
    end = EarlierResponse(packaged_questionnaire("END"), planned, date(2017, 12, 8))
    shown = question(interviewed("M6", {"job": "same"}, {"END": end}))
    assert shown is not None
    assert shown.item == "use_1"
    assert shown.text == f"In December 2017 you planned: “{quoted}”. How far is this today?"


@pytest.mark.parametrize("status", ["new", "changed", "before", "in_force"])
def test_anchors_in_force_at_six_months_are_confirmed_and_not_offered_as_new(status: str) -> None:
    six = {"anchors": "procedure unit", "anchor_status_procedure": status}
    earlier = EarlierResponse(packaged_questionnaire("M6"), six, date(2018, 6, 8))
    interview = interviewed("M12", {"job": "same"}, {"M6": earlier})
    still = question(interview, "still")
    assert still is not None
    assert [choice.code for choice in still.choices] == ["procedure", "none", "dont_know"]
    new = question(interview, "anchors_new")
    assert new is not None
    codes = [choice.code for choice in new.choices]
    assert codes == ["training", "unit", "budget", "system", "law", "none", "dont_know"]


def test_the_number_trained_cannot_be_smaller_than_those_who_still_work_on_it() -> None:
    questionnaire = packaged_questionnaire("NCP12")
    assert refused(questionnaire, "trained_all", "4", trained_still="5")
    assert not refused(questionnaire, "trained_all", "5", trained_still="5")
    assert not refused(questionnaire, "trained_all", "4")


def refused(questionnaire: Questionnaire, name: str, value: str, **given: str) -> bool:
    trial = Trial(questionnaire, given)
    return bool(refusal(trial, find_route(trial), questionnaire.by_name[name], value))


@pytest.mark.parametrize("key", KEYS)
def test_earlier_answers_that_are_looked_up_exist(key: str) -> None:
    questionnaire = packaged_questionnaire(key)
    columns = filter_columns([o for options in questionnaire.choices.values() for o in options])
    for text in expressions(questionnaire):
        for source, name in compile_expression(text, columns=columns).pulls:
            if source == source.upper() and name != "answered_on":
                assert name in packaged_questionnaire(source).by_name, (source, name)
        for source, name in re.findall(r"jr:choice-name\([^']*'(\w+)\.(\w+)'\)", text):
            assert packaged_questionnaire(source).by_name[name].list_name


def texts(item: Item, questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    for spoken in (item.label, item.hint, item.heading, item.constraint_message):
        yield from spoken.items()
    for option in questionnaire.options(item):
        yield from option.label.items()


@pytest.mark.parametrize("key", KEYS)
def test_the_english_is_plain_and_polite(key: str) -> None:
    questionnaire = packaged_questionnaire(key)
    for item in questionnaire.items:
        for language, text in texts(item, questionnaire):
            small = text.casefold()
            assert not re.search(r"(dis|\b)agree\b", small)
            assert "neither" not in small
            assert "!" not in text.replace("CLiKC!", "")  # the name of the platform
            assert "survey" not in small
            assert len(text) <= 200, text
            # Vietnamese sets spaces between syllables.
            most = 30 if language == "vi" else 22
            assert max(len(part.split()) for part in re.split(r"[.?:]", text)) <= most, text
        assert all(len(o.label["en"]) <= 45 for o in questionnaire.options(item))


@pytest.mark.parametrize("key", KEYS)
def test_whoever_may_write_freely_is_asked_for_no_details_of_cases(key: str) -> None:
    for item in packaged_questionnaire(key).items:
        if item.type == "text":
            assert re.search(
                r"(no|without|not write) details (of|about) cases or (persons|people)",
                item.label["en"],
            ), item.name


@pytest.mark.parametrize("key", KEYS)
def test_rating_scales_have_four_points_and_no_middle(key: str) -> None:
    for options in packaged_questionnaire(key).choices.values():
        codes = {option.name for option in options}
        if "c1" in codes:
            assert codes == set(C1_C4.split())


@pytest.mark.parametrize("key", KEYS)
def test_nothing_has_to_be_answered_before_going_on(key: str) -> None:
    assert not any(item.required for item in packaged_questionnaire(key).items)
