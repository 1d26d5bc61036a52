"""How many statements a page takes, and an answer that it sends."""

from tests.bot.stage import Stage
from tests.bot.web.conftest import Opening
from tests.listening import statements_of

PAGE, ANSWER = 3, 9
"""A page reads the link and whose it is, the open cases, and the answers."""


async def test_the_statements_of_a_page_and_of_a_later_answer(
    stage: Stage, browser: Opening
) -> None:
    ada = await stage.joined("Ada Vea")
    await stage.opens("M6", "2018-06-08 10:00")
    window = await browser(ada)
    await window.presses("Start")
    await window.chooses("Same job")
    with statements_of(stage.application.transactions.database) as said:
        await window.opens()
    assert len(said) == PAGE
    with statements_of(stage.application.transactions.database) as said:
        await window.chooses(window.screen.choices[0])
    assert len(said) == ANSWER + PAGE
