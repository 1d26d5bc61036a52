"""Counting the answers to one item."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from analysis.facts.responses import Response, latest_by_person
from analysis.measures.scales import middle, upper
from analysis.measures.tallies import Tally, tally
from surveys.questionnaire import Item, NonAnswer, Option, Questionnaire
from tests.analysis.builder import PLACES, Story

DAY = datetime(2018, 5, 10, tzinfo=UTC)


def one_item(kind: str, *codes: str, apart: str = "") -> Questionnaire:
    options = [Option(name=code, label={"en": f"Label {code}"}) for code in codes]
    if apart:
        options.append(
            Option(name=apart, label={"en": "I do not know"}, non_answer=NonAnswer.DONT_KNOW)
        )
    item = Item(name="q", type=kind, list_name="list", label={"en": "Question"})
    return Questionnaire(
        key="Q", version=1, title={"en": "Q"}, choices={"list": tuple(options)}, items=(item,)
    )


def answer(
    person: int, value: str | None, day: int = 0, skipped: Iterable[str] = (), wave: str = "M6"
) -> Response:
    return Response(
        case_id=person * 100 + day,
        enrolment_id=person,
        participant_id=person,
        workshop="TFA",
        administration="FJ",
        role="participant",
        wave=wave,
        questionnaire=("Q", 1),
        answered_at=DAY + timedelta(days=day),
        values={} if value is None else {"q": value},
        skipped=frozenset(skipped),
    )


def counted(found: Iterable[Response], questionnaire: Questionnaire) -> Tally:
    return tally(found, "q", {("Q", 1): questionnaire})


def test_who_showed_a_file_is_counted_beside_who_passed_it_over() -> None:
    item = Item(name="q", type="file", label={"en": "Can you show it?"})
    form = Questionnaire(key="Q", version=1, title={"en": "Q"}, items=(item,))
    found = [answer(n, "shown") for n in range(6)]
    found += [answer(10 + n, None, skipped=["q"]) for n in range(3)]
    result = counted([*found, answer(20, None)], form)
    assert (result.base, result.people("shown"), result.skipped) == (6, 6, 3)
    assert [one.label for one in result.counts] == ["A file was shown"]


def test_t02_the_base_of_a_multiple_choice_is_people_and_not_ticks() -> None:
    ticks = ["a b c"] * 49 + ["b"] * 12 + ["a c"] * 7
    found = [answer(n, value) for n, value in enumerate(ticks)]
    found += [answer(100 + n, None, skipped=["q"]) for n in range(10)]
    result = counted(found, one_item("select_multiple", "a", "b", "c"))
    assert (result.people("b"), result.base, result.skipped) == (61, 68, 10)
    assert result.several


def test_t04_skipped_answers_stand_apart_from_the_base() -> None:
    found = [answer(n, "yes" if n < 4 else "no") for n in range(8)]
    found += [answer(8, None, skipped=["q"]), answer(9, None, skipped=["q"])]
    result = counted(found, one_item("select_one", "yes", "no"))
    assert (result.people("yes"), result.base, result.skipped) == (4, 8, 2)


def test_t05_dont_know_is_counted_but_is_no_part_of_the_base() -> None:
    found = [answer(n, value) for n, value in enumerate(["4", "4", "5", "99"])]
    found.append(answer(9, None))
    result = counted(found, one_item("select_one", "1", "2", "3", "4", "5", apart="99"))
    assert (result.base, middle(result)) == (3, "Label 4")
    assert [(c.label, c.people) for c in result.apart] == [("I do not know", 1)]
    assert "99" not in [c.code for c in result.counts]


def test_t06_options_keep_their_order_and_empty_ones_stay() -> None:
    found = [answer(n, value) for n, value in enumerate(["4", "4", "5"])]
    result = counted(found, one_item("select_one", "1", "2", "3", "4", "5"))
    assert [(c.code, c.people) for c in result.counts] == [
        ("1", 0),
        ("2", 0),
        ("3", 0),
        ("4", 2),
        ("5", 1),
    ]


def test_a_code_that_a_later_version_dropped_is_still_counted() -> None:
    result = counted([answer(1, "old"), answer(2, "a")], one_item("select_one", "a", "b"))
    assert [(c.code, c.label, c.people) for c in result.counts][-1] == ("old", "old", 1)


def test_t09_a_person_with_several_records_counts_once_with_the_latest() -> None:
    records = [answer(1, None, day=0), answer(1, "a", day=1), answer(1, "b", day=2)]
    latest = latest_by_person([*records, answer(2, "a")], "q")
    result = counted(latest, one_item("select_one", "a", "b"))
    assert (result.base, result.people("a"), result.people("b")) == (2, 1, 1)


def test_a_later_skip_does_not_take_an_earlier_answer_away() -> None:
    latest = latest_by_person([answer(1, "a"), answer(1, None, day=5, skipped=["q"])], "q")
    assert [r.values for r in latest] == [{"q": "a"}]


def test_choices_that_only_another_workshop_had_are_counted_under_their_label() -> None:
    suva, kashiwa = one_item("select_one", "a", "b"), one_item("select_one", "b", "c")
    found = [replace(answer(1, "c"), questionnaire=("Q", 2)), answer(2, "a"), answer(3, "a")]
    result = tally(found, "q", {("Q", 1): suva, ("Q", 2): kashiwa})
    assert [(c.label, c.people) for c in result.counts] == [
        ("Label b", 0),
        ("Label c", 1),
        ("Label a", 2),
    ]


def test_t07_margins_are_the_sum_of_the_shown_cells_and_missing_answers_stand_apart() -> None:
    told = Story().workshop("TFA")
    sources = ("records", "estimate", None, "impression", "records", "records", "estimate")
    for place, source in zip(PLACES, sources, strict=False):
        values = {"effects": "faster"} | ({"effect_source": source} if source else {})
        told.answers(told.person("TFA", place), "M6", **values)
    tables = {t.key: t for s in told.report().sections for t in s.tables if s.key == "effects"}
    crossed = tables["effects_by_source"]
    row = dict(zip(crossed.columns, crossed.rows[0], strict=True))
    assert row["Effect"] == tables["effects"].rows[0][0]
    cells = [count for count in crossed.rows[0] if isinstance(count, int)]
    assert cells == [3, 2, 1, 1]
    assert row["Not stated"] == 1
    assert sum(cells) == tables["effects"].rows[0][1] == 7
    margins = [row[1] for row in tables["effect_source"].rows]
    assert margins == cells[:3]


def test_t08_of_a_reversed_item_the_two_lowest_steps_are_the_good_ones_each_time() -> None:
    item = Item(
        name="q", type="range", label={"en": "I could not apply it"}, parameters={"reversed": "1"}
    )
    asked = Questionnaire(key="Q", version=1, title={"en": "Q"}, choices={}, items=(item,))
    found = [answer(n, value) for n, value in enumerate(("1", "2", "5"))]
    for _ in range(2):
        result = counted(found, asked)
        assert (upper(result), result.base) == (2, 3)
        assert [count.people for count in result.counts] == [1, 1, 0, 0, 1]


def test_f37_minus_99_counts_as_no_answer_only_where_it_is_declared() -> None:
    found = [answer(n, value) for n, value in enumerate(["1", "2", "-99", "-99"])]
    declared = counted(found, one_item("select_one", "1", "2", apart="-99"))
    assert (declared.base, declared.people("-99")) == (2, 2)
    assert [one.code for one in declared.apart] == ["-99"]
    assert middle(declared) == "Label 1"
    plain = counted(found, one_item("select_one", "1", "2", "-99"))
    assert (plain.base, plain.apart) == (4, ())


OBSTACLE = Item(name="obstacles", type="select_multiple", list_name="obstacles", label={"en": "?"})


def instrument(version: int, label: str) -> Questionnaire:
    options = (
        Option(name="chief", label={"en": label, "fr": "Le chef"}),
        Option(name="time", label={"en": "Time", "fr": "Temps"}),
    )
    return Questionnaire(
        key="M6",
        version=version,
        title={"en": "M6"},
        languages=("en", "fr"),
        items=(OBSTACLE,),
        choices={"obstacles": options},
    )


@pytest.mark.parametrize(
    ("version", "language", "chosen", "in_other_words"),
    [(1, "en", "chief", 1), (1, "fr", "chief", 0), (1, "en", "time", 0), (2, "en", "chief", 0)],
)
def test_answers_to_an_earlier_wording_are_counted_and_told_apart(
    version: int, language: str, chosen: str, in_other_words: int
) -> None:
    def answered(case: int, to: int, spoken: str, code: str) -> Response:
        return Response(
            case,
            case,
            case,
            "W",
            "FJ",
            "participant",
            "M6",
            ("M6", to),
            datetime(2018, 6, 8, tzinfo=UTC),
            {"obstacles": code},
            languages={"obstacles": spoken},
        )

    versions = {
        ("M6", 1): instrument(1, "Support of the chief"),
        ("M6", 2): instrument(2, "Little support from my supervisor"),
    }
    found = [answered(1, version, language, chosen), answered(2, 2, "en", "chief")]
    result = tally(found, "obstacles", versions)
    assert (result.base, result.other_words) == (2, in_other_words)
