"""Sentences of the desk as they are said in the browser: none of them quotes a command."""

import re

COMMAND = re.compile(r"[^.!?\n]*`followup [^`]*`(?:[^.!?\n]|[.!?](?=\S))*[.!?]?")


def without_commands(text: str) -> str:
    """Return a text without the sentences that quote a command of the terminal."""
    said = [COMMAND.sub("", line).strip() for line in text.splitlines()]
    return "\n".join(line for line in said if line)
