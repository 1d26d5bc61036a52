"""followup report survey: the result of one wave, for the office and for readers outside."""

from tests.cli.conftest import CODE, Terminal


def test_the_result_of_a_wave_says_who_has_answered(office: Terminal) -> None:
    office.says("wave", "open", CODE, "M6")
    said = office.says("report", "survey", CODE, "m6")
    assert "0 of 3 have answered. Results appear from 5." in said
    assert office.data("report", "survey", CODE.lower(), "M6")["layout"] == "survey"
    assert "report M6: txt" in office.says("audit") or f"{CODE} M6: txt" in office.says("audit")


def test_a_file_of_a_result_says_that_it_is_for_the_office(office: Terminal) -> None:
    office.says("wave", "open", CODE, "M6")
    said = office.refuses("report", "survey", CODE, "M6", "--format", "pdf")
    assert f"{CODE}-M6-CONFIDENTIAL.pdf" in said
    said = office.says("report", "survey", CODE, "M6", "--format", "xlsx", "--out", "m6.xlsx")
    assert "its name does not say so" in said


def test_the_copy_for_trainers_ends_with_the_workshop(office: Terminal) -> None:
    said = office.refuses("report", CODE, "--audience", "trainer")
    assert "followup report survey CODE PRE --audience trainer" in said
    said = office.refuses("report", "survey", CODE, "PRE", "--audience", "trainer")
    assert f"{CODE} ended on 8 December 2017, and the copy for its trainers with it" in said


def test_what_cannot_be_told_is_refused_in_words(office: Terminal) -> None:
    assert f"{CODE} M6 has not opened" in office.refuses("report", "survey", CODE, "M6")
    assert "NOPE" in office.refuses("report", "survey", "NOPE", "M6")
    office.says("wave", "open", CODE, "M6")
    said = office.refuses("report", "survey", CODE, "M6", "--audience", "rtc")
    assert f"followup report status {CODE}/M6 presented" in said
    assert "no wave M7" in office.refuses("report", "status", f"{CODE}/M7")
    office.says("report", "status", f"{CODE.lower()}/m6", "presented", "--for", "members")
    said = office.refuses("report", "survey", CODE, "M6", "--audience", "rtc")
    assert "has not opened, or is not over" in said
