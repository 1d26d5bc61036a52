"""Titles of calendars without their marks, and the short codes that are made of them."""

from datetime import date

import pytest

from bot.importing.calendars.codes import LONGEST_CODE, NewCodes, fault_of, short_code
from bot.importing.calendars.titles import clean_title, is_called_off, is_open, kind_in

LAST = date(2018, 2, 9)


@pytest.mark.parametrize(
    ("written", "title", "called_off", "uncertain"),
    [
        ("Rules of origin", "Rules of origin", False, False),
        ("CANCELLED: Rules of origin", "Rules of origin", True, False),
        ("Rules of origin (Canceled)", "Rules of origin", True, False),
        ("Rules of origin - cancelled", "Rules of origin", True, False),
        ("[Annulé] Rules of origin", "Rules of origin", True, False),
        ("Rules of origin (tbc)", "Rules of origin", False, True),
        ("TBC: Rules of origin", "Rules of origin", False, True),
        ("Cancelled declarations", "Cancelled declarations", False, False),
        ("Refunds of cancelled transit", "Refunds of cancelled transit", False, False),
        ("Cancelled", "Cancelled", False, False),
    ],
)
def test_marks_beside_a_title_are_no_part_of_it(
    written: str, title: str, called_off: bool, uncertain: bool
) -> None:
    assert clean_title(written) == title
    assert (is_called_off(written), is_open(written)) == (called_off, uncertain)


@pytest.mark.parametrize(
    ("title", "country", "code"),
    [
        ("Risk", "FJ", "RISK-FJ-2018"),
        ("Regional workshop on post-clearance audit", "FJ", "POST-AUDIT-FJ-2018"),
        ("Counterterrorism", "VU", "COUNTERTER-VU-2018"),
        ("Accreditation", "", "ACCREDITATION-2018"),
        ("原产地规则", "CN", "WS-0209-CN-2018"),
    ],
)
def test_a_code_is_short_and_readable(title: str, country: str, code: str) -> None:
    assert short_code(title, country, LAST) == code
    assert len(code) <= LONGEST_CODE


def test_taken_codes_are_numbered_whatever_their_case() -> None:
    codes = NewCodes(["risk-fj-2018"])
    made = [codes.made("Risk", "FJ", LAST) for _ in range(3)]
    assert made == ["RISK-FJ-2018_2", "RISK-FJ-2018_3", "RISK-FJ-2018_4"]


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("RM-2018", ""),
        ("A" * 40, ""),
        ("A" * 41, "has 41 letters. A code has at most 40."),
        ("A B", "is not a code. Use letters, digits and hyphens, such as RM-2018."),
    ],
)
def test_a_code_that_is_too_long_is_told_so(code: str, wrong: str) -> None:
    assert " ".join(fault_of(code)).strip() == wrong


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("regional", "regional"),
        ("Regional Workshop", "regional"),
        ("Sub-regional seminar", "sub-regional"),
        ("atelier sous-régional", "sub-regional"),
        ("NATIONAL", "national"),
        ("Workshop", "national"),
        ("", "national"),
        ("worldwide", "worldwide"),
    ],
)
def test_a_kind_is_known_with_words_around_it(written: str, kind: str) -> None:
    assert kind_in(written, "National workshop on risk") == kind
