"""Lists of people, read to people and questions. No database."""

import pytest
from openpyxl import Workbook

from bot.importing.people.duplicates import merge_duplicates
from bot.importing.people.found import People
from bot.importing.people.known import KnownPeople
from bot.importing.people.reading import read_people
from bot.importing.rows.rows import Reading
from bot.importing.tables.reading import read_book
from surveys.planning.administrations import packaged_administrations
from tests.bot.importing.nasty_lists import saved


def read(text: str | bytes, host: str = "FJ", **answers: str) -> People:
    known = dict(packaged_administrations())
    people = People(Reading("list.csv"), known, answers, host=host)
    read_people(read_book(text if isinstance(text, bytes) else text.encode()), people)
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


def choices(people: People) -> dict[str, list[str]]:
    return {
        key: [choice.value for choice in question.choices]
        for key, question in people.questions.items()
    }


def test_an_unknown_administration_is_asked_for_with_likely_names_or_none() -> None:
    people = read("name,administration\nAda,Vanuatu Post\nBen,Royal Service\nCy,Vanautu\n")
    assert people.listed == []
    assert choices(people) == {
        "vanuatu post": ["VU", "leave out"],
        "royal service": ["leave out"],
        "vanautu": ["VU", "leave out"],
    }


@pytest.mark.parametrize(("host", "first"), [("FJ", ["FJ"]), ("", [])])
def test_a_row_without_an_administration_may_have_that_of_the_row_above(
    host: str, first: list[str]
) -> None:
    text = "name,administration\nBen,NP\nCy,\n"
    people = read(text, host)
    assert choices(people) == {"administration": [*first, "as above", "leave out"]}
    found = read(text, host, administration="as above").listed
    assert [(one.name, one.administration) for one in found] == [("Ben", "NP"), ("Cy", "NP")]


def test_a_list_of_people_beside_a_calendar_in_one_workbook_is_read() -> None:
    book = Workbook()
    book.active.append(["name", "administration"])
    book.active.append(["Ben", "NP"])
    calendar = book.create_sheet("Calendar")
    calendar.append(["code", "title", "starts_on", "ends_on"])
    calendar.append(["RM", "Risk", "2018-02-05", "2018-02-09"])
    people = read(saved(book))
    assert [one.name for one in people.listed] == ["Ben"]
    assert "Sheet 'Calendar' has no column for names and was not read." in people.notes


def test_rows_without_an_administration_are_named_and_answered_together_or_one_by_one() -> None:
    text = "name,administration\nAda,\nBen,NP\nCy,\nDee,Administration\nEve,\n"
    people = read(text)
    assert choices(people) == {
        "administration": ["FJ", "each", "leave out"],
        "'Administration'": ["leave out"],
    }
    asked = people.questions["administration"].text
    assert asked == "row 2 (Ada) names no administration. The answer is also for row 4, row 6."
    together = read(text, administration="TO")
    assert [(one.name, one.administration) for one in together.listed] == [
        ("Ada", "TO"),
        ("Ben", "NP"),
        ("Cy", "TO"),
        ("Eve", "TO"),
    ]
    each = read(text, administration="each", **{"row 4 administration": "WS"})
    assert [one.name for one in each.listed] == ["Ben", "Cy"]
    assert set(each.questions) == {
        "row 2 administration",
        "row 6 administration",
        "'Administration'",
    }


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Thai", "th"),
        ("thaï", "th"),
        ("ภาษาไทย", "th"),
        ("泰语", "th"),
        ("tiếng Thái", "th"),
        ("Français", "fr"),
        ("chinois", "zh"),
        ("Chinese (Simplified)", "zh"),
        ("Farsi", "fa"),
        ("فارسی", "fa"),
        ("ខ្មែរ", "km"),
        ("Lao", "lo"),
        ("EN", "en"),
        ("zh-TW", "zh-TW"),
        ("Hindi / English", "en"),
    ],
)
def test_a_language_is_known_by_its_name_in_all_languages(written: str, code: str) -> None:
    people = read(f"name,administration,language\nAda,FJ,{written}\n")
    assert [one.language for one in people.listed] == [code]


def test_a_language_that_no_text_is_in_is_said() -> None:
    people = read('name,administration,language\nAda,VU,Bislama\nBen,IN,"Hindi, English"\n')
    assert [one.language for one in people.listed] == ["en", "en"]
    said = [str(one) for one in people.reading.warnings]
    assert len(said) == 2
    assert all("is read as English" in one for one in said)


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("Participants", "participant"),
        ("ผู้เข้าร่วม", "participant"),
        ("学员", "participant"),
        ("Supérieur hiérarchique", "supervisor"),
        ("cấp trên", "supervisor"),
        ("National Contact Point", "contact_point"),
        ("contact_point", "contact_point"),
        ("联络点", "contact_point"),
    ],
)
def test_a_role_is_known_by_its_name_in_all_languages(written: str, role: str) -> None:
    people = read(f"name,administration,role\nAda,FJ,{written}\n")
    assert [one.role for one in people.listed] == [role]


@pytest.mark.parametrize(
    ("heading", "refusing", "others"),
    [
        (
            "Consent",
            ["no", "No.", "refused", "Declined", "disagreed", "FALSE", "0", "不同意"],
            ["", "yes", "TRUE", "1", "同意", "perhaps"],
        ),
        (
            "Do not contact",
            ["x", "yes", "TRUE", "1", "refused", "declined", "不同意"],
            ["", "no", "-", "FALSE", "0", "否"],
        ),
    ],
)
def test_who_refuses_in_a_list_is_not_contacted(
    heading: str, refusing: list[str], others: list[str]
) -> None:
    rows = "".join(f"Ada {word},FJ,{word}\n" for word in (*refusing, *others))
    people = read(f"name,administration,{heading}\n{rows}")
    assert [one.refused for one in people.listed] == [True] * len(refusing) + [False] * len(others)


def test_a_word_that_is_neither_yes_nor_no_is_pointed_at() -> None:
    people = read("name,administration,consent\nAda,FJ,yes\nBen,FJ,perhaps\nCy,FJ,1\n")
    (warning,) = people.reading.warnings
    assert "row 3, column consent, Ben: 'perhaps' is neither yes nor no" in str(warning)


def test_people_in_roles_that_are_not_asked_are_asked_about_together() -> None:
    text = "name,administration,role\nAda,FJ,Facilitator\nBen,FJ,วิทยากร\nCy,FJ,\n"
    people = read(text)
    assert choices(people) == {"other roles": ["leave out", "participant"]}
    assert (
        "row 2, Ada: nobody is asked in the role 'Facilitator'"
        in people.questions["other roles"].text
    )
    out = read(text, **{"other roles": "leave out"})
    assert [one.name for one in out.listed] == ["Cy"]
    assert "row 3, Ben, was left out: วิทยากร." in out.notes
    taken = read(text, **{"other roles": "participant"})
    assert [one.role for one in taken.listed] == ["participant"] * 3


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


def test_the_example_of_a_time_zone_is_that_of_the_administration() -> None:
    people = read("name,administration,timezone\nAda,Nepal,Katmandou\nBen,Atlantis,Suva\n")
    first, second = map(str, people.reading.problems)
    assert "row 2, column timezone, Ada: 'Katmandou' is not a time zone." in first
    assert "such as Asia/Kathmandu, or leave it empty" in first
    assert "'Suva' is not a time zone. Leave it empty" in second


@pytest.mark.parametrize(
    ("second", "filled"),
    [
        ("Ada Vea,FJ,a@x.org,French,done,+679 330 0000,Pacific/Apia,no", ("fr", "done", True)),
        ("Ada Vea,FJ,a@x.org,,,,,", ("en", None, False)),
    ],
)
def test_the_second_row_of_a_person_fills_the_gaps_of_the_first(
    second: str, filled: tuple[str, str | None, bool]
) -> None:
    head = "name,administration,email,language,elearning,phone,timezone,consent\n"
    people = read(f"{head}Ada Vea,FJ,a@x.org,,,,,\n{second}\n")
    ((one,), questions) = merge_duplicates(people.listed, people.reading, {}, KnownPeople())
    assert questions == []
    assert (one.language, one.elearning, one.refused) == filled
    assert bool(one.phone) is bool(one.timezone) is bool(one.row.get("language")) is one.refused


def test_what_the_first_row_of_a_person_says_stays() -> None:
    head = "name,administration,email,language,elearning\n"
    people = read(f"{head}Ada Vea,FJ,a@x.org,Thai,in progress\nMs. Ada Vea,FJ,a@x.org,fr,done\n")
    ((one,), _) = merge_duplicates(people.listed, people.reading, {}, KnownPeople())
    assert (one.language, one.elearning, one.title) == ("th", "in_progress", "Ms.")


@pytest.mark.parametrize(
    ("first", "second", "supervisors"),
    [
        ("Eve Tau,", "Gus Lao,", 2),
        ("Eve Tau,", "EVE TAU,", 1),
        ("Eve Tau,e@x.org", "Eve Tau,f@x.org", 2),
        ("Eve Tau,e@x.org", "Gus Lao,e@x.org", 1),
        ("Eve Tau,e@x.org", "Eve Tau,", 2),
    ],
)
def test_a_supervisor_of_two_rows_is_known_by_the_address_or_else_by_the_name(
    first: str, second: str, supervisors: int
) -> None:
    head = "name,administration,supervisor,supervisor's e-mail\n"
    people = read(f"{head}Ada,FJ,{first}\nBen,FJ,{second}\n")
    assert sum(one.role == "supervisor" for one in people.listed) == supervisors


def test_supervisors_of_one_name_in_two_administrations_are_two() -> None:
    people = read("name,administration,supervisor\nAda,FJ,Eve Tau\nBen,TO,Eve Tau\n")
    assert sum(one.role == "supervisor" for one in people.listed) == 2
