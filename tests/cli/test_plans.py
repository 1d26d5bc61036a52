"""`followup plan`: plans of the office as files."""

from tests.cli.conftest import CODE, Terminal

SHORT = """\
spec: 1
key: short
waves:
  - {key: M3, role: participant, opens: end + 3 months, open_days: 28}
"""
LONGER = SHORT.replace("3 months", "4 months")


def test_a_plan_of_the_office_is_imported_followed_changed_and_removed(office: Terminal) -> None:
    office.write("short.yaml", SHORT)
    said = office.says("plan", "import", "short.yaml")
    assert "The plan short is stored." in said
    assert "Nothing was changed" in office.says("plan", "import", "short.yaml")
    assert "short" in office.says("plan", "list")
    assert office.says("plan", "export", "short") == SHORT
    office.write(
        "next.csv", "code,title,starts_on,country,plan\nNEW,New workshop,2031-05-05,FJ,short\n"
    )
    office.says("workshop", "import", "next.csv")
    assert [one["key"] for one in office.data("wave", "list", "NEW")] == ["M3"]
    office.write("short.yaml", SHORT.replace("3 months", "4 months"))
    asked = office.type("plan", "import", "short.yaml")
    assert asked.code == 2
    assert "1 workshop follows it: NEW." in asked.out
    assert "Add --yes to do it." in asked.out
    assert office.data("wave", "list", "NEW")[0]["opens_on"] == "2031-08-05"
    office.says("plan", "import", "short.yaml", "--yes")
    assert office.data("wave", "list", "NEW")[0]["opens_on"] == "2031-09-05"
    assert "NEW follow it" in office.refuses("plan", "remove", "short")


def test_a_plan_that_nobody_follows_is_removed(office: Terminal) -> None:
    office.write("short.yaml", SHORT)
    office.says("plan", "import", "short.yaml")
    assert "is removed" in office.says("plan", "remove", "short")
    assert "short" not in office.says("plan", "list")


def undo_in(said: str) -> list[str]:
    """Return the words of the command that takes back what was done."""
    return said.partition("Undo: `followup ")[2].partition("`")[0].split()


def test_each_change_of_a_plan_is_taken_back_and_so_is_the_undo(office: Terminal) -> None:
    office.write("short.yaml", SHORT)
    new = undo_in(office.says("plan", "import", "short.yaml"))
    office.write("short.yaml", LONGER)
    changed = undo_in(office.says("plan", "import", "short.yaml"))
    assert "was changed since. Nothing was changed." in office.refuses(*new)
    said = office.says(*changed)
    assert "The plan short is as before." in said
    assert office.says("plan", "export", "short") == SHORT
    assert "as before already. Nothing was changed." in office.says(*changed)
    assert "as before already" in office.says("plan", "undo", "short")
    office.says(*undo_in(said))
    assert office.says("plan", "export", "short") == LONGER
    office.says("plan", "undo", "short")
    removed = office.says(*new)
    assert "short" not in office.says("plan", "list")
    office.says(*undo_in(removed))
    office.says(*undo_in(office.says("plan", "remove", "short")))
    assert office.says("plan", "export", "short") == SHORT
    known = office.refuses("plan", "undo", "short", "99")
    assert "There is no change 99 of the plan short. The newest are " in known
    assert "There is no change of the plan other. None is known." in office.refuses(
        "plan", "undo", "other"
    )


def test_a_plan_says_what_is_wrong_with_it(office: Terminal) -> None:
    office.write("mine.yaml", SHORT.replace("key: short", "key: standard").replace("M3,", "NONE,"))
    said = office.refuses("plan", "import", "mine.yaml")
    assert "is the key of a packaged plan" in said
    assert "is not a published questionnaire" in said
    assert "Did you mean 'standard'?" in office.refuses("plan", "export", "standart")
    assert "key: standard" in office.says("plan", "export", "standard")
    assert CODE in office.says("workshop", "list")


def test_a_workshop_follows_another_plan_and_the_undo_is_said(office: Terminal) -> None:
    office.write("short.yaml", SHORT)
    office.says("plan", "import", "short.yaml")
    said = office.says("plan", "follow", CODE, "short")
    assert f"{CODE} follows the plan short, no longer standard." in said
    undo = undo_in(said)
    assert "no longer short" in office.says(*undo)
    assert "Nothing was changed." in office.says(*undo)
