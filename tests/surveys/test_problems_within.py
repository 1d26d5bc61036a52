"""A line about a problem that is too long for a screen."""

from surveys.problems import Problem


def test_what_to_do_is_never_cut() -> None:
    fix = "Write the name or the code of a language, such as French or fr."
    problem = Problem("a" * 90, "row 4, column language", "is not a language.", "x" * 80, fix)
    for most in (20, 120, 200):
        line = problem.within(most)
        assert line.endswith(f"… {fix}")
        assert len(line) <= max(most, len(fix) + 62)
    assert problem.within(1_000) == str(problem)


def test_without_a_remedy_the_beginning_stays() -> None:
    line = Problem("list.csv", "row 2", "These columns are not read: " + "x, " * 99).within(80)
    assert line.startswith("list.csv, row 2: These columns")
    assert len(line) <= 80
