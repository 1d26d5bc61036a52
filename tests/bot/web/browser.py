"""A small browser without JavaScript: reads pages, fills forms, follows redirects."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

from httpx import ASGITransport, AsyncClient, Response

PUBLIC = "https://followup.example.org"


@dataclass
class Control:
    """A button or an input of a form with its label."""

    name: str
    value: str
    kind: str
    label: str = ""
    checked: bool = False


@dataclass
class Screen(HTMLParser):
    """The texts, links and forms of a page."""

    html: str
    headings: list[str] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    text: str = ""
    language: str = ""
    direction: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self._href = ""
        self.feed(self.html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._open.append(tag)
        if tag == "html":
            self.language, self.direction = given["lang"], given["dir"]
        elif tag == "h1":
            self.headings.append("")
        elif tag == "a":
            self._href = given["href"]
        elif tag in ("input", "button", "textarea"):
            kind = given.get("type", tag)
            value, checked = given.get("value", ""), "checked" in given
            self.controls.append(Control(given.get("name", ""), value, kind, "", checked))
        if tag in ("input", "meta", "link", "progress"):
            self._open.remove(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not {"title", "style"} & set(self._open):
            self.text += data
        if "h1" in self._open:
            self.headings[-1] += data
        if "a" in self._open and data.strip():
            self.links[data.strip()] = self._href
        last = self.controls[-1] if self.controls else None
        if last and "textarea" in self._open:
            last.value += data.removeprefix("\n")
        elif last and ("button" in self._open or "label" in self._open):
            last.label = (last.label + " " + data).strip()

    @property
    def heading(self) -> str:
        return self.headings[0].strip()

    @property
    def buttons(self) -> list[str]:
        return [one.label for one in self.controls if one.kind == "button"]

    @property
    def choices(self) -> list[str]:
        return [one.label for one in self.controls if one.kind in ("radio", "checkbox")]

    @property
    def chosen(self) -> list[str]:
        return [one.label for one in self.controls if one.checked]


class Browser:
    """One browser window."""

    def __init__(self, app: object, path: str = "") -> None:
        transport = ASGITransport(app, client=("203.0.113.7", 5000))  # type: ignore[arg-type]
        self.client = AsyncClient(transport=transport, base_url=PUBLIC)
        self.path = path
        self.answer: Response
        self.screen: Screen

    async def opens(self, path: str = "") -> Screen:
        """Go to an address, or look at the page again."""
        self.path = path or self.path
        return self._seen(await self.client.get(self.path))

    async def follows(self, link: str) -> Screen:
        """Click a link of the page."""
        return await self.opens(self.path.partition("?")[0] + self.screen.links[link])

    async def chooses(
        self, *labels: str, press: str = "Continue", text: str | None = None
    ) -> Screen:
        """Tick these answers (or type a text), then press a button."""
        screen = self.screen
        fields = [(one.name, one.value) for one in screen.controls if one.kind == "hidden"]
        if text is not None:
            fields.append(("value", text))
        for label in labels:
            assert label in screen.choices, (label, screen.choices)
        fields += [
            (one.name, one.value)
            for one in screen.controls
            if one.kind in ("radio", "checkbox") and one.label in labels
        ]
        button = next(
            one for one in screen.controls if one.kind == "button" and one.label == press
        )
        if button.name:
            fields.append((button.name, button.value))
        return await self.sends(fields)

    async def presses(self, label: str) -> Screen:
        """Press a button and nothing else."""
        return await self.chooses(press=label)

    async def sends(self, fields: list[tuple[str, str]]) -> Screen:
        """Send a form, and follow the redirect."""
        answer = await self.client.post(
            self.path,
            content=urlencode(fields),
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
        if answer.status_code == 303:
            return await self.opens(answer.headers["location"])
        return self._seen(answer)

    def _seen(self, answer: Response) -> Screen:
        self.answer = answer
        self.screen = Screen(answer.text)
        return self.screen
