"""Names for comparing: spelt alike, or the same parts in any order. Pure."""

import unicodedata

from bot.importing.tables.headings import plain


def folded(name: str) -> str:
    """Return a name apart from case and Unicode composition."""
    return unicodedata.normalize("NFC", name).casefold()


def name_key(name: str) -> str:
    """Return a name without accents, case and order of its parts: "TUPOU, Mele" is "mele tupou"."""
    return " ".join(sorted(plain(name.replace(",", " ")).split())) or folded(name)


def hinted(email: str) -> str:
    """Return an e-mail address of which only its owner knows the whole: "m…@example.org"."""
    name, _, place = email.partition("@")
    return f"{name[:1]}…@{place}"
