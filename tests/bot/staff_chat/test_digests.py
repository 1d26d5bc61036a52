"""/digest in chat: the monthly message is switched on and off with a button."""

from tests.bot.stage import Stage


async def test_in_chat_it_is_switched_on_with_a_button(stage: Stage) -> None:
    max_ = stage.visitor("Max", "903")
    await max_.types("/digest")
    await max_.taps("Send it to me here")
    assert max_.text.startswith("The monthly message is sent in chat")
    await max_.types("/digest")
    assert max_.text.startswith("You get a short message")
    await max_.taps("Stop these messages")
    assert max_.labels == ["Send it to me here"]
