"""Exports of survey tools, as each writes them, give the same answers."""

import pytest

from tests.bot.importing.answers.tables import Table, read

SAME = [
    {"used": "yes", "tools": "form map", "conf": "4", "nps": "9", "why": "no time, again"},
    {"used": "no", "tools": "talk", "conf": "2"},
]
GOOGLE = """Timestamp,Email Address,Used?,Which tools?,How sure are you?,Recommend?,Why?
2027/06/20 2:30:00 PM GMT+7,ada@example.org,Yes,"Form, Map",4,9,"no time, again"
2027/06/21 9:05:11 AM GMT+7,ben@example.org,No,Talk,2,,
"""
MONKEY = """Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,Used?,Which tools?,,,How sure are you?,Recommend?,Why?
,,,,,,Response,Form,Map,Talk,Response,Response,Open-Ended Response
118,42,06/20/2027 02:12:00 PM,06/20/2027 02:30:00 PM,192.0.2.1,ada@example.org,Yes,Form,Map,,4,9,"no time, again"
119,42,06/21/2027 09:00:00 AM,06/21/2027 09:05:11 AM,192.0.2.2,ben@example.org,No,,,Talk,2,,
"""  # noqa: E501 - as the tool writes it
KOBO = """start,end,email,g/used,g/tools,g/tools/form,g/tools/map,g/tools/talk,conf,nps,why,_id,_uuid,_submission_time,_index
2027-06-20T14:12,2027-06-20T14:30,ada@example.org,yes,form map,1,1,0,4,9,"no time, again",7,aa-1,2027-06-20T07:30:00,1
2027-06-21T09:00,2027-06-21T09:05,ben@example.org,no,talk,0,0,1,2,,,8,aa-2,2027-06-21T02:05:00,2
"""  # noqa: E501
LIME_CODES = """id,submitdate,lastpage,token,used,tools[form],tools[map],tools[talk],conf,nps,why
1,2027-06-20 14:30:00,3,ada@example.org,yes,Y,Y,N,4,9,"no time, again"
2,2027-06-21 09:05:11,3,ben@example.org,no,N,N,Y,2,,
"""
LIME_TEXTS = """"Response ID","Date submitted","Email address","used. Used?","Which tools? [Form]","Which tools? [Map]","Which tools? [Talk]","conf. How sure are you?","Recommend?","Why?"
"1","2027-06-20 14:30:00","ada@example.org","Yes [yes]","Yes","Yes","No","4","9","no time, again"
"2","2027-06-21 09:05:11","ben@example.org","No [no]","No","No","Yes","2","N/A",""
"""  # noqa: E501
REDCAP = """record_id,email,used,tools___form,tools___map,tools___talk,conf,nps,why,date
1,ada@example.org,yes,1,1,0,4,9,"no time, again",2027-06-20 14:30
2,ben@example.org,no,0,0,1,2,,,2027-06-21 09:05
"""
BY_HAND = """Follow-up of the risk workshop;;;;;;
;;;;;;
E-mail;Used?;Tools;Sure;Recommend?;Why?;Submitted on
ada@example.org;YES;Form; 4 - sure;9;no time, again;20 June 2027
;;;;;;
ben@example.org;no;talk;2.0;n/a;NA;21/06/2027
Average;;;3;;;
"""
QUALTRICS = """email,used,tools,conf,nps,why,date
Your e-mail,Used?,Which tools?,How sure are you?,Recommend?,Why?,Date
ada@example.org,Yes,"Form;Map",4,9,"no time, again",2027-06-20
ben@example.org,No,Talk,2,,,2027-06-21
"""
LONG = """email;question;answer;date
ada@example.org;Used?;Yes;2027-06-20
ada@example.org;tools;form|map;2027-06-20
ada@example.org;conf;4;2027-06-20
ada@example.org;nps;9;2027-06-20
ada@example.org;why;no time, again;2027-06-20
ben@example.org;used;no;2027-06-21
ben@example.org;Which tools?;Talk;2027-06-21
ben@example.org;conf;2;2027-06-21
"""


@pytest.mark.parametrize(
    "text",
    [GOOGLE, MONKEY, KOBO, LIME_CODES, LIME_TEXTS, REDCAP, QUALTRICS, LONG],
    ids="google surveymonkey kobo limesurvey-codes limesurvey-texts redcap qualtrics long".split(),
)
def test_each_tool_gives_the_same_answers_of_the_same_people(text: str) -> None:
    table = read(text, "S2")
    assert table.asked == []
    assert not table.reading.failed, table.reading.problems
    assert [dict(one.values) for one in table.found.told] == SAME
    people = [next(iter(one.who.values())) for one in table.found.told]
    assert people == ["ada@example.org", "ben@example.org"]
    assert [f"{one.at:%Y-%m-%d}" for one in table.found.told] == ["2027-06-20", "2027-06-21"]


def test_a_table_made_by_hand_asks_for_what_it_calls_otherwise() -> None:
    table = read(BY_HAND, "S2")
    assert table.asked == ["column D", "column G", "answered on"]
    named = {"column conf": "D", "column date": "Submitted on"}
    table = read(BY_HAND, "S2", named)
    assert table.asked == []
    assert [dict(one.values) for one in table.found.told] == [
        SAME[0] | {"tools": "form"},
        SAME[1],
    ]


def cell(text: str) -> Table:
    return read(f'date,tools\n2027-06-20,"{text}"\n', "S2")


@pytest.mark.parametrize(
    "text",
    ["form map", "Map;Form", "form,map", "Form, Map", "map|form", "Form\nMap", "  FORM ; map "],
)
def test_ticks_in_one_cell_are_divided_by_whatever_stands_between_them(text: str) -> None:
    assert cell(text).given("tools") == ["form map"]


def test_ticks_that_are_no_options_are_asked_about_and_the_others_are_kept() -> None:
    table = cell("Form;Laptop")
    assert table.asked == ["tools: Laptop"]
    assert table.given("tools") == ["form"]
    answered = {"tools: Laptop": "map"}
    table = read("date,tools\n2027-06-20,Form;Laptop\n", "S2", answered)
    assert (table.asked, table.given("tools")) == ([], ["form map"])


def test_a_label_with_a_comma_is_one_option_and_words_of_other_languages_are_known() -> None:
    text = (
        "date,used_for,use_before\n"
        '2027-06-20,"Cleaned data, alone, Made a chart",Aucun\n'
        "2027-06-20,Other: radio,หนึ่งหรือสองครั้ง\n"
    )
    table = read(text, "S1")
    assert not table.asked
    assert table.given("used_for") == ["alone chart", "other"]
    assert table.given("used_for_other") == ["radio"]
    assert table.given("use_before") == ["none", "once"]


def test_a_column_full_of_words_that_a_question_does_not_know_is_another_column() -> None:
    rows = "".join(f"2027-06-20,word {number}\n" for number in range(30))
    table = read(f"date,used\n{rows}", "S2")
    assert "more than 20 words" in str(table.reading.problems[0])
    assert len(table.asked) == 20


def test_columns_that_a_tool_adds_by_itself_are_named_and_not_asked_about() -> None:
    table = read(KOBO, "S2")
    (warning,) = table.reading.warnings
    assert "not read: start, end, _uuid, _index" in warning.message
