"""The undo of acts in the list of what was done lately, by the kind of the act."""

import re
from collections.abc import Callable

from bot.desk.office.standing import Standing
from bot.desk.today.lately import CALENDAR, PEOPLE, Lately
from bot.desk.workshops.programmes import RESULTS
from bot.web.desk.pages.anchors import decision_back, document_back
from bot.web.desk.pages.changed_texts import plan_back, programme_back
from bot.web.desk.pages.code_book import theme_back
from bot.web.desk.pages.columns import ADDRESS as COLUMNS
from bot.web.desk.pages.draft import correction_back, version_back
from bot.web.desk.pages.earlier_answers import undo_of_import
from bot.web.desk.pages.evidence import file_back
from bot.web.desk.pages.next_steps import step_back
from bot.web.desk.pages.office.common import OFFICE
from bot.web.desk.pages.office.staff import removal_back
from bot.web.desk.pages.office.standing import role_back
from bot.web.desk.pages.own_choices import choices_back, questions_address
from bot.web.desk.pages.people.asked import act_back
from bot.web.desk.pages.people.common import back
from bot.web.desk.pages.recommendations import recommendation_back
from bot.web.desk.pages.report_status import status_back
from bot.web.desk.pages.sharing import share_back
from bot.web.desk.pages.themes import marks_back
from bot.web.desk.pages.wave_acts import wave_address
from bot.web.desk.pages.workshop_acts import DAYS, workshop_address
from bot.web.desk.visits import Undo, Visit
from storage.office.audit import Act
from storage.office.staff import StaffRole
from surveys.planning.wave_states import WaveAct

Words = list[str]
DAY = re.compile(r"\d{4}-\d\d-\d\d")
SAVED = (CALENDAR, PEOPLE)
SINCE = "Taken back, or changed since."
LATER = "Something came after it."
FIRST = "There is no version before it."
NOT_NOTED = "To take it back, send the earlier texts."
AT_OFFICE = "Changed back under Office: it names workshops, and this list does not."
LIMITED = {"scope", "scope_before"}
"""Counts of a change of a member that names workshops: the log has how many, not which."""
BACK = {
    "cancelled": "restore",
    "restored": "cancel",
    "confirmed": "unconfirm",
    "not": "confirm",
}
"""By the word of an entry about a workshop, the act that takes it back; "not" is "not confirmed"."""


def undo_of(done: Lately) -> Undo | None:
    """Return what takes an act back; None if it has none, or if something came after it."""
    if done.list:
        return _list(done)
    if done.change:
        return _texts(done)
    if not done.newest:
        return None
    for name, back_of in NUMBERED.items():
        if number := done.counts.get(name):
            return back_of(done, number)
    if done.act is Act.FILE_ADDED:
        return file_back(done.counts["file"])
    if done.act is Act.PUBLISHED:
        return _version(done)
    if done.act is Act.WORKSHOP_CHANGED:
        return _workshop(done)
    if done.act is Act.REPORT_STATUS:
        return status_back(done.about)
    if done.act is Act.STAFF_CHANGED:
        return None if done.counts.keys() & LIMITED else _role(done.about.split())
    found = UNDO.get(done.act)
    return found(done.now.split(":")[0].split()) if found else None


def undo_for(visit: Visit, done: Lately) -> Undo | None:
    """Return what takes an act back, if the member may do that."""
    found = undo_of(done)
    of_office = found is not None and found.address == OFFICE
    return None if of_office and not visit.may(StaffRole.ADMINISTRATOR) else found


def why_not(done: Lately) -> str:
    """Return why an act cannot be taken back though others of its kind can; "" if none can."""
    if undo_of(done) is not None:
        return ""
    if "change" in done.counts or (done.act is Act.IMPORTED and done.about.endswith(SAVED)):
        return SINCE
    if done.newest and done.act is Act.STAFF_CHANGED:
        return AT_OFFICE
    if done.newest:
        return _no_version(done) if done.act is Act.PUBLISHED else ""
    if NUMBERED.keys() & done.counts.keys():
        return LATER
    return LATER if done.act in {*UNDO, Act.PUBLISHED, Act.WORKSHOP_CHANGED} else ""


def _no_version(done: Lately) -> str:
    """Return why there is no version to go back to."""
    return NOT_NOTED if ", correction " in done.about else FIRST


def _role(words: Words) -> Undo:
    """Return what gives a member the role of before: "S-1 manager was organiser"."""
    code, after, _, before = words
    return role_back(code, Standing(StaffRole(before)), Standing(StaffRole(after)))


def _version(done: Lately) -> Undo | None:
    """Return what publishes the version of before again."""
    key, _, version = done.about.partition(" version ")
    return version_back(key, done.before, int(version)) if done.before else None


def _workshop(done: Lately) -> Undo | None:
    """Return what takes a change of a workshop back, by the word after its code."""
    code, what, *rest = done.now.replace(":", "").split()
    there = workshop_address(code)
    if what == "moved":
        days = DAY.findall(done.now.partition(":")[2])
        return Undo(there, "move-back", tuple(zip(DAYS, days, strict=True))) if days else None
    if what == "plan":
        return Undo(there, "plan", (("plan", rest[0]),))
    if what == "renamed":
        return Undo(there, "rename", (("new", done.about.split()[0]),))
    return Undo(there, BACK[what]) if what in BACK else None


def _list(done: Lately) -> Undo:
    """Return the undo of a list, which is possible after later ones too."""
    code, _, people = done.now.partition(" ")
    number = (("list", str(done.list)),)
    where = (workshop_address(code), "undo-list") if people else ("/workshops", "undo-calendar")
    return Undo(*where, number)


def _texts(done: Lately) -> Undo:
    """Return what puts back a plan ("visits"), texts ("M6 version 2"), or choices ("CODE lists")."""
    name, what = f"{done.now} ".split(" ")[:2]
    if what == RESULTS:  # a programme may be called as a workshop was before
        return programme_back(done.about.split()[0], done.change)
    return TEXTS.get(done.act, choices_back)(name, done.change)


def _wave(act: WaveAct) -> Callable[[Words], Undo | None]:
    def undo(words: Words) -> Undo | None:
        return Undo(wave_address(words[0], words[1]), act) if len(words) == 2 else None

    return undo


def _person_in_wave(act: str) -> Callable[[Words], Undo | None]:
    def undo(words: Words) -> Undo | None:
        if len(words) != 3:
            return None
        person, code, key = words
        return Undo(wave_address(code, key), act, (("person", person),))

    return undo


def _import(words: Words) -> Undo | None:
    """Return what takes a table of earlier answers back: "CODE M3 import 1"."""
    return undo_of_import(words[0], int(words[3])) if len(words) == 4 else None


def _saved(act: str, label: str) -> Callable[[Words], Undo | None]:
    """Return what undoes a list, or saves it again: "CODE import 1", or "calendar 1"."""

    def undo(words: Words) -> Undo | None:
        number = (("list", words[-1]),)
        if words[0] == "calendar":
            return Undo("/workshops", f"{act}-calendar", number, label)
        return Undo(workshop_address(words[0]), f"{act}-list", number, label)

    return undo


def _of_workshop(act: str) -> Callable[[Words], Undo | None]:
    return lambda words: Undo(workshop_address(words[0]), act)


def _added(words: Words) -> Undo | None:
    return Undo(questions_address(words[0]), "drop", (("wave", words[1]),))


def _stopped(words: Words) -> Undo | None:
    return back(words[0], "start", label="Start again")


def _removed(words: Words) -> Undo | None:
    return back(words[0], "restore", ("workshop", words[1]), label="Put back")


def _unseen(words: Words) -> Undo:
    """Return what takes back that a document was seen: "case 12 unit"."""
    return document_back(int(words[1]), words[2])


def _forgotten(words: Words) -> Undo | None:
    return Undo(COLUMNS, "remember", (("columns", words[-1]),))


NUMBERED: dict[str, Callable[[Lately, int], Undo]] = {
    "help_act": lambda _, number: act_back(number),
    "recommendation_change": lambda _, number: recommendation_back(number),
    # Such as "all trainings office".
    "next_step_change": lambda done, number: step_back(done.about.rsplit(" ", 2)[0], number),
    "anchor_decision": lambda _, number: decision_back(number),
    "theme_change": lambda _, number: theme_back(number),
    "theme_marks": lambda done, number: marks_back(number, *done.about.split()[1:3]),
}
"""What takes an act back whose entry has the number of its change, by the name of the number."""
TEXTS = {
    Act.PLAN_CHANGED: plan_back,
    Act.PUBLISHED: correction_back,
    Act.PROGRAMME_CHANGED: programme_back,
}
"""What puts back the texts of before, by their first word and the number of the change."""
UNDO: dict[Act, Callable[[Words], Undo | None]] = {
    Act.WAVE_OPENED: _wave(WaveAct.BACK),
    Act.WAVE_SKIPPED: _wave(WaveAct.BACK),
    Act.WAVE_DAYS: _wave(WaveAct.BACK),
    Act.WAVE_HELD: _wave(WaveAct.RELEASE),
    Act.WAVE_RELEASED: _wave(WaveAct.HOLD),
    Act.WAVE_CLOSED: _wave(WaveAct.REOPEN),
    Act.WAVE_REOPENED: _wave(WaveAct.CLOSE),
    Act.LEFT_OUT: _person_in_wave("take-in"),
    Act.TAKEN_IN: _person_in_wave("leave-out"),
    Act.WAVE_ADDED: _added,
    Act.WORKSHOP_HELD: _of_workshop("release"),
    Act.WORKSHOP_RELEASED: _of_workshop("hold"),
    Act.ANSWERS_IMPORTED: _import,
    Act.IMPORT_UNDONE: _saved("redo", "Save again"),
    Act.IMPORT_SAVED_AGAIN: _saved("undo", "Undo"),
    Act.PERSON_STOPPED: _stopped,
    Act.PERSON_REMOVED: _removed,
    Act.COLUMNS_FORGOTTEN: _forgotten,
    Act.VERIFIED: _unseen,
    Act.STAFF_REMOVED: lambda words: removal_back(words[0]),
    Act.SHARED: lambda words: share_back(words[0], "end"),
    Act.SHARE_ENDED: lambda words: share_back(words[0], "restore"),
    Act.SHARE_RESTORED: lambda words: share_back(words[0], "end"),
}
"""How the words of an entry name what takes the act back."""
UNDOING = {"undo_of": undo_of, "why_not": why_not}
"""What a page with a history needs to show it."""
