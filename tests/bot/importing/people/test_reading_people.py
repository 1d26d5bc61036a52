"""Lists of people, read to people and questions. No database."""

import pytest

from bot.importing.people.reading import People, read_people
from bot.importing.rows.rows import Reading
from bot.importing.tables.reading import read_book
from surveys.planning.administrations import packaged_administrations


def read(text: str, **answers: str) -> People:
    known = dict(packaged_administrations())
    people = People(Reading("list.csv"), known, answers, host="FJ")
    read_people(read_book(text.encode()), people)
    return people


def test_in_a_french_list_the_name_is_the_family_name_and_no_column_is_lost() -> None:
    people = read("Nom,Prénom,Courriel,Pays\nVea,Ada,ada@example.org,FJ\n")
    (one,) = people.listed
    assert (one.name, one.email, one.administration) == ("Ada Vea", "ada@example.org", "FJ")


def test_the_name_of_an_office_is_told_once_with_what_it_is_read_as() -> None:
    rows = "".join(f"{name},Fiji Revenue and Customs Service\n" for name in ("Ada", "Ben"))
    people = read(f"name,administration\n{rows}")
    assert [one.administration for one in people.listed] == ["FJ", "FJ"]
    told = [note for note in people.notes if "is read as" in note]
    assert told == [
        f"'Fiji Revenue and Customs Service' is read as {people.known['FJ'].name}.",
    ]


@pytest.mark.parametrize("written", ["FJ", "Fiji", "fj"])
def test_a_code_or_the_name_of_a_country_needs_no_note(written: str) -> None:
    people = read(f"name,administration\nAda,{written}\n")
    assert [one.administration for one in people.listed] == ["FJ"]
    assert not any("is read as" in note for note in people.notes)


def test_an_unknown_administration_is_asked_for_with_near_names_the_host_and_leaving_out() -> None:
    people = read("name,administration\nAda,Vanuatu Post\n")
    assert people.listed == []
    (question,) = people.questions.values()
    assert [choice.value for choice in question.choices] == ["VU", "FJ", "leave out"]


NASTY = """Given name,Family name,E-mail,Administration
Mr. Suharto,.,suharto@example.org,ID
Wangari,N/A,EF <wangari@example.org>,FJ
Dr.Mele,FONUA,mele(at)example.org,TO
伟,王,ｗｅｉ＠ｅｘａｍｐｌｅ．ｏｒｇ,CN
นายสมชาย,ใจดี,somchai@example.org（工作）,TH
Sione,-,gus@example..org,TO
-,Tupou,"a@example.org; b@example.org",TO
.,.,"Ada Vea <ada@example.org>",FJ
"""


def test_place_holders_titles_mononyms_and_spoiled_addresses_in_one_list() -> None:
    people = read(NASTY)
    assert [(one.name, one.title, one.email) for one in people.listed] == [
        ("Suharto", "Mr.", "suharto@example.org"),
        ("Wangari", "", "wangari@example.org"),
        ("Mele FONUA", "Dr.", "mele@example.org"),
        ("王伟", "", "wei@example.org"),
        ("สมชาย ใจดี", "นาย", "somchai@example.org"),
        ("Sione", "", ""),
        ("Tupou", "", "a@example.org"),
        ("Ada Vea", "", "ada@example.org"),
    ]
    told = [str(one) for one in people.reading.warnings]
    assert [text.split(", column")[0].rpartition("row ")[2] for text in told] == [
        "4",
        "5",
        "7",
        "8",
    ]
    assert "two periods in a row" in told[2]
    assert "a@example.org is used" in told[3]


def test_a_row_without_any_name_says_so_although_it_has_a_title() -> None:
    people = read("name,administration,email\nMr.,FJ,ada@example.org\n")
    assert [problem.message for problem in people.reading.problems] == ["The name is missing."]


def test_a_name_with_its_address_in_one_cell_is_both() -> None:
    (ada,) = read('name,administration\n"Vea, Ada <ada@example.org>",FJ\n').listed
    assert (ada.name, ada.email) == ("Vea, Ada", "ada@example.org")
