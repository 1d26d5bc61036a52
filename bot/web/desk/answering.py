"""Answers one request of a member to one page: shows it, asks before an act, does it.

GET and HEAD change nothing. A POST ends in a redirect to a page that says what was done, so that
reloading it does nothing again. A question is shown by `?do=NAME`, and answered by a POST that
carries a hash of what it showed: if that has changed meanwhile, the question is asked again.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from bot.web.connections import LONG_ANSWER
from bot.web.desk import notes
from bot.web.desk.context import PREFIX, DeskContext
from bot.web.desk.forms import form_of_query, read_form
from bot.web.desk.guarding import HEADERS, TOKEN, is_token
from bot.web.desk.handing import download, picture
from bot.web.desk.rendering import Shown, digest_of, render
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import (
    Done,
    Download,
    Form,
    Move,
    Panel,
    Picture,
    Screen,
    StoredFile,
    Visit,
)
from bot.web.desk.wording import without_commands
from storage.database import Conflict, NotFound
from storage.fieldwork.workshop_names import code_of
from surveys.problems import BadInput

CHANGED = "This has changed since you looked. Nothing was done yet: please look again."
CHOSEN = ("radio", "boxes", "select", "file")
"""Kinds of fields in which nothing is typed."""
OF_WORKSHOPS = ("/workshops/{code}", "/reports/{code}")
"""How the addresses begin whose `code` is that of a workshop."""


class Answering:
    """One request of a member to one page."""

    def __init__(
        self, context: DeskContext, request: Request, visit: Visit, page: DeskPage
    ) -> None:
        self._context, self._request, self._visit, self._page = context, request, visit, page
        self._address = quote(request.url.path.removeprefix(PREFIX))

    async def answer(self) -> Response:
        """Return the response to the request."""
        if not self._visit.may(self._page.role):
            raise HTTPException(403)
        if self._request.method == "POST":
            return await self._sent()
        return await self._shown()

    async def _shown(self) -> Response:
        name = self._request.query_params.get("do", "")
        act = self._page.acts.get(name)
        if act is None or act.ask is None:
            return await self._screen()
        self._check(act)
        there = await self._present_address()
        if there:
            return self._moved(f"{there}?{self._request.url.query}")
        form = form_of_query(self._request)
        try:
            panel = await act.ask(self._visit, form)
        except (BadInput, Conflict, NotFound) as problem:
            return await self._screen(409, errors=_lines(problem))
        return await self._screen(panel=panel, act=name)

    async def _sent(self) -> Response:
        form = await read_form(self._request)
        if not self._context.door.from_our_pages(self._request):
            raise HTTPException(403)
        if not is_token(form.text(TOKEN), self._context.door.cookie_of(self._request)):
            return await notes.outdated(self._context, self._visit, self._request)
        name = form.text("do")
        act = self._page.acts.get(name)
        if act is None:
            raise HTTPException(404)
        self._check(act)
        await self._follow_code()
        return await self._acted(name, act, form)

    async def _follow_code(self) -> None:
        """Act on the workshop whose code has changed since the form was shown."""
        there = await self._present_address()
        if there:
            self._address = there
            code = await self._visit.read(code_of, self._visit.place["code"])
            self._visit = replace(self._visit, place={**self._visit.place, "code": code})

    def _check(self, act: DeskAct) -> None:
        if not self._visit.may(act.role):
            raise HTTPException(403)

    async def _acted(self, name: str, act: DeskAct, form: Form) -> Response:
        panel: Panel | None = None
        try:
            panel = await self._question(act, form)
            seen = form.text("shown")
            if panel is not None and seen != digest_of(panel):
                changed = bool(seen) and not panel.grown
                errors = (CHANGED,) if changed else ()
                return await self._screen(409 if changed else 200, panel, name, errors, form)
            done = await act.do(self._visit, form)
        except BadInput as problem:
            panel = panel or await self._first_question(act)
            return await self._screen(422, panel, name, _lines(problem), form)
        except (Conflict, NotFound) as problem:
            panel = panel if panel and _has_typed(panel, form) else None
            return await self._screen(409, panel, name, _lines(problem), form)
        if isinstance(done, Download):
            return download(done)
        if isinstance(done, StoredFile):
            self._request.scope[LONG_ANSWER] = True
            name = done.path.name
            return FileResponse(done.path, 200, HEADERS, done.media_type, filename=name)
        if isinstance(done, Move):
            return self._moved(done.to)
        if isinstance(done, Screen):
            return self._rendered(done, Shown(*self._where()), done.status)
        return await self._noted(done)

    async def _question(self, act: DeskAct, form: Form) -> Panel | None:
        if act.ask is None or (form.text("undo") and not act.always):
            return None
        return await act.ask(self._visit, form)

    async def _first_question(self, act: DeskAct) -> Panel | None:
        """Return the question as it was before anything was typed, None if it needs more."""
        with suppress(BadInput, Conflict, NotFound):
            return await act.ask(self._visit, Form()) if act.ask else None
        return None

    async def _noted(self, done: Done) -> Response:
        """Keep what was done for the next page, and go there."""
        number = await notes.keep_done(self._visit, done)
        return self._moved(self._address if done.to is None else done.to, number)

    async def _screen(
        self,
        status: int = 200,
        panel: Panel | None = None,
        act: str = "",
        errors: tuple[str, ...] = (),
        form: Form | None = None,
    ) -> Response:
        """Return the page, with a question or with what was wrong with a form."""
        try:
            found = await self._page.show(self._visit)
        except NotFound as problem:
            there = await self._present_address()
            if there:
                return self._moved(there, self._noted_before)
            return self._note_page(notes.MISSING, problem, 404)
        except (Conflict, BadInput) as problem:
            return self._note_page(notes.NOT_NOW, problem, 409)
        if isinstance(found, Move) and errors:
            return self._note_page(notes.NOT_NOW, Conflict("\n".join(errors)), status)
        if isinstance(found, Move):
            return self._moved(found.to, self._noted_before)
        if isinstance(found, Download):
            return download(found)
        if isinstance(found, Picture):
            return picture(found, self._request)
        shown = Shown(
            *self._where(),
            note=self._note(),
            panel=panel,
            act=act,
            digest=digest_of(panel) if panel else "",
            errors=errors,
            typed=form.values if form and errors else None,
        )
        return self._rendered(found, shown, status if status != 200 else found.status)

    def _note_page(self, heading: str, problem: Exception, status: int) -> Response:
        text = (heading, without_commands(str(problem)))
        return notes.page(self._context, self._visit, self._request, text, status)

    def _moved(self, to: str, note: str = "") -> Response:
        """Return the redirect to a page, with the note of what was done.

        The focus is on the note, or on the place of the page that the address names.
        """
        if note:
            there, _, spot = to.partition("#")
            path, _, query = there.partition("?")
            known = f"{query}&" if query else ""
            to = f"{path}?{known}note={note}#{spot or 'note'}"
        return RedirectResponse(f"{self._context.base}{PREFIX}{to}", 303)

    async def _present_address(self) -> str:
        """Return where the page of a workshop is whose code was typed in another case or was changed.

        Return "" if it is here, or if there is no such workshop.
        """
        place = self._visit.place
        if not self._page.path.startswith(OF_WORKSHOPS):
            return ""
        with suppress(NotFound):
            code = await self._visit.read(code_of, place["code"])
            parts = {name: quote(value, "") for name, value in place.items()}
            return (
                "" if code == place["code"] else self._page.path.format(**{**parts, "code": code})
            )
        return ""

    def _rendered(self, screen: Screen, shown: Shown, status: int = 200) -> Response:
        return HTMLResponse(render(self._visit, screen, shown), status, HEADERS)

    def _where(self) -> tuple[str, str, str]:
        """Return the cookie, the prefix of the server, and the address below /desk."""
        cookie = self._context.door.cookie_of(self._request)
        return cookie, self._context.base, self._address

    @property
    def _noted_before(self) -> str:
        """The number of the note for which this page was opened, "" for none."""
        note = self._note()
        return str(note["id"]) if note else ""

    def _note(self) -> Mapping[str, Any] | None:
        """Return what the last act said, if this page was opened by it."""
        note = self._visit.session.note
        wanted = self._request.query_params.get("note", "")
        return note if note and wanted and note["id"] == wanted else None


def _lines(problem: Exception) -> tuple[str, ...]:
    return tuple(without_commands(str(problem)).splitlines())


def _has_typed(panel: Panel, form: Form) -> bool:
    """Return whether something was typed that would be lost without the question."""
    return any(one.kind not in CHOSEN and form.text(one.name) for one in panel.fields)
