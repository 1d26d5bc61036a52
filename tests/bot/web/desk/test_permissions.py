"""Who may open what on the desk: each address and act, as each role and signed out.

An address or an act that is added without a row here fails.
"""

import pytest

from bot.web import DESK_PAGES, Doors
from bot.web.desk.guarding import form_token
from storage.office.staff import StaffRole
from tests.bot.web.browser import PUBLIC
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.window import Window

MANAGER, ORGANISER, ADMINISTRATOR = StaffRole
PAGES = {
    "": MANAGER,
    "/workshops": ORGANISER,
    "/workshops/year": ORGANISER,
    "/workshops/programmes": ORGANISER,
    "/workshops/plans": ORGANISER,
    "/workshops/plans/{key}": ORGANISER,
    "/workshops/columns": ORGANISER,
    "/workshops/import": ORGANISER,
    "/workshops/import/template": ORGANISER,
    "/workshops/{code}/import/template": ORGANISER,
    "/workshops/{code}/questions": ORGANISER,
    "/workshops/{code}/questions/{number}": ORGANISER,
    "/workshops/{code}/answers": ORGANISER,
    "/workshops/{code}/answers/{number}": ORGANISER,
    "/workshops/{code}/import": ORGANISER,
    "/imports/{number}": ORGANISER,
    "/workshops/{code}": ORGANISER,
    "/workshops/{code}/codes": ORGANISER,
    "/workshops/{code}/room": ORGANISER,
    "/workshops/{code}/waves/{key}": ORGANISER,
    "/reports": MANAGER,
    "/reports/words": ORGANISER,
    "/reports/words/read": ORGANISER,
    "/reports/words/second": ORGANISER,
    "/reports/words/themes": ORGANISER,
    "/reports/words/differ": ORGANISER,
    "/reports/themes": ORGANISER,
    "/reports/{code}": MANAGER,
    "/reports/{code}/pictures/{name}": MANAGER,
    "/reports/{code}/trainers": ORGANISER,
    "/reports/{code}/share": ORGANISER,
    "/reports/shares": ORGANISER,
    "/reports/compare": MANAGER,
    "/reports/compare/pictures/{name}": MANAGER,
    "/reports/anchors": ORGANISER,
    "/reports/{code}/anchors": ORGANISER,
    "/reports/{code}/files/{number}": ORGANISER,
    "/reports/{code}/steps": ORGANISER,
    "/reports/recommendations": ORGANISER,
    "/office": ADMINISTRATOR,
    "/office/sessions": ADMINISTRATOR,
    "/office/audit": ADMINISTRATOR,
    "/office/health": ADMINISTRATOR,
    "/office/copies": ADMINISTRATOR,
    "/office/retention": ADMINISTRATOR,
    "/office/configuration": ADMINISTRATOR,
    "/mistakes": MANAGER,
    "/monthly": MANAGER,
    "/account": MANAGER,
    "/jobs/{number}": MANAGER,
    "/questionnaires": ORGANISER,
    "/questionnaires/drafts/{number}": ORGANISER,
    "/questionnaires/{key}": ORGANISER,
    "/questionnaires/{key}/play": ORGANISER,
    "/questionnaires/drafts/{number}/play": ORGANISER,
    "/workshops/{code}/waves/{key}/play": ORGANISER,
    "/find": ORGANISER,
    "/people": ORGANISER,
    "/people/calls": ORGANISER,
    "/people/messages": ORGANISER,
    "/people/asked": ORGANISER,
    "/people/waiting": ORGANISER,
    "/people/{code}": ORGANISER,
    "/people/{code}/answers/{workshop}/{wave}": ORGANISER,
    "/people/{code}/enter/{workshop}/{wave}": ORGANISER,
}
"""The role that each address needs."""
SEEING = ("seen", "unseen", "file", "file-away")
ACTS: dict[tuple[str, str], StaffRole] = {
    **{
        ("/workshops/{code}", act): ORGANISER
        for act in (
            *("confirm", "unconfirm", "move", "move-back", "hold", "release", "cancel"),
            *("plan", "restore", "rename", "undo-list", "redo-list", "move-list"),
        )
    },
    ("/account", "end"): MANAGER,
    ("/account", "back"): MANAGER,
    ("/workshops", "undo-calendar"): ORGANISER,
    ("/workshops", "redo-calendar"): ORGANISER,
    ("/workshops/programmes", "add"): ORGANISER,
    **{("/workshops/plans", act): ORGANISER for act in ("send", "put-back", "remove")},
    ("/workshops/programmes", "results"): ORGANISER,
    ("/workshops/programmes", "put-back"): ORGANISER,
    **{
        ("/workshops/{code}/questions", act): ORGANISER
        for act in ("add", "drop", "send", "put-back")
    },
    **{("/workshops/{code}/questions/{number}", act): ORGANISER for act in ("save", "correct")},
    **{("/workshops/{code}/answers", act): ORGANISER for act in ("send", "undo")},
    **{
        ("/workshops/{code}/answers/{number}", act): ORGANISER
        for act in ("answer", "sheet", "save", "forget", "later")
    },
    **{("/workshops/columns", act): ORGANISER for act in ("forget", "remember")},
    ("/workshops/import", "send"): ORGANISER,
    ("/workshops/{code}/import", "send"): ORGANISER,
    **{
        ("/imports/{number}", act): ORGANISER
        for act in ("answer", "columns", "save", "forget", "later")
    },
    ("/reports/{code}", "file"): MANAGER,
    **{("/reports/compare", act): MANAGER for act in ("choose", "file")},
    **{("/reports/{code}", act): ORGANISER for act in ("present", "final", "draft")},
    **{("/reports/{code}/trainers", act): ORGANISER for act in ("make", "take-back")},
    ("/reports/{code}", "data"): ORGANISER,
    **{("/reports/{code}/share", act): ORGANISER for act in ("make", "feed", "end", "restore")},
    **{
        ("/reports/anchors", act): ORGANISER
        for act in ("accept", "reject", "counts", "counts-not", "undo", *SEEING)
    },
    **{
        ("/reports/{code}/steps", act): ORGANISER
        for act in ("add", "change", "release", "keep", "drop", "undo")
    },
    **{("/reports/{code}/anchors", act): ORGANISER for act in SEEING},
    **{
        ("/reports/recommendations", act): ORGANISER
        for act in ("propose", "add", "change", "release", "withdraw", "settle", "undo")
    },
    **{("/reports/shares", act): ORGANISER for act in ("end", "restore")},
    **{("/reports/words", act): ORGANISER for act in ("read", "unread", "back", "as-before")},
    **{("/reports/words/second", act): ORGANISER for act in ("read", "back")},
    **{("/reports/words/themes", act): ORGANISER for act in ("mark", "back")},
    **{("/reports/words/differ", act): ORGANISER for act in ("decide", "back")},
    **{
        ("/reports/themes", act): ORGANISER
        for act in ("add", "change", "retire", "restore", "undo")
    },
    **{
        ("/office", act): ADMINISTRATOR
        for act in (
            *("add", "code", "remove", "take-back", "link", "address", "address-back"),
            *("role", "role-back", "account-end", "account-back"),
        )
    },
    **{("/office/sessions", act): ADMINISTRATOR for act in ("end", "all")},
    **{("/office/audit", act): ADMINISTRATOR for act in ("csv", "xlsx")},
    ("/office/health", "continue"): ADMINISTRATOR,
    ("/office/retention", "delete"): ADMINISTRATOR,
    **{("/office/copies", act): ADMINISTRATOR for act in ("make", "download")},
    **{("/workshops/{code}/codes", act): ORGANISER for act in ("write", "renew")},
    **{
        ("/workshops/{code}/room", act): ORGANISER
        for act in ("make", "end", "approve", "add", "refuse")
    },
    **{
        ("/workshops/{code}/waves/{key}", act): ORGANISER
        for act in (
            *("open", "back", "release", "hold", "days", "skip", "close", "reopen"),
            *("english", "leave-out", "take-in"),
        )
    },
    ("/jobs/{number}", "file"): MANAGER,
    **{("/monthly", act): MANAGER for act in ("chat", "email", "off")},
    ("/questionnaires", "check"): ORGANISER,
    **{("/questionnaires/drafts/{number}", act): ORGANISER for act in ("publish", "correct")},
    **{
        ("/questionnaires/{key}", act): ORGANISER
        for act in ("again", "texts-back", "paper", "xlsx", "ask", "drop")
    },
    ("/questionnaires/{key}/play", "go"): ORGANISER,
    ("/questionnaires/drafts/{number}/play", "go"): ORGANISER,
    ("/workshops/{code}/waves/{key}/play", "go"): ORGANISER,
    **{("/people/calls", act): ORGANISER for act in ("note", "take-back")},
    **{("/people/asked", act): ORGANISER for act in ("take", "close", "approve", "undo")},
    **{("/people/messages", act): ORGANISER for act in ("settle", "unsettle")},
    **{
        ("/people/waiting", act): ORGANISER
        for act in ("approve", "refuse", "refuse-all", "room", "add", "turn-away")
    },
    **{
        ("/people/{code}/enter/{workshop}/{wave}", act): ORGANISER
        for act in ("begin", "answer", "change", "next")
    },
    **{
        ("/people/{code}", act): ORGANISER
        for act in (
            *("stop", "start", "pause", "channel", "language", "email", "email-back", "remove"),
            *("restore", "leave-out", "take-in", "move", "link", "supervisor", "other", "same"),
            *("unmerge", "apart", "handover", "hand-back", "relink", "erase", "wrong"),
            *("move-answers", "set-aside", "put-back", "reopen", "close", "settle", "unsettle"),
        )
    },
}
"""The role that each act needs, by address and name."""


def test_each_address_and_act_has_a_row() -> None:
    assert {page.path: page.role for page in DESK_PAGES} == PAGES
    acts = {(page.path, name): act.role for page in DESK_PAGES for name, act in page.acts.items()}
    assert acts == ACTS


def test_an_act_needs_no_lower_role_than_its_page() -> None:
    for (path, name), role in ACTS.items():
        assert role.may(PAGES[path]), (path, name)


@pytest.mark.parametrize("role", list(StaffRole))
async def test_each_role_opens_what_its_row_says(signed_in: SignIn, role: StaffRole) -> None:
    window = await signed_in(role)
    for path, needed in PAGES.items():
        answer = await window.client.get(f"/desk{_filled(path)}")
        if role.may(needed):
            assert answer.status_code in (200, 303, 404, 409), (path, answer.status_code)
        else:
            assert answer.status_code == 403, path


@pytest.mark.parametrize("role", list(StaffRole))
async def test_each_role_does_what_its_row_says(signed_in: SignIn, role: StaffRole) -> None:
    window = await signed_in(role)
    token = form_token(window.client.cookies["__Host-desk"])
    for (path, name), needed in ACTS.items():
        sent = await window.client.post(
            f"/desk{_filled(path)}",
            data={"do": name, "token": token},
            headers={"origin": PUBLIC},
        )
        assert (sent.status_code == 403) is not role.may(needed), (path, name, sent.status_code)


async def test_signed_out_nothing_is_shown_and_nothing_done(app: Doors) -> None:
    window = Window(app)
    for path in PAGES:
        for method in ("GET", "HEAD", "POST"):
            answer = await window.client.request(method, f"/desk{_filled(path)}")
            assert answer.status_code in (401, 405), (method, path)


async def test_no_method_but_those_of_browsers(signed_in: SignIn) -> None:
    window = await signed_in(StaffRole.ADMINISTRATOR)
    for path in PAGES:
        for method in ("PUT", "PATCH", "DELETE", "OPTIONS"):
            answer = await window.client.request(method, f"/desk{_filled(path)}")
            assert answer.status_code == 405, (method, path)


def _filled(path: str) -> str:
    """Return an address with something in its places that does not exist."""
    return path.replace("{", "").replace("}", "").replace(":int", "")
