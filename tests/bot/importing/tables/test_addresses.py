"""E-mail addresses as cells have them: mended if that is certain, otherwise no address. Pure."""

import pytest

from bot.importing.tables.addresses import is_email, name_beside_email, read_email

MENDED = {
    "fay@x.org.": "fay@x.org",
    "'jon@x.org'": "jon@x.org",
    "mailto:eve@x.org": "eve@x.org",
    "mailto:eve@x.org?subject=Suva": "eve@x.org",
    "E-mail: eve@x.org": "eve@x.org",
    "kim@x.org（工作）": "kim@x.org",
    "kim@x.org (office)": "kim@x.org",
    "EF <ef@example.org>": "ef@example.org",
    '"Fonua, Mele" <mele@x.org>': "mele@x.org",
    "ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ": "ada@example.org",
    "ada＠example。org": "ada@example.org",
    "gh(at)example.org": "gh@example.org",
    "gh [at] example [dot] org": "gh@example.org",
    "gh at example dot org": "gh@example.org",
    "mele @ example.org": "mele@example.org",
    "mele@x.org / +676 23 456": "mele@x.org",
    "\u200emele@x.org\u200c": "mele@x.org",
    "me\u200dle@x.org": "mele@x.org",
    "O'Neil@X.org": "o'neil@x.org",
    "王@例子。公司": "王@例子.公司",
}


@pytest.mark.parametrize(("written", "meant"), MENDED.items())
def test_what_can_be_meant_in_one_way_is_mended(written: str, meant: str) -> None:
    assert (read_email(written).address, read_email(written).others) == (meant, ())


@pytest.mark.parametrize(
    "written",
    [
        "gus@x..org",
        ".hal@x.org",
        "ida@-x.org",
        "mele@@x.org",
        "mele@x,org",
        "mele@x. org",
        "mele fonua@x.org",
        "mele@localhost",
        "mele@customs.local",
        "mele@[192.0.2.1]",
        "mele.example.org",
        "@x.org",
        "mele@",
        "a@b@c.org",
        "m" * 65 + "@x.org",
        "ask the assistant",
    ],
)
def test_what_is_no_address_or_could_be_another_persons_is_pointed_at(written: str) -> None:
    read = read_email(written)
    assert read.address == ""
    assert read.why.endswith(".")


@pytest.mark.parametrize("written", ["", "-", ".", "—", "n/a", "N.A.", "nil", "None", "no email"])
def test_a_cell_that_says_there_is_none_raises_no_doubt(written: str) -> None:
    assert read_email(written).why == read_email(written).address == ""


@pytest.mark.parametrize(
    "written", ["a@x.org; b@x.org", "a@x.org b@x.org", "a@x.org, b@x.org", "a@x.org、b@x.org"]
)
def test_of_two_addresses_the_first_is_used_and_the_other_is_known(written: str) -> None:
    read = read_email(written)
    assert (read.address, read.others) == ("a@x.org", ("b@x.org",))


def test_one_address_written_twice_is_one() -> None:
    assert read_email("a@x.org, A@X.ORG").others == ()


def test_the_name_beside_an_address_is_known() -> None:
    assert name_beside_email('"Fonua, Mele" <mele@x.org>') == "Fonua, Mele"
    assert name_beside_email("＜mele@x.org＞") == ""


@pytest.mark.parametrize(
    ("text", "is_one"), [("a@x.org", True), ("<a@x.org>", False), ("", False)]
)
def test_an_address_as_it_stands(text: str, is_one: bool) -> None:
    assert is_email(text) is is_one
