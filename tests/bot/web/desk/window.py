"""A browser of a member of the staff, without JavaScript: reads pages, follows links, sends forms."""

import re
from collections.abc import Iterable
from typing import Any

from httpx import ASGITransport, AsyncClient, Response
from lxml import etree, html

from tests.bot.web.browser import PUBLIC

File = tuple[str, bytes, str]
APART = re.compile(r"<(?=(?:td|th|small|li|p|div|h[1-6]|dt|dd|button|label|option|br|b|span)\b)")
"""Where parts of a page begin that stand beside or below what was before."""


class Window:
    """One window of the desk."""

    def __init__(self, app: object) -> None:
        transport = ASGITransport(app, client=("203.0.113.8", 5000))  # type: ignore[arg-type]
        self.app = app
        self.client = AsyncClient(transport=transport, base_url=PUBLIC)
        self.answer: Response
        self.path = ""

    async def opens(self, path: str) -> "Window":
        """Go to an address, following redirects."""
        return await self._seen(await self.client.get(path))

    async def follows(self, text: str) -> "Window":
        """Click the link with this text; the text for readers who hear the page counts too."""
        found = [one for one in self.tree.xpath("//a") if _text(one) == text]
        assert found, (text, [_text(one) for one in self.tree.xpath("//a")])
        return await self.opens(_resolved(self.path, found[0].get("href")))

    async def presses(
        self, label: str, file: File | None = None, /, **given: str | Iterable[str]
    ) -> "Window":
        """Press the button with this text, with these fields filled in and a file chosen."""
        form, button = self._form_of(label)
        fields = _fields(form, given)
        if button.get("name"):
            fields.append((button.get("name"), button.get("value", "")))
        action = _resolved(self.path, form.get("action") or self.path)
        if form.get("method", "get").lower() != "post":
            return await self._seen(await self.client.get(action, params=[*fields]))
        origin = {"origin": PUBLIC, "sec-fetch-site": "same-origin"}
        data: dict[str, list[str]] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        files = {_file_field(form): file} if file else None
        sent = await self.client.post(action, data=data, files=files, headers=origin)
        return await self._seen(sent)

    def _form_of(self, label: str) -> tuple[Any, Any]:
        buttons = self.tree.xpath("//form//button")
        found = [one for one in buttons if _text(one) == label]
        assert found, (label, self.buttons)
        form = next(iter(found[0].iterancestors("form")))
        return form, found[0]

    async def _seen(self, answer: Response) -> "Window":
        while answer.status_code == 303:
            answer = await self.client.get(answer.headers["location"].partition("#")[0])
        self.answer = answer
        self.path = answer.request.url.raw_path.decode()
        return self

    async def titles(self) -> list[str]:
        """Open the pictures of the page; return what their marks say."""
        found = [await self.client.get(one) for one in self.tree.xpath("//figure/object/@data")]
        assert {one.status_code for one in found} <= {200}
        pictures = [etree.fromstring(one.content) for one in found]
        return [str(one.text) for svg in pictures for one in svg.iter("{*}title")]

    @property
    def tree(self) -> Any:
        """The page as a tree."""
        return html.fromstring(self.answer.text)

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def heading(self) -> str:
        return _text(self.tree.xpath("//h1")[0])

    @property
    def text(self) -> str:
        """The text of the page itself, on one line; what stands apart has a space between."""
        apart = html.fromstring(APART.sub(" <", self.answer.text))
        return _text(apart.xpath("//main")[0])

    @property
    def note(self) -> str:
        """What the last act said, "" if nothing."""
        return " ".join(_text(one) for one in self.tree.xpath('//*[@id="note"]/p'))

    @property
    def errors(self) -> str:
        """What was wrong, "" if nothing."""
        return " ".join(_text(one) for one in self.tree.xpath('//*[@id="errors"]'))

    @property
    def panel(self) -> str:
        """The question that is shown, "" if none is."""
        return " ".join(_text(one) for one in self.tree.xpath('//*[@id="panel"]'))

    @property
    def buttons(self) -> list[str]:
        return [_text(one) for one in self.tree.xpath("//main//button")]

    @property
    def links(self) -> list[str]:
        return [_text(one) for one in self.tree.xpath("//main//a")]

    @property
    def sections(self) -> list[str]:
        return [_text(one) for one in self.tree.xpath("//header//nav/a")]


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def _resolved(path: str, href: str) -> str:
    href = href.partition("#")[0]
    return path.partition("?")[0] + href if href.startswith("?") else href or path


def _file_field(form: Any) -> str:
    return str(form.xpath('.//input[@type="file"]')[0].get("name"))


def _fields(form: Any, given: dict[str, str | Iterable[str]]) -> list[tuple[str, str]]:
    """Return what a browser would send: the fields as they stand, except those that were filled in."""
    fields = [(str(name), str(value)) for name, value in form.form_values()]
    names = {one.get("name") for one in form.xpath(".//input|.//textarea|.//select")}
    assert set(given) <= names, (set(given), names)
    kept = [(name, value) for name, value in fields if name not in given]
    for name, value in given.items():
        values = [value] if isinstance(value, str) else list(value)
        kept += [(name, one) for one in values]
    return kept
