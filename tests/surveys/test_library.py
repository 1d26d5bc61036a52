"""The questionnaires that come with the project: complete, short, plain, and with fixed codes."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import product

import pytest

from surveys.authoring.burden import Trial, longest_path
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire, packaged_text
from surveys.authoring.reading import check_questionnaire
from surveys.authoring.uses import filter_columns
from surveys.expressions import compile_expression
from surveys.interview.interview import Answer, AnswerState, Interview, question
from surveys.interview.route import EarlierResponse, find_route, refusal
from surveys.items import BY_NAME
from surveys.items.base import Shape
from surveys.planning.plans_file import packaged_plans
from surveys.questionnaire import Item, Questionnaire

SURVEYS = ("ELEARN", "FORENSICS", "IPR", "NEEDS")
KEYS = tuple(sorted(("END", "M12", "M3", "M6", "NCP12", "PRE", "SUP12", "SUP6", *SURVEYS)))
LONG = {"IPR": "Up to 25 questions are asked of one person"}
"""The self-assessment has 17 questions by its nature; what is answered is saved at once."""
FOLLOWING = ("M3", "M6", "M12")
ANCHORS = ("procedure", "training", "unit", "budget", "system", "law")
USE = "not_yet preparing tried regular improved stopped"
ALL_ANCHORS = " ".join((*ANCHORS, "none", "dont_know"))
EFFECTS = "faster accurate detections revenue cooperation compliance safety none"
PEOPLE = "p0 p1_5 p6_20 p21_50 p50"
OBSTACLES = "no_opportunity chief legal staff budget it others time moved none"
C1_C4 = "c1 c2 c3 c4"
JOB = "same moved left leave"
SUGGESTION = "none waiting accepted refused"
OTHERS_USE = "nobody few most not_applicable"
QUOTE = "named administration anonymous no"
TAKEN_OVER = "successor colleague nobody dont_know"
PROJECT = "none planned running done"
IN_USE = {"use_1": USE, "use_2": USE, "use_any": USE, "others_use": OTHERS_USE}
EFFECT = {
    "effects": EFFECTS,
    "effect_source": "records estimate impression",
    "contribution": "little some half most",
}
MAY_SEE = "no yes"
LEFT = {
    "job": JOB,
    "taken_over": TAKEN_OVER,
    "quote": QUOTE,
    "suggestion": SUGGESTION,
    "may_see": MAY_SEE,
}
STATUS = "proposed drafted approved in_force"
# What reports count; a change here breaks answers that are already stored.
CODES: dict[str, dict[str, str]] = {
    "PRE": {
        "attribution": "yes no",
        "may_see": MAY_SEE,
        "stage_now": "s0 s1 s2 s3 s4 s5 dont_know",
        "exists_today": "procedure training unit budget system none dont_know",
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
        "project": PROJECT,
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
        "effects": EFFECTS,
        "obstacles": OBSTACLES,
    },
    "NCP12": {
        "in_force": ALL_ANCHORS,
        "obstacles": OBSTACLES,
        "permission": "yes no",
    },
}
CODES["SUP12"] = CODES["SUP6"]
# Taps and open texts on the longest way; a text for "other" is one of the texts.
MOST = {
    "PRE": (10, 2),
    "END": (10, 2),
    "M3": (9, 1),
    "M6": (16, 2),
    "M12": (18, 2),
    "SUP6": (6, 0),
    "SUP12": (6, 0),
    "NCP12": (3, 4),
    "ELEARN": (13, 4),
    "FORENSICS": (13, 2),
    "IPR": (22, 3),
    "NEEDS": (3, 2),
}


def expressions(questionnaire: Questionnaire) -> Iterator[str]:
    for item in questionnaire.items:
        yield from filter(
            None, (item.relevant, item.constraint, item.calculation, item.choice_filter)
        )


def effort(questionnaire: Questionnaire, way: tuple[str, ...]) -> tuple[int, int]:
    """Taps and typed answers of a way."""
    shapes = [BY_NAME[questionnaire.by_name[name].type].shape for name in way]
    typed = sum(shape in (Shape.TEXT, Shape.NUMBER) for shape in shapes)
    return len(way) - typed, typed


def walk(
    key: str, facts: Mapping[tuple[str, str], str] | None = None, **values: str
) -> tuple[str, ...]:
    return Trial(packaged_questionnaire(key), values, facts or {}).asked


def test_all_questionnaires_of_the_plans_are_there():
    assert packaged_keys() == KEYS
    asked = {wave.questionnaire for plan in packaged_plans().values() for wave in plan.waves}
    assert asked == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_it_reads_without_an_error_or_a_warning(key):
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
def test_the_codes_that_reports_count_are_there(key, name, codes):
    questionnaire = packaged_questionnaire(key)
    options = questionnaire.options(questionnaire.by_name[name])
    assert sorted(option.name for option in options) == sorted(codes.split())


@pytest.mark.parametrize("key", KEYS)
def test_the_longest_way_is_as_short_as_promised(key):
    questionnaire = packaged_questionnaire(key)
    assert effort(questionnaire, longest_path(questionnaire)) == MOST[key]


def test_no_way_through_m6_has_more_than_sixteen_taps_and_two_texts():
    changes = ("", "none", "train_colleagues", "train_colleagues use_method")
    suggestions = (None, "", "none", "waiting")
    ticks = ("", "none", *(" ".join(ANCHORS[:count]) for count in range(1, 7)))
    efforts = set()
    for planned, suggested, job, ticked, status in product(
        changes, suggestions, ("", "same", "left"), ticks, ("", "proposed", "in_force")
    ):
        facts = {("END", "changes"): planned}
        if suggested is not None:
            facts |= {("M3", "answered_on"): "2018-03-09", ("M3", "suggestion"): suggested}
        statuses = {f"anchor_status_{anchor}": status for anchor in ANCHORS}
        given = {"job": job, "anchors": ticked, "effects": "faster", "project": "done"}
        way = walk("M6", facts, **statuses, **given)
        efforts.add(effort(packaged_questionnaire("M6"), way))
    assert max(taps for taps, _ in efforts) == 16
    assert max(texts for _, texts in efforts) == 2


def test_no_way_through_m12_has_more_than_twenty_questions():
    longest = 0
    for claimed, ticked, status, suggested in product(
        range(4), range(7), ("proposed", "in_force"), ("none", "waiting")
    ):
        facts = {
            ("END", "changes"): "train_colleagues use_method",
            ("M6", "suggestion"): suggested,
        }
        facts |= {("M6", f"anchor_status_{name}"): "in_force" for name in ANCHORS[:claimed]}
        new = ANCHORS[claimed:][:ticked]
        statuses = {f"new_status_{name}": status for name in new}
        given = {"job": "same", "use_1": "regular", "effects": "faster", "project": "done"}
        way = walk("M12", facts, anchors_new=" ".join(new), **statuses, **given)
        longest = max(longest, len(way))
    assert longest == 20


@pytest.mark.parametrize("key", FOLLOWING)
@pytest.mark.parametrize("answered", ["", "2018-03-09"])
def test_who_left_customs_is_asked_four_questions_more_and_nothing_else(key, answered):
    facts = {
        ("END", "changes"): "train_colleagues",
        ("M3", "answered_on"): answered,
        ("M6", "anchor_status_procedure"): "in_force",
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
def test_changes_are_asked_about_only_where_they_were_planned(key):
    def asked(changes: str) -> set[str]:
        return {"use_1", "use_2", "use_any"} & set(walk(key, {("END", "changes"): changes}))

    assert asked("train_colleagues use_method") == {"use_1", "use_2"}
    assert asked("train_colleagues") == {"use_1"}
    assert asked("none") == asked("") == {"use_any"}


def test_questions_of_three_months_replace_the_last_two_where_they_were_not_answered():
    some = {"actions", "suggestion", "obstacles", "quote"}
    answered = {("M3", "answered_on"): "2018-03-09", ("M3", "suggestion"): "accepted"}
    assert some & set(walk("M6")) == {"actions", "suggestion"}
    assert some & set(walk("M6", answered)) == {"obstacles", "quote"}


def test_a_suggestion_that_waits_is_asked_about_again_in_the_next_wave():
    waiting = {("M3", "answered_on"): "2018-03-09", ("M3", "suggestion"): "waiting"}
    assert "suggestion" in walk("M6", waiting)
    assert "suggestion" in walk("M12", waiting)
    assert "suggestion" not in walk("M12", {**waiting, ("M6", "suggestion"): "accepted"})


@pytest.mark.parametrize(
    ("in_force", "about"),
    [
        (("law", "unit"), "unit"),
        (("law",), "law"),
        ((), ""),
        (("training", "procedure"), "procedure"),
    ],
)
def test_proof_is_asked_for_the_anchor_that_counts_first(in_force, about):
    values = {f"anchor_status_{name}": "in_force" for name in in_force}
    way = walk("M6", anchors=" ".join(in_force), **values)
    assert ("proof" in way) == bool(about)
    if about:
        given = {"job": "same", "anchors": " ".join(in_force), **values}
        shown = question(interviewed("M6", given), "proof")
        label = {o.name: o.label["en"] for o in packaged_questionnaire("M6").choices["anchors"]}
        assert shown is not None
        assert shown.text.startswith(f"{label[about]}: please give its number")


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
def test_the_plan_is_quoted_in_the_words_of_the_person(changes, words, quoted):
    planned = {"changes": changes, "changes_other": words}
    end = EarlierResponse(packaged_questionnaire("END"), planned, date(2017, 12, 8))
    shown = question(interviewed("M6", {"job": "same"}, {"END": end}))
    assert shown is not None
    assert shown.item == "use_1"
    assert shown.text == f"In December 2017 you planned: “{quoted}”. How far is this today?"


def test_anchors_in_force_at_six_months_are_confirmed_and_not_offered_as_new():
    six = {"anchors": "procedure unit", "anchor_status_procedure": "in_force"}
    earlier = EarlierResponse(packaged_questionnaire("M6"), six, date(2018, 6, 8))
    interview = interviewed("M12", {"job": "same"}, {"M6": earlier})
    still = question(interview, "still")
    assert still is not None
    assert [choice.code for choice in still.choices] == ["procedure", "none", "dont_know"]
    new = question(interview, "anchors_new")
    assert new is not None
    codes = [choice.code for choice in new.choices]
    assert codes == ["training", "unit", "budget", "system", "law", "none", "dont_know"]


def test_the_number_trained_cannot_be_smaller_than_those_who_still_work_on_it():
    questionnaire = packaged_questionnaire("NCP12")
    assert refused(questionnaire, "trained_all", "4", trained_still="5")
    assert not refused(questionnaire, "trained_all", "5", trained_still="5")
    assert not refused(questionnaire, "trained_all", "4")


def refused(questionnaire: Questionnaire, name: str, value: str, **given: str) -> bool:
    trial = Trial(questionnaire, given)
    return bool(refusal(trial, find_route(trial), questionnaire.by_name[name], value))


@pytest.mark.parametrize("key", KEYS)
def test_earlier_answers_that_are_looked_up_exist(key):
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
def test_the_english_is_plain_and_polite(key):
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
def test_whoever_may_write_freely_is_asked_for_no_details_of_cases(key):
    for item in packaged_questionnaire(key).items:
        if item.type == "text":
            assert re.search(
                r"(no|without|not write) details (of|about) cases or (persons|people)",
                item.label["en"],
            ), item.name


@pytest.mark.parametrize("key", KEYS)
def test_rating_scales_have_four_points_and_no_middle(key):
    for options in packaged_questionnaire(key).choices.values():
        codes = {option.name for option in options}
        if "c1" in codes:
            assert codes == set(C1_C4.split())


@pytest.mark.parametrize("key", KEYS)
def test_nothing_has_to_be_answered_before_going_on(key):
    assert not any(item.required for item in packaged_questionnaire(key).items)
