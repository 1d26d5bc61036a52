"""Enter: answers from a paper form or a telephone call, question by question, for the keyboard.

Each answer is saved when it is sent. The address says how they come, so that it can be left and
opened again.
"""

from dataclasses import replace
from urllib.parse import quote, urlencode

from bot.desk.people.data_entry import (
    MODES,
    DataEntry,
    begin_entry,
    enter_answer,
    person_meant,
    show_entry,
)
from bot.desk.people.typed_answers import Place, TypedCase, move_typed, typed_case
from bot.web.desk.pages.people.common import typed
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Form, Move, Screen, Visit
from bot.wording.answers_card import answers_given
from bot.wording.cards import Asking
from storage.office.staff import StaffRole
from surveys.interview.interview import Change, current, question
from surveys.items.pick_one import numbered
from surveys.names import language_in
from surveys.problems import BadInput, Problem
from surveys.wording import ENGLISH, Words

PATH = "/people/{code}/enter/{workshop}/{wave}"
TYPING, LANGUAGE = "typing", "language"
"""The parts of the query that say how answers come, and in which language questions are shown."""


def address_of(workshop: str, wave: str, person: str) -> str:
    """Return the address where the answers of a person in a wave are typed."""
    return f"/people/{quote(person)}/enter/{quote(workshop)}/{quote(wave)}"


def _place(visit: Visit) -> Place:
    return visit.place["workshop"], visit.place["wave"], visit.place["code"]


def _here(visit: Visit, **query: str) -> str:
    """Return the address of this page with what its query keeps."""
    kept = {name: visit.query[name] for name in (TYPING, LANGUAGE) if name in visit.query}
    return f"{address_of(*_place(visit))}?{urlencode({**kept, **query})}"


async def show(visit: Visit) -> Screen:
    """Show whose form it is, or the question that is asked now, or that all is saved."""
    case = await visit.read(typed_case, _place(visit), visit.now)
    if not case.mode or visit.query.get(TYPING) != case.mode:
        return await _begin(visit, case)
    return _typing(visit, case)


async def _begin(visit: Visit, case: TypedCase) -> Screen:
    """Ask whether it is the right person and workshop, and how the answers come."""
    entry = DataEntry(*_place(visit), "paper", agreed=True)
    shown = await visit.read(show_entry, entry, visit.now)
    mode = visit.query.get("mode") or case.mode or "paper"
    data = {"entry": shown, "modes": list(MODES), "mode": mode, "code": visit.place["code"]}
    return Screen("entering_begins.html", f"Type the answers of {shown.name}", data)


def _typing(visit: Visit, case: TypedCase) -> Screen:
    own = case.interview.language
    wanted = visit.query.get(LANGUAGE, own)
    known = wanted in case.interview.questionnaire.languages
    interview = replace(case.interview, language=wanted if known else own)
    asked = question(interview)
    data = {
        "case": case,
        "asked": asked,
        "numbers": asked is not None and numbered(asked.choices),
        "values": asked.value.split()
        if asked and asked.choices
        else [asked.value if asked else ""],
        "given": answers_given(Asking(case.number, interview))[::-1],
        "query": urlencode(
            {name: visit.query[name] for name in (TYPING, LANGUAGE) if name in visit.query}
        ),
        "languages": _languages(visit, case, interview.language),
        "place": _place(visit),
    }
    return Screen("entering.html", f"{case.name}: {case.title}", data)


def _languages(visit: Visit, case: TypedCase, shown: str) -> list[tuple[str, str]]:
    """Return the other languages in which the questions can be shown, with their addresses."""
    offered = dict.fromkeys((case.interview.language, ENGLISH))
    others = [
        one for one in offered if one in case.interview.questionnaire.languages and one != shown
    ]
    return [
        (language_in(one, ENGLISH), f"?{_here(visit, language=one).partition('?')[2]}")
        for one in others
    ]


async def begin(visit: Visit, form: Form) -> Move:
    """Begin to type: it is the right person, who has agreed."""
    mode = form.text("mode")
    if mode not in MODES:
        raise BadInput([Problem("Form", "", "Choose how the answers reached the office.")])
    agreed = bool(form.text("agreed"))
    entry = DataEntry(*_place(visit), mode, agreed, visit.member.code)
    known = await visit.read(show_entry, replace(entry, agreed=True), visit.now)
    if not (known.agreed or agreed):
        text = "Tick that the person has agreed to take part, if the form or the person says so."
        raise BadInput([Problem("Consent", "", text)])
    await typed(visit.write(begin_entry, visit.office, entry, visit.now))
    return Move(_here(visit, typing=mode))


async def answer(visit: Visit, form: Form) -> Done | Move:
    """Save an answer, or go back, skip or keep one; show what was not understood."""
    case = await visit.read(typed_case, _place(visit), visit.now)
    values = form.values.get("value", ())
    way, item = form.text("way"), form.text("item")
    move = move_typed(case.interview, item, way, form.text("typed"), values)
    mode = _mode(visit, case)
    done = await visit.write(enter_answer, visit.office, (case.number, mode), move, visit.now)
    words = Words(ENGLISH)
    if done.remark and not done.saved and current(done.interview) == current(case.interview):
        raise BadInput([Problem("Not saved", "", words.remark(done.remark))])
    to = _here(visit)
    return Done(words.remark(done.news), to=to) if done.news else Move(to)


async def change(visit: Visit, form: Form) -> Move:
    """Go to an answered question to correct it."""
    case = await visit.read(typed_case, _place(visit), visit.now)
    entry = (case.number, _mode(visit, case))
    move = Change(form.text("item"))
    await visit.write(enter_answer, visit.office, entry, move, visit.now)
    return Move(_here(visit))


async def next_form(visit: Visit, form: Form) -> Move:
    """Go on with the form of another person in the same wave."""
    workshop, wave, _ = _place(visit)
    who = form.text("who")
    if not who:
        raise BadInput([Problem("Next form", "", "Type the code or the name on the form.")])
    code = await typed(visit.read(person_meant, workshop, wave, who))
    mode = visit.query.get(TYPING, "paper")
    return Move(f"{address_of(workshop, wave, code)}?{urlencode({'mode': mode})}")


def _mode(visit: Visit, case: TypedCase) -> str:
    """Return how the answers come. BadInput for a page on which nobody has begun."""
    if not case.mode or visit.query.get(TYPING) != case.mode:
        raise BadInput(
            [Problem("Not saved", "", "Somebody else types these answers in another way.")]
        )
    return case.mode


_ORGANISER = StaffRole.ORGANISER
PAGE = DeskPage(
    PATH,
    _ORGANISER,
    show,
    {
        "begin": DeskAct(_ORGANISER, begin),
        "answer": DeskAct(_ORGANISER, answer),
        "change": DeskAct(_ORGANISER, change),
        "next": DeskAct(_ORGANISER, next_form),
    },
)
