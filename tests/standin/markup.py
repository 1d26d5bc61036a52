"""Formatted text, roughly as the Bot API reads it: HTML and MarkdownV2 to visible text."""

import html
import re

from tests.standin.calls import Json
from tests.standin.limits import RefusalError, bad_request, units

_HTML = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_HTML_TOKEN = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);|<(/?)([^\s<>/]*)([^<>]*)>|<")
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'>]+)")
_MARKS = {
    "```": "pre",
    "`": "code",
    "__": "underline",
    "_": "italic",
    "*": "bold",
    "~": "strikethrough",
    "||": "spoiler",
}
_RESERVED = set("_*[]()~`>#+-=|{}.!")


def visible(text: str, mode: str | None, entities: list[Json] | None) -> tuple[str, list[Json]]:
    """The text that people see and its entities (offsets in UTF-16 units), trimmed at both ends.

    Raises a RefusalError with "can't parse entities" for a text that is not well formed.
    """
    if not mode:
        return _trimmed(text, entities or [])
    if mode.lower() == "html":
        return _trimmed(*_Html(text).read())
    if mode.lower() == "markdownv2":
        return _trimmed(*_Markdown(text).read())
    # The old "Markdown" exists in reality; here nobody may start to use it.
    raise bad_request("unsupported parse_mode")


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    cut = units(text) - units(text.lstrip())
    stripped = text.strip()
    end = units(stripped)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - cut)
        stop = min(end, entity["offset"] + entity["length"] - cut)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return stripped, sorted(kept, key=lambda entity: (entity["offset"], -entity["length"]))


class _Reader:
    """Visible text so far and the entities that are open: (mark, kind, start, link)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[str] = []
        self.open: list[tuple[str, str, int, str]] = []
        self.entities: list[Json] = []

    @property
    def here(self) -> int:
        return units("".join(self.out))

    def refuse(self, why: str, at: int) -> RefusalError:
        offset = len(self.text[:at].encode())
        return bad_request(f"can't parse entities: {why} at byte offset {offset}")

    def close(self, link: str = "") -> None:
        _, kind, start, url = self.open.pop()
        entity: Json = {"type": kind, "offset": start, "length": self.here - start}
        if kind == "text_link":
            entity["url"] = link or url
        self.entities.append(entity)


class _Html(_Reader):
    def read(self) -> tuple[str, list[Json]]:
        place = 0
        for token in _HTML_TOKEN.finditer(self.text):
            self.out.append(self.text[place : token.start()])
            place = token.end()
            if token[0].startswith("&"):
                self.out.append(html.unescape(token[0]))
            else:
                self._tag(token)
        self.out.append(self.text[place:])
        if self.open:
            name = self.open[-1][0]
            text = f"""Can't find end tag corresponding to start tag "{name}\""""
            raise bad_request(f"can't parse entities: {text}")
        return "".join(self.out), self.entities

    def _tag(self, token: re.Match[str]) -> None:
        closing, name, rest = token[1], (token[2] or "").lower(), token[3] or ""
        if token[0] == "<":
            raise self.refuse("Unclosed start tag", token.start())
        if not closing:
            self._start(name, rest, token.start())
        elif not self.open:
            raise self.refuse("Unexpected end tag", token.start())
        elif name not in ("", self.open[-1][0]):
            why = f'expected "</{self.open[-1][0]}>", found "</{name}>"'
            raise self.refuse(f"Unmatched end tag, {why}", token.start())
        else:
            self.close()

    def _start(self, name: str, rest: str, at: int) -> None:
        if name not in _HTML or (name == "span" and "tg-spoiler" not in rest):
            raise self.refuse(f'Unsupported start tag "{name}"', at)
        link = _HREF.search(rest)
        url = html.unescape(link[1]) if link else ""
        self.open.append((name, _HTML[name], self.here, url))


class _Markdown(_Reader):
    def read(self) -> tuple[str, list[Json]]:
        at = 0
        while at < len(self.text):
            at = self._step(at)
        if self.open:
            kind = self.open[-1][1].replace("_", " ").title().replace(" ", "")
            raise self.refuse(f"Can't find end of {kind} entity", len(self.text))
        return "".join(self.out), self.entities

    def _step(self, at: int) -> int:
        char = self.text[at]
        if char == "\\" and at + 1 < len(self.text) and self.text[at + 1].isascii():
            self.out.append(self.text[at + 1])
            return at + 2
        inside = self.open[-1][0] if self.open else ""
        if inside.startswith("`"):
            return self._code(at, inside)
        mark = next((mark for mark in _MARKS if self.text.startswith(mark, at)), None)
        if mark:
            self._toggle(mark, at)
            return at + len(mark)
        if char in "[]":
            return self._link(char, at)
        if char == ">" and (at == 0 or self.text[at - 1] == "\n"):
            return at + 1
        if char in _RESERVED:
            why = f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
            raise bad_request(f"can't parse entities: {why}")
        self.out.append(char)
        return at + 1

    def _code(self, at: int, mark: str) -> int:
        if self.text.startswith(mark, at):
            self.close()
            return at + len(mark)
        self.out.append(self.text[at])
        return at + 1

    def _toggle(self, mark: str, at: int) -> None:
        if self.open and self.open[-1][0] == mark:
            self.close()
        elif any(mark == opened for opened, *_ in self.open):
            raise self.refuse(f"Can't find end of {_MARKS[mark].title()} entity", at)
        else:
            self.open.append((mark, _MARKS[mark], self.here, ""))

    def _link(self, char: str, at: int) -> int:
        if char == "[":
            self.open.append(("[", "text_link", self.here, ""))
            return at + 1
        target = re.compile(r"\]\(((?:\\.|[^\\)])*)\)").match(self.text, at)
        if not target or not self.open or self.open[-1][0] != "[":
            raise self.refuse("Can't find end of a URL", at)
        self.close(re.sub(r"\\(.)", r"\1", target[1]))
        return target.end()
