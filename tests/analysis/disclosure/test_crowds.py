"""A count is told if it and the rest of its base rest on five people of three administrations."""

from analysis.disclosure.crowds import (
    Crowd,
    by_place,
    nearly_all,
    of_person,
    places_needed,
    tellable,
    without,
)


def crowd(**said: str) -> Crowd:
    """People by what they said, as "FJ FJ WS": one word for each person's administration."""
    people = [(code, place) for code, places in said.items() for place in places.split()]
    return {n: of_person(n, place, (code,), (0,)) for n, (code, place) in enumerate(people)}


ENOUGH, FOUR, TWO_PLACES = "FJ FJ WS WS TO", "FJ FJ WS TO", "FJ FJ FJ WS WS"


def test_a_count_and_its_rest_need_five_people_of_three_administrations() -> None:
    assert tellable(crowd(x=ENOUGH, y=ENOUGH), "x", 3)
    for few in (FOUR, TWO_PLACES, ""):
        assert not tellable(crowd(x=ENOUGH, y=few), "x", 3)
        assert not tellable(crowd(x=few, y=ENOUGH), "x", 3)


def test_in_a_workshop_of_one_administration_five_people_are_enough() -> None:
    alone = crowd(x="KH " * 5, y="KH " * 6)
    assert places_needed([alone]) == 1
    assert tellable(alone, "x", places_needed([alone]))
    assert places_needed([crowd(x="KH VN")]) == 3


def test_nearly_all_is_all_or_all_but_four() -> None:
    assert nearly_all(crowd(x=ENOUGH, y=FOUR), "x", 3)
    assert nearly_all(crowd(x=ENOUGH), "x", 3)
    assert not nearly_all(crowd(x=ENOUGH, y=ENOUGH), "x", 3)


def test_an_administration_knows_what_its_own_people_said() -> None:
    everybody = crowd(x=ENOUGH)
    assert len(without(everybody, by_place(everybody)["FJ"])) == 3
