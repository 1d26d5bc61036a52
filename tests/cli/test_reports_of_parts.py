"""Reports on a part of the workshops: of a donor, of a fiscal year."""

from tests.cli.conftest import CODE, Terminal


def test_a_report_on_the_workshops_of_a_donor(office: Terminal) -> None:
    report = office.data("report", "--donor", "CCF/China")
    assert report["workshops"] == [CODE]
    assert "Only workshops of CCF/China. This is not the report for the donor." in report["footer"]
    assert "--audience donor:NAME" in " ".join(office.says("report", "write", "--help").split())
    assert "Check the spelling" in office.refuses("report", "--donor", "CCF/Mars")
    assert "not a workshop of 'JICA'" in office.refuses("report", CODE, "--donor", "JICA")
    said = office.type("report", "--donor", "JICA", "--audience", "donor:JICA")
    assert said.code == 2


def test_statistics_of_a_fiscal_year(office: Terminal) -> None:
    found = office.data("report", "--fiscal-year", "2017")
    assert len(found["workshops"]) == 7
    said = office.says("report", "--fiscal-year", "2017", "--format", "pdf", "--out", "year.pdf")
    assert said.startswith("Written: year.pdf\n")
    assert office.data("report", "--fiscal-year", "2016")["workshops"] == []
    for words in (["TFA-2017"], ["--format", "caption"], ["--audience", "newsletter"]):
        assert office.type("report", "--fiscal-year", "2017", *words).code == 2
