"""The packaged names of countries and cities are those of the library."""

import json

from bot.importing.rows.place_names import FILE, names_in_cldr


def test_the_packaged_names_are_those_of_the_library() -> None:
    """`make places` writes them anew. This test loads thirty languages."""
    assert json.loads(FILE.read_text("utf-8")) == names_in_cldr()
