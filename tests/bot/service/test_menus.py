"""The command menus that the messenger shows: in the language of its reader."""

from bot.participants.commands import menu
from bot.service.menus import in_all_languages
from bot.staff_chat.commands import menu_of
from storage.office.staff import StaffRole
from surveys.wording import ENGLISH, worded_languages

LONGEST = 256
"""The longest text of a command that Telegram takes."""


def test_every_line_of_a_menu_is_translated_into_every_language() -> None:
    everyone = in_all_languages(menu)
    staff = in_all_languages(lambda words: menu_of(StaffRole.ADMINISTRATOR, words))
    assert set(everyone) == {"", *worded_languages()} - {ENGLISH}
    for menus in (everyone, staff):
        english = dict(menus[""])
        for code, lines in menus.items():
            assert [name for name, _ in lines] == list(english)
            assert all(0 < len(told) <= LONGEST for _, told in lines)
            if code:
                assert not {told for _, told in lines} & set(english.values()), code
