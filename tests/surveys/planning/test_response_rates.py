"""Response rates, against tables worked out by hand with the formulas of AAPOR's calculator."""

import pytest

from surveys.planning.dispositions import Disposition
from surveys.planning.response_rates import response_rates

# I, P, refusal, break-off, NC, U: RR1, RR2, COOP1, REF1, CON1 in thousandths
BY_HAND = [
    ((640, 60, 120, 30, 90, 60), (640, 700, 753, 150, 850)),
    ((10, 1, 1, 0, 1, 1), (714, 786, 833, 71, 857)),
    ((12, 0, 0, 1, 0, 1), (857, 857, 923, 71, 929)),
    ((50, 0, 0, 0, 0, 0), (1000, 1000, 1000, 0, 1000)),
    ((0, 0, 3, 1, 4, 2), (0, 0, 0, 400, 400)),
]


@pytest.mark.parametrize(("counts", "thousandths"), BY_HAND)
def test_the_rates_are_those_of_the_table(
    counts: tuple[int, ...], thousandths: tuple[int, ...]
) -> None:
    names = ("COMPLETE", "PARTIAL", "REFUSAL", "BREAK_OFF", "NON_CONTACT", "UNKNOWN")
    found = response_rates({Disposition[n]: c for n, c in zip(names, counts, strict=True)})
    assert [one.name for one in found.all] == ["RR1", "RR2", "COOP1", "REF1", "CON1"]
    assert [round((one.share or 0) * 1000) for one in found.all] == [*thousandths]
    assert not found.so_far


def test_who_is_not_eligible_or_was_not_asked_is_in_no_rate() -> None:
    asked = {Disposition.COMPLETE: 3, Disposition.UNKNOWN: 1}
    more = asked | {Disposition.NOT_ELIGIBLE: 5, Disposition.NOT_ASKED: 2}
    assert response_rates(more) == response_rates(asked)


def test_cases_that_can_still_change_are_silent_so_far() -> None:
    found = response_rates({Disposition.COMPLETE: 3, Disposition.OPEN: 2})
    assert (found.rr1.part, found.rr1.base, found.so_far) == (3, 5, True)


def test_without_cases_there_is_no_rate() -> None:
    assert [one.share for one in response_rates({}).all] == [None] * 5
