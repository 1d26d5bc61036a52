"""Takes in the form of a question that asks for a file: read only if it is asked for, and bounded."""

from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.filing.checking import Fault
from bot.messaging.messages import Inbound
from bot.participants.handing_in import FAULTS
from bot.web.interview.forms import Fields, place_in, read_upload
from bot.web.interview.page import BadLink, Page, PageQuery
from bot.web.interview.pages import Pages


@dataclass(frozen=True)
class Upload:
    """What came of a form with a file: fields without one, a message with the page about it, or a page.

    `shown` is the page to show where nothing was taken.
    """

    fields: Fields | None = None
    sent: Inbound | None = None
    page: Page | BadLink | None = None
    shown: Page | BadLink | None = None


async def upload_of(pages: Pages, request: Request, query: PageQuery) -> Upload:
    """Take the form of a request; of a page that asks for no file no body is read."""
    secret = request.path_params["secret"]
    asked = await pages.asks_file(secret, query)
    if isinstance(asked, BadLink):
        return Upload(shown=asked)
    if not asked:
        return Upload(shown=await pages.show(secret, query))
    try:
        fields, content = await read_upload(request)
    except HTTPException as refused:
        if refused.status_code != 413:
            raise
        return Upload(shown=_too_large(await pages.show(secret, query)))
    case_id, item = place_in(fields)
    if content is None or case_id is None or item is None:
        return Upload(fields)
    sent, page = await pages.take_file(secret, query, (case_id, item), content)
    return Upload(sent=sent, page=page)


def _too_large(page: Page | BadLink) -> Page | BadLink:
    """Return a page that says that a file was too large to be read."""
    if isinstance(page, BadLink):
        return page
    return replace(page, remark=page.words(FAULTS[Fault.TOO_LARGE]))
