"""The headings of a form: `bind:relevant`, `Relevance` and `relevant` are one column.

Names are those of the XLSForm specification and their older forms; `max`, `loop`, `exclusive`,
`non_answer` and `minutes` are columns of this project that other tools ignore.
"""

import re
from dataclasses import dataclass

from surveys.xlsform.languages import DEFAULT
from surveys.xlsform.sheets import CHOICES, SETTINGS, SURVEY, one_line

PREFIXES = ("bind", "control", "media", "body")
PICTURES = ("image", "big-image", "audio", "video")
TEXTS = ("label", "hint", "constraint_message")
TRANSLATED = (*TEXTS, "guidance_hint", "required_message", *PICTURES)
COMMON = {"caption": "label", "value": "name"}
ALIASES = {
    SURVEY: {
        **COMMON,
        **{"command": "type", "tag": "name", "relevance": "relevant", "readonly": "read_only"},
        **{"calculate": "calculation", "count": "repeat_count", "jr:count": "repeat_count"},
        **{"constraining_message": "constraint_message", "jr:requiredmsg": "required_message"},
        **{"jr:constraintmsg": "constraint_message", "requiredmsg": "required_message"},
    },
    CHOICES: COMMON,
    SETTINGS: {
        **{"title": "form_title", "set_form_title": "form_title"},
        **{"id_string": "form_id", "set_form_id": "form_id"},
    },
}
READ = {
    SURVEY: (
        *("type", "name", *TEXTS, "relevant", "constraint", "calculation", "choice_filter"),
        *("required", "parameters", "default", "appearance", "disabled", "max", "loop"),
        "reversed",
    ),
    CHOICES: ("list_name", "name", "label", "exclusive", "non_answer"),
    SETTINGS: ("form_title", "form_id", "version", "default_language", "minutes", "unreviewed"),
}
WITHOUT_EFFECT = {
    SURVEY: ("guidance_hint", "required_message", "trigger", *PICTURES),
    CHOICES: PICTURES,
    SETTINGS: (),
}
"""Columns of the specification that a chat cannot follow: each is reported once."""
PASSED_OVER = {
    SURVEY: (
        *("read_only", "repeat_count", "autoplay", "rows", "save_to", "intent", "instance"),
        *("compact_tag", "sms_field", "sms_option", "noapperrorstring", "no_app_error_string"),
        *("wave", "construct", "theme", "indicator", "score", "note", "notes", "comment"),
        *("comments", "remark", "remarks", "description", "source"),
    ),
    CHOICES: (),
    SETTINGS: (
        *("style", "instance_name", "public_key", "submission_url", "allow_choice_duplicates"),
        *("clean_text_values", "name", "namespaces", "auto_send", "auto_delete", "prefix"),
    ),
}
"""Columns without effect here, and notes of authors."""


@dataclass(frozen=True)
class Column:
    """One column: its number from 1, its heading as written, its name, and its language if any."""

    number: int
    written: str
    name: str
    language: str = ""


def read_heading(role: str, number: int, written: str) -> Column:
    """Return a heading with its name in the specification; an unknown name stays as it is."""
    heading = one_line(written)
    tokens = _tokens(heading)
    base = _snake(tokens[0])
    if base in PREFIXES and len(tokens) > 1:
        tokens = tokens[1:]
        base = _snake(tokens[0])
    name = ALIASES[role].get(base, base)
    language = " ".join(tokens[1:])
    if language and name not in TRANSLATED:
        return Column(number, heading, name if name == "instance" else _snake(heading))
    return Column(number, heading, name, "" if language.casefold() == DEFAULT else language)


def _tokens(heading: str) -> list[str]:
    """Return the parts between colons. Single colons are the older form, and occur in jr:count too."""
    if "::" in heading:
        return [part.strip() for part in heading.split("::")]
    parts = [part.strip() for part in re.sub(r"(?i)\bjr\s*:\s*", "jr|", heading).split(":")]
    return [part.replace("|", ":") for part in parts]


def _snake(text: str) -> str:
    return "_".join(text.split()).lower()
