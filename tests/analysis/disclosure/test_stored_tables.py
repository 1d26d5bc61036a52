"""What a report told is stored, and read again for the reports that are made later."""

import json
from dataclasses import replace

import pytest

from analysis.disclosure.crowds import Answer, Crowd, of_person
from analysis.disclosure.question import Kind, Question, Row, Telling
from analysis.disclosure.stored_tables import read_again, stored


def person(number: int, *codes: str, silent: bool = False) -> Answer:
    one = of_person(number, f"place {number}", codes, (number,))
    return replace(one, replied=frozenset()) if silent else one


ANSWERED: Crowd = {n: person(n, "yes" if n < 9 else "no") for n in range(16)}
REPLIED: Crowd = {**ANSWERED, **{n: person(n) for n in range(16, 18)}}
ASKED: Crowd = {**REPLIED, **{n: person(n, silent=True) for n in range(18, 23)}}
TOLD = (
    Row(("yes",), 9, Telling.COUNT),
    Row(("no",), 7, Telling.COUNT),
)


def question(base: Crowd, *, blanks: bool) -> Question:
    keys = frozenset({"all"} if blanks else ())
    return Question(("yes", "no"), Kind.ONE, {"all": base}, keys, asked={"all": ASKED})


@pytest.mark.parametrize(
    "told",
    [
        question(ANSWERED, blanks=False),
        question(REPLIED, blanks=True),
        question(ASKED, blanks=True),
    ],
    ids=["answered", "replied", "asked"],
)
@pytest.mark.parametrize("now", [(ANSWERED, False), (ASKED, True)], ids=["narrow", "wide"])
def test_a_report_is_read_with_the_base_of_which_it_told(
    told: Question, now: tuple[Crowd, bool]
) -> None:
    plain = json.loads(json.dumps(stored(told, "all", TOLD)))
    found, tables = read_again(question(now[0], blanks=now[1]), {"all": plain})
    assert found.crowds["all"].keys() == told.crowds["all"].keys()
    assert found.blanks == told.blanks
    assert tables == {"all": TOLD}


def test_rows_that_are_not_true_of_the_people_of_today_are_worked_out_again() -> None:
    plain = stored(question(ANSWERED, blanks=False), "all", TOLD)
    left = {n: one for n, one in ANSWERED.items() if n >= 5}
    _, tables = read_again(
        replace(question(left, blanks=False), asked={"all": left}), {"all": plain}
    )
    assert all(row.units in (4, 7, 11) for row in tables["all"])
    assert all(row.telling is not Telling.COUNT or row.units >= 5 for row in tables["all"])


def test_what_a_report_did_not_tell_is_read_as_nothing() -> None:
    found, tables = read_again(question(ANSWERED, blanks=False), {})
    assert found == question(ANSWERED, blanks=False)
    assert tables == {}


def test_a_set_that_is_no_more_is_passed_over() -> None:
    plain = stored(question(ANSWERED, blanks=False), "all", TOLD)
    _, tables = read_again(question(ANSWERED, blanks=False), {"gone": plain, "all": plain})
    assert tables == {"all": TOLD}
