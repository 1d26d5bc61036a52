"""The figures of a moment: their waves, their units, and the counts beside them."""

from analysis.measures.delegations.headlines import outcome, waves_of
from analysis.measures.delegations.units import Delegation, Seat, Told, counted_units, of_people
from tests.analysis.measures.delegations.telling import contact_point, seat, six, told

NEW = six("new", title_procedure="Order 7 of 2018", use_any="regular")


def regional(places: int, workshop: str = "W") -> list[Delegation]:
    return [Delegation(workshop, f"P{n}", (Seat(n, {"M6": Told(NEW)}),)) for n in range(places)]


def test_each_figure_names_the_waves_it_is_made_of() -> None:
    assert waves_of("shared", "M12") == ("M3", "M6")
    assert waves_of("accepted", "M12") == ("M3", "M6", "M12")
    assert waves_of("routine", "M12") == ("M12",)


def test_five_delegations_are_counted_and_four_are_people() -> None:
    units, by_person = counted_units(regional(5))
    assert (len(units), by_person) == (5, False)
    units, by_person = counted_units([*regional(3), told(seat("a"), seat("b"))])
    assert (len(units), by_person) == (5, True)


def test_a_workshop_of_one_administration_is_left_out_beside_others() -> None:
    national = told(seat("a"), seat("b"))
    units, by_person = counted_units([*regional(6, "R"), national])
    assert (len(units), by_person) == (6, False)
    units, by_person = counted_units([national])
    assert ([one.place for one in units], by_person) == (["1", "2"], True)


def test_an_administration_of_two_workshops_is_one_in_at_least_one_of_them() -> None:
    found = outcome([*regional(2, "V"), told(seat(M6=six("none")), place="P0")], "M6")
    assert found.headlines["embedded"].bounds.total == 3
    assert (found.places["embedded"].yes, found.places["embedded"].total) == (2, 2)


def test_somebody_at_two_workshops_is_one_person_and_two_attendances() -> None:
    twice = [Delegation(code, "FJ", (Seat(1, {"M6": Told(NEW)}),)) for code in ("V", "W")]
    found = outcome(of_people(twice), "M6")
    assert found.headlines["tried"].bounds.yes == 2
    assert found.places["tried"].yes == 1


def test_what_nobody_uses_is_embedded_on_paper_only() -> None:
    stopped = NEW | {"use_any": "stopped"}
    found = outcome([told(seat(M6=stopped)), told(seat(M6=NEW), place="WS")], "M6")
    assert (found.headlines["embedded"].bounds.yes, found.paper_only) == (2, 1)


def test_what_an_earlier_version_says_is_in_force_is_in_no_headline() -> None:
    old = six("in_force", use_any="regular", proof="Order 7 of 2018")
    found = outcome([told(seat(M6=old))], "M6")
    assert found.headlines["embedded"].bounds.yes == 0
    assert found.since_not_asked == 1


def test_shuffled_witnesses_change_how_much_is_corroborated() -> None:
    def delegation(number: int, witness: str) -> Delegation:
        member = Seat(number, {"M12": Told({"anchors_new": "unit", "new_status_unit": "new"})})
        point = contact_point(100 + number, **{f"seen_{witness}": "in_force"})
        return Delegation("W", f"P{number}", (member,), (point,))

    agreed = outcome([delegation(n, "unit") for n in range(6)], "M12")
    others = outcome([delegation(n, ("unit", "budget")[n % 2]) for n in range(6)], "M12")
    best = [tuple(found.grades.values()) for found in (agreed, others)]
    assert best == [(0, 0, 6, 0), (3, 0, 3, 0)]
