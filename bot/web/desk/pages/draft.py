"""A draft: a questionnaire that was sent in, with what publishing it would change."""

from dataclasses import replace

from bot.desk.questionnaires.drafts import publish_draft
from bot.desk.questionnaires.looking import MOST_LISTED, ToPublish, look_at
from bot.desk.questionnaires.publishing import OPEN_TOO, Publication
from bot.desk.questionnaires.putting_back import TextsPutBack
from bot.web.desk.pages.questionnaires import draft_address, questionnaire_address
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Form, Panel, Screen, Undo, Visit, number_in
from bot.wording.counts import counted
from storage.database import NotFound
from storage.instruments.drafts import Draft, get_draft
from storage.office.staff import StaffRole
from surveys.names import language_name

ORGANISER = StaffRole.ORGANISER
KEEP = "Answers that were given stay with the version that asked them."


async def show(visit: Visit) -> Screen:
    """Show what the draft is, and what publishing it changes, for whom."""
    draft = await draft_of(visit)
    found = await _look(visit, draft)
    data = {
        "draft": draft,
        "found": found,
        "texts_only": bool(found.texts),
        "language_name": language_name,
        "play": f"{draft_address(draft.id)}/play",
        "published": questionnaire_address(draft.questionnaire.key),
    }
    questionnaire = draft.questionnaire
    title = questionnaire.text(questionnaire.title, questionnaire.default_language)
    return Screen("draft.html", f"Draft: {title}", data)


async def draft_of(visit: Visit) -> Draft:
    """Return the draft of the address."""
    number = number_in(visit.place["number"])
    if number is None:
        raise NotFound("There is no such draft.")
    return await visit.read(get_draft, number)


async def _look(visit: Visit, draft: Draft) -> ToPublish:
    found = await visit.read(look_at, visit.office, draft.questionnaire, visit.now)
    if draft.published_at is None:
        return found
    return replace(found, changes=(), texts=())


async def _ask_publish(visit: Visit, form: Form) -> Panel | None:
    """Ask where others ask it already; a new questionnaire reaches nobody."""
    found = await _look(visit, await draft_of(visit))
    if not found.asks:
        return None
    key = found.questionnaire.key
    changes = counted(len(found.changes), "change")
    return Panel(
        f"Publish over {key}?",
        f"Publish over {key}",
        (f"{changes}, for all waves that open from now on.", *found.uses.lines, KEEP),
    )


async def _ask_correct(visit: Visit, form: Form) -> Panel:
    found = await _look(visit, await draft_of(visit))
    question = "Correct the texts in open interviews too?"
    changes = (one.sentence for one in found.texts[:MOST_LISTED])
    return Panel(question, "Correct the texts", (*changes, *found.corrected))


async def _publish(visit: Visit, form: Form) -> Done:
    return await _done(visit, text_only=False)


async def _correct(visit: Visit, form: Form) -> Done:
    return await _done(visit, text_only=True)


async def _done(visit: Visit, text_only: bool) -> Done:
    draft = await draft_of(visit)
    done = await visit.write(publish_draft, visit.office, draft.id, text_only, visit.now)
    return published(done)


def published(done: Publication) -> Done:
    """Return what was published, with the way back to the version before."""
    key, stored = done.questionnaire.key, done.questionnaire
    to = questionnaire_address(key)
    if not done.new:
        return Done(f"{done.name} is the same. Nothing was changed.", to=to)
    warnings = [f"Look at {one}" for one in done.warnings]
    if stored.revision:
        back = (correction_back(key, done.number),) if done.number else ()
        return Done("\n".join([f"{done.name} is published. {OPEN_TOO}", *warnings]), back, to)
    said = f"{done.name} is published. Waves that open from now on ask it."
    undo = (version_back(key, done.before, stored.version),) if done.before else ()
    return Done("\n".join([said, *warnings]), undo, to)


def correction_back(key: str, number: int) -> Undo:
    """Return what takes a correction of texts back."""
    return Undo(questionnaire_address(key), "texts-back", (("change", str(number)),))


def corrected_back(done: TextsPutBack) -> Done:
    """Return what became of a correction of texts, with what takes that back."""
    return Done(done.said, (correction_back(done.key, done.number),) if done.number else ())


def version_back(key: str, before: int, over: int) -> Undo:
    """Return what publishes the version of before again, if no other was published since."""
    fields = (("version", str(before)), ("over", str(over)))
    return Undo(questionnaire_address(key), "again", fields, f"Undo: version {before} again")


PAGE = DeskPage(
    "/questionnaires/drafts/{number}",
    ORGANISER,
    show,
    {
        "publish": DeskAct(ORGANISER, _publish, _ask_publish),
        "correct": DeskAct(ORGANISER, _correct, _ask_correct),
    },
)
