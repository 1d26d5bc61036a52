"""What is written is what the name of the file says, or a sentence says why not."""

import pytest

from tests.cli.conftest import CODE, Terminal

BEGINNINGS = {
    "pdf": b"%PDF",
    "xlsx": b"PK",
    "docx": b"PK",
    "pptx": b"PK",
    "html": b"<!",
    "json": b"{",
    "txt": b"CONFIDENTIAL",
    "png": b"\x89PNG",
}


@pytest.mark.parametrize("ending", BEGINNINGS)
def test_a_report_has_the_form_of_the_ending_of_its_file(office: Terminal, ending: str) -> None:
    office.says("report", CODE, "--out", f"CONFIDENTIAL.{ending.upper()}")
    content = (office.folder / f"CONFIDENTIAL.{ending.upper()}").read_bytes()
    assert content.lstrip().startswith(BEGINNINGS[ending])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report", CODE, "--out", "r.doc"), "ends with .doc: name a .txt or .json or"),
        (("report", CODE, "--out", "r"), "has no ending: name a .txt or"),
        (("report", CODE, "--format", "pdf", "--out", "r.docx"), "--format pdf is written to one"),
        (("report", CODE, "--format", "full", "--out", "r.txt"), "name a .pdf file"),
        (("report", CODE, "--format", "newsletter", "--out", "r.pdf"), "name a .txt file"),
        (("export", CODE, "--out", "r.xlsx"), "name a .zip file"),
        (("questionnaire", "export", "M6", "--out", "r.yaml"), "name a .xlsx file"),
        (("questionnaire", "check", "f.md", "--marked", "r.md"), "name a .xlsx file"),
        (("participants", "codes", CODE, "--out", "r.docx"), "name a .pdf or .csv file"),
    ],
)
def test_a_file_with_another_ending_is_refused_before_anything_is_done(
    office: Terminal, words: tuple[str, ...], said: str
) -> None:
    office.write("f.md", "| survey |")
    before = len(office.data("audit"))
    assert said in " ".join(office.refuses(*words).split())
    assert not list(office.folder.glob("r*"))
    assert len(office.data("audit")) == before


@pytest.mark.parametrize(("form", "name"), [("full", "r.pdf"), ("places", "r.txt"), ("pdf", "r")])
def test_a_form_that_fits_its_file_is_written(office: Terminal, form: str, name: str) -> None:
    office.says("report", CODE, "--format", form, "--out", name)
    assert (office.folder / name).stat().st_size


def test_a_newsletter_is_for_the_public_and_has_its_picture_beside_it(office: Terminal) -> None:
    wanted = ("report", CODE, "--format", "newsletter", "--out", "news.txt")
    assert "--audience newsletter" in office.refuses(*wanted)
    office.says("report", "status", CODE, "presented", "--for", "public")
    said = office.says(*wanted, "--audience", "newsletter")
    assert said.splitlines() == [f"Written: news.{ending}" for ending in ("txt", "png", "svg")]
    assert (office.folder / "news.png").read_bytes().startswith(b"\x89PNG")
