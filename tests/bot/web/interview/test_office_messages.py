"""Who answers on the page writes to the office there."""

from storage.people.office_messages import messages_of
from tests.bot.stage import Stage
from tests.bot.web.conftest import Opening


async def test_a_message_to_the_office_is_kept_and_the_person_is_told(
    stage: Stage, browser: Opening
) -> None:
    ada = await stage.joined("Ada Vea")
    window = await browser(ada)
    screen = await window.follows("Write to the office")
    assert screen.heading == "Write to the office"
    empty = await window.sends([("message", " \r\n ")])
    assert "Please write your message first." in empty.text
    told = await window.sends([("message", "Wrong\r\nworkshop")])
    assert "We have passed your message on to the office." in told.text
    kept = await stage.application.transactions.read(messages_of, [ada.participant_id])
    assert [one.text for one in kept] == ["Wrong\nworkshop"]
