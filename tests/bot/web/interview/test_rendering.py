"""Pages rendered from an interview, without a server or a database."""

from datetime import UTC, datetime

from bot.web.interview.page import Page, View
from bot.web.interview.rendering import Site, render
from bot.wording.cards import Asking
from surveys.authoring.reading import read_questionnaire
from surveys.interview.answers import Interview
from tests.bot.web.browser import Screen

NOW = datetime(2018, 6, 8, 10, 0, tzinfo=UTC)
QUOTING = """
spec: 1
key: T
title: Test
languages: [en]
choices:
  plans:
    - {name: own, label: "${why}"}
    - {name: none, label: None of these}
survey:
  - {type: select_one plans, name: plan, label: "Which plan?"}
  - {type: text, name: why, label: "Why?"}
"""


def test_a_choice_that_quotes_a_blank_answer_has_a_label_on_the_page() -> None:
    asking = Asking(1, Interview(read_questionnaire(QUOTING, "t.yaml"), NOW))
    page = Page(asking.words, View.HERE, asking=asking)
    screen = Screen(render(Site("ROCB", "the office", ""), page))
    assert screen.choices == ["…", "None of these"]
