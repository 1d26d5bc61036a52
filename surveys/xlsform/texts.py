"""Markup in labels: tags and markdown become plain text, and plain text becomes safe in a form.

Knows no sheets.
"""

import html
import re

TAGS = (
    "a b big br center div em font h1 h2 h3 h4 h5 h6 hr i img li ol p small span strong style sub"
)
TAG = re.compile(rf"</?(?:{'|'.join(TAGS.split())}|sup|table|tbody|td|th|tr|u|ul)\b[^<>]*>", re.I)
BREAK = re.compile(r"<(?:br|hr)\s*/?>|</(?:p|div|li|tr|h[1-6])>", re.I)
LINK = re.compile(r"\[([^\[\]\n]+)\]\((https?://[^()\s]+)\)")
HEADING = re.compile(r"^#{1,6} +", re.M)
STRONG = re.compile(r"(?<![\w\\])(\*\*|__)(?=\S)([^*_\n]+?)(?<=[^\s\\])\1(?!\w)")
EMPHASIS = re.compile(r"(?<![\w\\{*_])([*_])(?=\S)([^*_\n]+?)(?<=[^\s\\])\1(?![\w}*_])")
ESCAPED = re.compile(r"\\([\\*_#<>&\[\]])")
ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6});")
SPECIAL = re.compile(r"[\\*_#<>&\[]")
QUOTED = re.compile(r"(\$\{[A-Za-z_][A-Za-z0-9_.-]*\})")


def plain_text(text: str) -> str:
    """Return a label without tags and markdown: a button shows characters, not markup.

    Only tags of HTML are removed: "a < b" and "<5 years" stay.
    """
    if not SPECIAL.search(text):
        return text
    shown = TAG.sub("", BREAK.sub("\n", text))
    shown = LINK.sub(r"\1 (\2)", HEADING.sub("", shown))
    shown = EMPHASIS.sub(r"\2", STRONG.sub(r"\2", shown))
    shown = ENTITY.sub(lambda found: html.unescape(found[0]), ESCAPED.sub(r"\1", shown))
    lines = shown.split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()


def marked_up(text: str) -> str:
    """Return a plain text so written that `plain_text` and other tools give it back unchanged."""
    if plain_text(text) == text:
        return text
    parts = QUOTED.split(text)
    return "".join(
        part if QUOTED.fullmatch(part) else SPECIAL.sub(_escaped, part) for part in parts
    )


def _escaped(found: re.Match[str]) -> str:
    entity = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(found[0])
    return entity or f"\\{found[0]}"
