"""Whose report it is: an administration or a donor, by code or by name, in any case."""

import pytest

from tests.cli.conftest import CODE, Terminal


@pytest.fixture
def presented(office: Terminal) -> Terminal:
    """An office that has presented the report on a workshop to Members."""
    office.says("report", "status", CODE, "presented", "--for", "members")
    return office


def test_an_administration_is_understood_by_its_code_and_its_name(presented: Terminal) -> None:
    expected = presented.says("report", CODE, "--audience", "member:TO")
    assert "Prepared for Tonga." in expected
    for typed in (
        "member:to",
        "member:Tonga",
        "member: tonga ",
        "Member:TONGA",
        "member:Tonga,en",
    ):
        assert presented.says("report", CODE, "--audience", typed) == expected
    assert presented.says("report", CODE, "--audience", "member:tonga,fr") != expected


def test_a_name_with_a_comma_is_a_name(presented: Terminal) -> None:
    by_code = presented.refuses("report", CODE, "--audience", "member:HK")
    assert "'HK'" in by_code  # nobody from there took part
    for typed in ("member:Hong Kong, China", "member:hong kong, china,fr"):
        assert presented.refuses("report", CODE, "--audience", typed) == by_code


@pytest.mark.parametrize(
    ("audience", "said"),
    [
        ("member:Tongo", "There is no administration 'Tongo'. Did you mean Tonga (TO)?"),
        ("member:Atlantis", "Write its name, or its code, such as TO."),
        ("member:France", "There is no administration 'France'."),
        ("donor:CCF/Jpan", "There is no donor 'CCF/Jpan'. Did you mean CCF/Japan"),
        ("donor:Nobody", "`followup workshop show` names the donors of a workshop."),
        ("staff,xx", "'xx' is not one of en, fa"),
        ("member:TO,xx", "'xx' is not one of en, fa"),
    ],
)
def test_an_unknown_reader_is_refused_with_similar_names(
    presented: Terminal, audience: str, said: str
) -> None:
    assert said in " ".join(presented.refuses("report", CODE, "--audience", audience).split())


def test_a_donor_is_understood_in_any_case_everywhere(office: Terminal) -> None:
    stood = office.data("report", "status", "donor:ccf/china", "presented")
    assert stood["scope"] == "donor:CCF/China"
    assert office.data("report", "status", "donor:CCF/China")["standing"] == stood["standing"]
    said = office.says("report", "--audience", "donor:CCF/China")
    assert office.says("report", "--audience", "donor:Ccf/china") == said
    assert office.says("report", "--donor", "ccf/china") == office.says(
        "report", "--donor", "CCF/China"
    )
    assert office.says("report", "verify", "donor:ccf/CHINA").startswith("version 1 presented")
    assert "Did you mean CCF/China" in office.refuses("report", "status", "donor:CCF/Chna")
