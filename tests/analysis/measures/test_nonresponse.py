"""When the silent differ from those who replied, and how late an answer is."""

import pytest

from analysis.measures.nonresponse import Cell, Part, When, cell_of, use_by_reply, when_of


@pytest.mark.parametrize(
    ("replied", "silent", "expected"),
    [
        ((87, 110), (9, 19), 1),
        ((9, 19), (87, 110), -1),
        ((15, 20), (12, 20), 0),  # fifteen points are not more than fifteen
        ((15, 20), (11, 19), 1),
        ((9, 9), (0, 10), 0),
        ((10, 10), (0, 9), 0),
        ((10, 10), (0, 10), 1),
        ((0, 0), (0, 0), 0),
    ],
)
def test_a_difference_is_told_above_fifteen_points_between_groups_of_ten(
    replied: tuple[int, int], silent: tuple[int, int], expected: int
) -> None:
    cells = {
        Cell.REPLIED_USE: replied[0],
        Cell.REPLIED_NOT: replied[1] - replied[0],
        Cell.SILENT_USE: silent[0],
        Cell.SILENT_NOT: silent[1] - silent[0],
    }
    found = use_by_reply("M6", "M12", cells)
    assert (found.replied, found.silent) == (Part(*replied), Part(*silent))
    assert found.differs == expected


def test_each_person_is_in_one_cell() -> None:
    both = (True, False)
    assert len({cell_of(replied=one, uses=other) for one in both for other in both}) == 4


def test_from_the_second_reminder_on_an_answer_is_late() -> None:
    early, first, late = When
    assert [when_of(number) for number in range(5)] == [early, first, late, late, late]
