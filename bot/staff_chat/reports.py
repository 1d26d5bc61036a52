"""/report in chat: the picture with its caption, then each file and language behind a button.

Drawn off the event loop, and kept until a new answer arrives, since managers open it again and again.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar, cast

from bot.desk.reports import reporting
from bot.messaging.messages import Button, Card, File, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.runtime.transactions import Transactions
from bot.settings.office import Office
from bot.staff_chat.plans import Places
from storage.database import NotFound
from storage.operations.counters import last_answers
from surveys.wording import ENGLISH, language_name

FILES = (
    ("One page PDF", "pdf"),
    ("Full report", "full"),
    ("Excel", "xlsx"),
    ("By administration", "places"),
    ("Newsletter text", "newsletter"),
)
"""What stands on the buttons. Their order is their number in tokens: add at the end only."""

TEXTS = frozenset(("places", "newsletter"))
"""Forms that are shown as a message, as they are short."""

IN_A_ROW = 3
"""Languages that stand beside each other below the files."""

MOST_KEPT = 32
LONGEST = 3500
"""Bytes of a text that fits one message; a longer one goes as a file."""

T = TypeVar("T")


class Shelf:
    """What was drawn, by workshop, form and language, until somebody answers; one drawn at a time."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._kept: OrderedDict[tuple[object, ...], object] = OrderedDict()
        self._drawing = asyncio.Lock()

    async def get(
        self, code: str, form: str, language: str, draw: Callable[[], Awaitable[T]]
    ) -> T:
        """The form as it was drawn since the last answer, else drawn now."""
        key = (code, form, language, *await self._transactions.read(last_answers, code))
        async with self._drawing:
            if key not in self._kept:
                self._kept[key] = await draw()
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return cast(T, self._kept[key])


class ReportChat:
    """Reports of single workshops, for managers."""

    def __init__(
        self, transactions: Transactions, places: Places, clock: Callable[[], datetime]
    ) -> None:
        self._transactions = transactions
        self._places = places
        self._clock = clock
        self._shelf = Shelf(transactions)

    async def show(self, tap: Tapped, found: Token, office: Office) -> Reply:
        """The picture with its caption, the files and the other languages; below five answers
        one sentence.
        """
        code, language = (await self._places.workshop(found)).code, _language(found, 1)
        wishes = reporting.Wishes(language=language)
        told = await self._shelf.get(
            code,
            "picture",
            language,
            lambda: reporting.show_report(self._transactions, [code], self._clock(), wishes),
        )
        await self._record(office, f"{code}: picture")
        if not told.results:
            return Reply(says=(Say(Card(told.caption)),))
        rows = (*_files(found.numbers[0], language), *_languages(found.numbers[0], language))
        file = File(f"{code}.png", told.picture, picture=True) if told.picture else None
        return Reply(says=(Say(Card(told.caption, rows), file=file),))

    async def file(self, tap: Tapped, found: Token, office: Office) -> Reply:
        """One file of a workshop, or its text."""
        code = (await self._places.workshop(found)).code
        number = found.numbers[1] if len(found.numbers) > 1 else 0
        if number >= len(FILES):
            raise NotFound("This list is old. Please send /report again.")
        (label, form), language = FILES[number], _language(found, 2)
        wishes = reporting.Wishes(language=language)
        content = await self._shelf.get(
            code,
            form,
            language,
            lambda: reporting.write_report(
                self._transactions, [code], form, self._clock(), wishes
            ),
        )
        await self._record(office, f"{code}: {form} for staff")
        if form in TEXTS and len(content) <= LONGEST:
            return Reply(says=(Say(Card(content.decode())),))
        spoken = "" if language == ENGLISH else f"-{language}"
        file = File(f"{code}-{form}{spoken}.{reporting.suffix(form)}", content)
        return Reply(says=(Say(Card(f"{code}: {label}"), file=file),))

    async def _record(self, office: Office, about: str) -> None:
        """Somebody gets a report now, drawn just now or before."""
        await self._transactions.write(reporting.record_handed_out, office, about, self._clock())


def _files(workshop: int, language: str) -> tuple[tuple[Button, ...], ...]:
    """A button for each file of a report in a language."""
    return tuple(
        (Button(label, token(Action.REPORT_FILE, workshop, number, int(language, 36))),)
        for number, (label, _) in enumerate(FILES)
    )


def _languages(workshop: int, language: str) -> tuple[tuple[Button, ...], ...]:
    """The other languages that reports are written in, by their own names."""
    buttons = [
        Button(language_name(code), token(Action.REPORT, workshop, int(code, 36)))
        for code in reporting.report_languages()
        if code != language
    ]
    return tuple(tuple(buttons[n : n + IN_A_ROW]) for n in range(0, len(buttons), IN_A_ROW))


def _language(found: Token, place: int) -> str:
    """The language of a button: its letters are a number in base 36. Older buttons have none."""
    wanted = found.numbers[place : place + 1]
    known = (code for code in reporting.report_languages() if wanted == (int(code, 36),))
    return next(known, ENGLISH)
