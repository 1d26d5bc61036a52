"""Each act of the office can be done in chat, on the command line and at the desk, or says why not.

An act is a public function of `bot.desk` that records something in the audit log. A skin has it if
its code names the function, or another function of `bot.desk` that leads to it.

`python -m tests.bot.test_skins` writes the table of docs/architecture.md anew.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SKINS = {"chat": "bot/staff_chat", "cli": "bot/cli", "desk": "bot/web/desk"}
SCREEN = "typed and read at a screen: at the desk or on the command line"
FILES = "files are given on the command line or at the desk"
BROWSER = "signs a browser in or out"
JOINING = "a new member sends the code in the messenger"
READ = "records that a page with answers or messages was opened"
CALLS = "calls are noted at the desk; the others show who is to be called"
NAMED = "the command line names the person or the text, and is not asked about what waits"
MOVED = "the command line moves it to the days of before"
PUT_BACK = "the desk puts the whole text back among the unread ones"
ONE_BY_ONE = "it shows one text at a time"
WHOLE = "the command line does it in one act, from the file"
PART = "one transaction for the demo and for tests"
REMEMBERED = "remembered with the list that is saved"
EVIDENCE = ("add_evidence", "open_file", "remove_evidence", "confirm_with_file")
LACKING = {
    "asked.acts.approve": {"chat": SCREEN},
    "asked.acts.close": {"chat": SCREEN},
    "asked.acts.take_up": {"chat": SCREEN},
    "asked.acts.undo": {"chat": SCREEN},
    "list_columns.remember_columns": {"chat": REMEMBERED},
    "office.accounts.bind_account": {"chat": BROWSER, "cli": BROWSER},
    "office.accounts.end_account": {"chat": SCREEN},
    "office.accounts.enter": {"chat": BROWSER, "cli": BROWSER},
    "office.accounts.put_account_back": {"chat": SCREEN},
    "office.signing_in.begin_session": {"chat": BROWSER, "cli": BROWSER},
    "office.signing_in.sign_in": {"chat": BROWSER, "cli": BROWSER},
    "office.signing_in.sign_out": {"chat": BROWSER, "cli": BROWSER},
    "office.staff.add": {"chat": SCREEN},
    "office.staff.join_staff": {"cli": JOINING, "desk": JOINING},
    "office.staff_addresses.put_address": {"chat": SCREEN},
    "office.staff_addresses.put_address_back": {"chat": SCREEN},
    "office.staff.remove": {"chat": SCREEN},
    "office.staff.renew_code": {"chat": SCREEN},
    "office.staff.take_back": {"chat": SCREEN},
    "office.standing.change_standing": {"chat": SCREEN},
    "office.sessions.end_all": {"chat": SCREEN},
    "office.sessions.end_one": {"chat": SCREEN, "cli": "a session has no name to type"},
    "office.audit_log.export_log": {"chat": FILES},
    "people.calls_noted.note_call": {"chat": CALLS, "cli": CALLS},
    "people.calls_noted.noted_calls": {"chat": CALLS, "cli": CALLS},
    "people.calls_noted.take_call_back": {"chat": CALLS, "cli": CALLS},
    "people.contact_channels.choose_channel": {"chat": SCREEN},
    "people.contact_channels.choose_language": {"chat": SCREEN},
    "people.contact_channels.put_email_back": {"chat": SCREEN},
    "people.data_entry.begin_entry": {"chat": SCREEN},
    "people.enrolments.renew_link": {"chat": SCREEN},
    "people.joining_codes.give_codes": {"chat": PART, "cli": PART, "desk": PART},
    "people.joining_codes.store_codes": {"chat": FILES},
    "people.messages.note_read": {"chat": READ, "cli": READ},
    "people.person.erase_code": {"chat": SCREEN},
    "people.person.erase_person": {"chat": SCREEN},
    "people.person.move_person": {"chat": SCREEN},
    "people.reading_answers.read_answers": {"chat": READ, "cli": READ},
    "people.relinking.decide_relink": {"cli": NAMED},
    "people.relinking.refuse_all": {"cli": NAMED},
    "people.relinking.relink_person": {"chat": "chat decides about an account that waits"},
    "people.same_person.keep_apart": {"cli": "a list asks, and the answer is in its file"},
    "people.supervisors.tie_supervisor": {"chat": SCREEN},
    "people.walk_ins.add_walk_in": {"cli": NAMED},
    "people.walk_ins.refuse_walk_in": {"cli": NAMED},
    "questionnaires.workshop_lists.correct_lists": {"chat": FILES},
    "reports.anchor_queue.record_shown": {"cli": "`anchor list` records it"},
    **{f"reports.code_book.{act}": {"chat": SCREEN} for act in ("add", "change", "undo_change")},
    **{f"reports.code_book.{act}": {"chat": SCREEN} for act in ("retire", "restore")},
    "reports.comparing.compare": {"chat": SCREEN},
    **{f"reports.evidence.{act}": {"chat": FILES} for act in EVIDENCE},
    "reports.exporting.export": {"chat": FILES},
    "reports.figures.figures": {"chat": SCREEN, "desk": "the page of a report has them"},
    **{f"reports.next_steps.{act}": {"chat": SCREEN} for act in ("add", "change")},
    "reports.own_words.list_own_words": {"chat": SCREEN, "desk": ONE_BY_ONE},
    "reports.recommendations.add": {"chat": SCREEN},
    "reports.recommendations.change": {"chat": SCREEN},
    "reports.recommendations.propose": {"chat": SCREEN},
    "reports.recommendations.release": {"chat": SCREEN},
    "reports.recommendations.settle": {"chat": SCREEN},
    "reports.recommendations.withdraw": {"chat": SCREEN},
    "reports.reporting.anchors": {"chat": SCREEN},
    "reports.reporting.record_handed_out": {"cli": WHOLE},
    "reports.second_reading.take_agreement_back": {
        "chat": SCREEN,
        "cli": "`words again` lets both read anew",
    },
    "reports.sharing.end_share": {"chat": SCREEN},
    "reports.sharing.make_share": {"chat": SCREEN},
    "reports.sharing.restore_share": {"chat": SCREEN},
    "reports.sharing.store_share": {"chat": SCREEN},
    "reports.theme_marks.decide": {"chat": SCREEN},
    "reports.translating.take_translation_back": {"chat": SCREEN, "desk": PUT_BACK},
    "reports.translating.translate": {"chat": SCREEN},
    "workshops.following.follow_plan": {"chat": SCREEN},
    "workshops.plans.import_plan": {"chat": FILES},
    "workshops.plans.put_plan_back": {"chat": FILES},
    "workshops.plans.remove_plan": {"chat": FILES},
    "workshops.programme_changes.put_programme_back": {"chat": SCREEN},
    "workshops.programmes.add_programme": {"chat": SCREEN},
    "workshops.programmes.import_results": {"chat": FILES},
    "workshops.renaming.rename": {"chat": SCREEN},
    "workshops.replanning.move_back": {"cli": MOVED},
}
"""By act, why a skin lacks it."""
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- The table of acts: made by tests/bot/test_skins.py -->", "<!-- its end -->"
HEAD = "| Module of `bot.desk` | Acts | Chat | Command line | Desk |\n|---|---|---|---|---|"
Name = tuple[str, str]


@dataclass
class Module:
    """A module: what its names stand for, and which names each of its functions uses."""

    name: str
    imported: dict[str, Name] = field(default_factory=dict)
    uses: dict[str, set[Name]] = field(default_factory=dict)
    records: set[str] = field(default_factory=set)
    """Functions that name an act of the audit log."""


def module_of(path: Path) -> Module:
    """Return what the file of a module says."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    tree = ast.parse(path.read_text())
    found = Module(name)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                found.imported[one.asname or one.name] = (node.module, one.name)
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in tree.body:
        own = node.name if isinstance(node, functions) else ""
        found.uses.setdefault(own, set()).update(_used(found, node))
        if own and any(_records(part) for part in ast.walk(node)):
            found.records.add(own)
    return found


def _records(node: ast.AST) -> bool:
    """Return whether a piece of code gives an act to a function, such as `record`."""
    if not isinstance(node, ast.Call):
        return False
    given = [*node.args, *(one.value for one in node.keywords)]
    parts = [part for one in given for part in ast.walk(one)]
    return any(isinstance(one, ast.Attribute) and _is_act(one.value) for one in parts)


def _is_act(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "Act"


def _used(module: Module, node: ast.AST) -> Iterator[Name]:
    """Yield the names that a piece of code uses, each with the module where it is looked for."""
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            yield module.imported.get(one.id, (module.name, one.id))
        elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            package = module.imported.get(one.value.id)
            if package is not None:
                yield (".".join(package), one.attr)


@cache
def modules(folder: str) -> dict[str, Module]:
    """Return the modules of a folder by name."""
    found = [module_of(path) for path in sorted((ROOT / folder).rglob("*.py"))]
    return {one.name: one for one in found}


def reached(names: set[Name]) -> set[Name]:
    """Return all functions of `bot.desk` to which some names lead."""
    desk = modules("bot/desk")
    seen: set[Name] = set()
    open_ = list(names)
    while open_:
        name = open_.pop()
        module = desk.get(name[0])
        if name in seen or module is None:
            continue
        seen.add(name)
        if name[1] in module.imported:
            open_.append(module.imported[name[1]])
        open_ += module.uses.get(name[1], ())
    return seen


def acts() -> set[Name]:
    """Return the public functions that record an act, themselves or through others of their module."""
    found = set()
    for module in modules("bot/desk").values():
        for name in module.uses:
            here = {one[1] for one in _within(module, name)}
            if name and not name.startswith("_") and here & module.records:
                found.add((module.name, name))
    return found


def _within(module: Module, name: str) -> set[Name]:
    seen: set[Name] = set()
    open_: list[Name] = [(module.name, name)]
    while open_:
        one = open_.pop()
        if one[0] == module.name and one not in seen:
            seen.add(one)
            open_ += module.uses.get(one[1], ())
    return seen


def lacking() -> dict[str, set[str]]:
    """Return by act the skins that do not lead to it."""
    found: dict[str, set[str]] = {}
    leads = {skin: reached(_of_skin(folder)) for skin, folder in SKINS.items()}
    for act in acts():
        without = {skin for skin, names in leads.items() if act not in names}
        if without:
            found[".".join(act).removeprefix("bot.desk.")] = without
    return found


def _of_skin(folder: str) -> set[Name]:
    return {
        name for one in modules(folder).values() for used in one.uses.values() for name in used
    }


def test_each_act_is_in_each_skin_or_says_why_not() -> None:
    assert lacking() == {act: set(why) for act, why in LACKING.items()}


def table() -> str:
    """Return all acts with their skins as the page has them: those of one kind in one row."""
    rows: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    without = lacking()
    for module, name in sorted(acts()):
        place = module.removeprefix("bot.desk.")
        act = f"{place}.{name}"
        gone = without.get(act, ())
        cells = tuple(LACKING.get(act, {}).get(one, "?") if one in gone else "✓" for one in SKINS)
        rows.setdefault((place, cells), []).append(f"`{name}`")
    lines = (
        f"| `{place}` | {', '.join(names)} | {' | '.join(cells)} |"
        for (place, cells), names in rows.items()
    )
    return "\n".join((HEAD, *lines))


def with_table(page: str) -> str:
    """Return the page with the table as it is now."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{rest.partition(END)[2]}"


def test_the_page_has_the_table_of_acts_as_they_are() -> None:
    page = PAGE.read_text("utf-8")
    assert page == with_table(page), "write it with: python -m tests.bot.test_skins"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text("utf-8")), "utf-8")
