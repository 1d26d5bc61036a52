"""A questionnaire on paper: what is asked when, and where each answer leads."""

from datetime import UTC, datetime

import pytest

from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.authoring.reading import read_questionnaire
from surveys.interview.paper import END, LINE, Condition, PaperQuestion, paper_questions

NOW = datetime(2018, 6, 8, tzinfo=UTC)
ROUTES = """
spec: 1
key: OWN
title: Own
choices:
  yes_no: [{name: "yes", label: "Yes"}, {name: "no", label: "No"}]
  tools: [{name: law, label: Law}, {name: unit, label: Unit}, {name: none, label: None of them}]
survey:
  - {type: select_one yes_no, name: uses, label: "Do you use it?"}
  - {type: select_multiple tools, name: tools, label: "What?", relevant: "${uses} != 'no'"}
  - {type: text, name: law, label: "Which law?", relevant: "selected(${tools}, 'law')"}
  - {type: text, name: unit, label: "Which unit?", relevant: "selected(${tools}, 'unit')"}
  - type: integer
    name: people
    label: "How many?"
    relevant: "${uses} != 'no' and not(selected(${tools}, 'none'))"
  - {type: text, name: why, label: "Why not?", relevant: "${uses} = 'no'"}
  - {type: select_one yes_no, name: quote, label: "May we quote you?"}
  - {type: text, name: name, label: "As whom?", relevant: "${quote} = 'yes'"}
"""


def on_paper(text: str) -> dict[str, PaperQuestion]:
    found = paper_questions(read_questionnaire(text, "test.yaml"), "en", {}, NOW)
    return {one.item: one for one in found}


def leads(question: PaperQuestion) -> list[int | None]:
    return [one.leads_to for one in question.choices]


def test_an_answer_leads_past_what_it_leaves_out() -> None:
    form = on_paper(ROUTES)
    assert [one.number for one in form.values()] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert leads(form["uses"]) == [None, 6]
    assert leads(form["quote"]) == [None, END]
    assert leads(form["tools"]) == [None, None, None]


def test_what_follows_from_one_answer_alone_says_so() -> None:
    form = on_paper(ROUTES)
    assert form["law"].conditions == (Condition((2,), ("1",)),)
    assert form["unit"].conditions == (Condition((2,), ("2",)),)
    assert form["why"].conditions == (Condition((1,), ("2",)),)
    assert form["people"].conditions == (Condition((2,), ("3",), only=False),)
    assert form["uses"].conditions == ()


def test_several_ticks_do_not_lead_past_each_other() -> None:
    form = {one.item: one for one in paper_questions(packaged_questionnaire("M6"), "en", {}, NOW)}
    numbers = {name: one.number for name, one in form.items()}
    assert set(leads(form["job"])) == {None, numbers["taken_over"]}
    assert set(leads(form["anchor_status_procedure"])) == {None}
    assert form["title_law"].conditions == (
        Condition((numbers["anchor_status_law"],), ("4", "5")),
    )
    statuses = tuple(n for name, n in numbers.items() if name.startswith("anchor_status"))
    assert form["without_it"].conditions == (Condition(statuses, ("4", "5")),)


@pytest.mark.parametrize("key", packaged_keys())
def test_every_packaged_questionnaire_can_be_printed(key: str) -> None:
    questionnaire = packaged_questionnaire(key)
    found = paper_questions(questionnaire, "en", {}, NOW)
    assert found
    for one in found:
        assert all(n < one.number for each in one.conditions for n in each.questions)
        assert all(n == END or n > one.number for n in leads(one) if n is not None)


def test_a_line_stands_for_what_only_an_answer_could_say() -> None:
    form = on_paper(
        ROUTES
        + """
  - {type: calculate, name: told, calculation: "${law}"}
  - {type: text, name: more, label: "${told}: what is its title?"}
"""
    )
    assert form["more"].text == f"{LINE}: what is its title?"
