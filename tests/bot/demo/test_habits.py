"""What differs between the administrations of the demonstration comes from chance of its own."""

from itertools import islice
from random import Random

from bot.demo.cast import REGION, Cast
from bot.demo.habits import KINDS, Habits, Openness, habits_of, own_chances
from bot.demo.titles import NOT_KNOWN, NUMBERED, TITLES, title
from surveys.authoring.packaged import packaged_questionnaire


def test_the_same_seed_gives_the_same_habits_and_another_seed_others() -> None:
    assert habits_of(REGION, 2017) == habits_of(reversed(REGION), 2017)
    assert habits_of(REGION, 2017) != habits_of(REGION, 2018)


def test_what_one_person_draws_changes_nothing_for_another() -> None:
    first, second = islice(own_chances(2017), 2)
    for _ in range(3):
        first.random()
    _, again = islice(own_chances(2017), 2)
    assert second.random() == again.random()


def test_an_officer_names_what_is_there_or_nothing_in_the_order_of_the_list() -> None:
    listed = [option.name for option in packaged_questionnaire("PRE").choices["anchors"]]
    assert listed[: len(KINDS)] == list(KINDS)
    habits = Habits(("procedure", "unit", "system"), Openness.MOST)
    own = Random(1)
    for _ in range(50):
        named = habits.existing(own)
        assert named == ["dont_know"] or named == [one for one in habits.before if one in named]
    nothing = {tuple(Habits((), Openness.MOST).existing(own)) for _ in range(200)}
    assert nothing == {("none",), ("dont_know",)}


def test_some_administrations_may_see_all_some_are_not_told_and_most_are_mixed() -> None:
    own = Random(1)

    def told(openness: Openness) -> set[str | None]:
        return {Habits((), openness).may_see(own) for _ in range(100)}

    assert told(Openness.ALL) == {"yes"}
    assert told(Openness.SILENT) == {None}
    assert told(Openness.MOST) == {"yes", "no", None}
    assert {one.openness for one in Cast(2017).habits.values()} == set(Openness)


def test_a_title_is_a_number_words_or_nothing_and_some_name_a_person_or_an_address() -> None:
    own = Random(1)
    kinds = [option.name for option in packaged_questionnaire("M6").choices["anchors"]][:6]
    assert list(NUMBERED) == list(TITLES) == kinds
    told = {title(kind, "Ada Vea", "ada@example.org", own) for kind in kinds for _ in range(50)}
    assert NOT_KNOWN in told
    assert set(TITLES["law"]) <= told
    assert any("Ada Vea" in text for text in told)
    assert any("ada@example.org" in text for text in told)
    assert len(told) > 100
