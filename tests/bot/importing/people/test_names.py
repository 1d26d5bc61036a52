"""One name: titles and place-holders are split off, everything else stays as it is written. Pure."""

import pytest

from bot.importing.people.names import read_name, read_part

TITLES = {
    "Mr. Ramesh Namoona": ("Ramesh Namoona", "Mr."),
    "Dr.Mele Fonua": ("Mele Fonua", "Dr."),
    "Rev Sione Tupou": ("Sione Tupou", "Rev"),
    "Mr./Ms. Jo Fa": ("Jo Fa", "Mr./Ms."),
    "Prof. Dr. Ada Vea": ("Ada Vea", "Prof. Dr."),
    "Dr. (Mrs.) Ada Vea": ("Ada Vea", "Dr. Mrs."),
    "FONUA, Dr. Mele": ("FONUA, Mele", "Dr."),
    "Mele Fonua (Mrs.)": ("Mele Fonua", "Mrs."),
    "Capt. Sione Tupou": ("Sione Tupou", "Capt."),
    "MS JANE DOE": ("JANE DOE", "MS"),
    "นายสมชาย ใจดี": ("สมชาย ใจดี", "นาย"),
    "นางสาวศิริพร ทองสุข": ("ศิริพร ทองสุข", "นางสาว"),
    "ดร. สมชาย ใจดี": ("สมชาย ใจดี", "ดร."),
    "王小伟先生": ("王小伟", "先生"),
    "김민준 씨": ("김민준", "씨"),
    "Ông Nguyễn Văn Anh": ("Nguyễn Văn Anh", "Ông"),
    "г-н Сергей Иванов": ("Сергей Иванов", "г-н"),
}


@pytest.mark.parametrize(("written", "read"), TITLES.items())
def test_a_title_is_split_off_and_known(written: str, read: tuple[str, str]) -> None:
    assert (read_name(written).name, read_name(written).title) == read


@pytest.mark.parametrize(
    "name",
    [
        "MS Dhoni",
        "Hon Wai",
        "Col Smith",
        "Er Ting",
        "Jose Cruz Sr.",
        "Ada Vea, Jr.",
        "J. R. Smith",
        "O.B. Ada",
        "王先生",
        "Na Hye-jin",
        "'Ofa Vea",
        "Suharto",
        "Null Kim",
        "FONUA Mele",
        "TUPOU, Mele",
        "นายก ใจดี",
        "नारायण‍प्रसाद",
    ],
)
def test_a_name_that_looks_like_a_title_or_a_place_holder_stays(name: str) -> None:
    assert (read_name(name).name, read_name(name).title) == (name, "")


@pytest.mark.parametrize(
    "written", ["Suharto .", "Suharto -", "Suharto —", "Suharto N/A", ". Suharto", "Suharto LNU"]
)
def test_what_stands_for_a_missing_part_is_no_part(written: str) -> None:
    assert read_name(written).name == "Suharto"


@pytest.mark.parametrize("written", ["-", ".", "N/A", "n/a", "#N/A", "Dr.", "—", ""])
def test_a_place_holder_or_a_title_alone_is_no_name(written: str) -> None:
    assert read_name(written).name == ""


@pytest.mark.parametrize("written", ["nil", "None", "unknown", "no surname", "-"])
def test_a_column_of_family_names_says_in_words_that_there_is_none(written: str) -> None:
    assert read_part(written).name == ""


def test_full_width_letters_are_usual_ones() -> None:
    assert read_name("Ａｄａ　Ｖｅａ").name == "Ada Vea"
