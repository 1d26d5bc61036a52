"""Which tests have to notice a fault in which package."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Package:
    """Sources to mutate, and the tests that run for each mutant in this order, quick ones first.

    Each is a file, a folder or a pattern. A test that runs on both databases runs on SQLite alone:
    the rules are the same on both, and the server would take most of the time. So a lock that is
    left out survives here; its test fails on PostgreSQL.
    """

    sources: tuple[str, ...]
    tests: tuple[str, ...]


PACKAGES = {
    "surveys/interview": Package(
        sources=(
            "surveys/interview/interview.py",
            "surveys/interview/route.py",
            "surveys/interview/moves.py",
            "surveys/interview/questions.py",
        ),
        tests=("tests/surveys/interview",),
    ),
    "surveys/expressions": Package(
        sources=("surveys/expressions",),
        tests=(
            "tests/surveys/expressions/test_[!l]*.py",
            "tests/surveys/expressions/test_laws*.py",
        ),
    ),
    "surveys/planning/contacts": Package(
        sources=("surveys/planning/contacts.py", "surveys/planning/timetable.py"),
        tests=(
            "tests/surveys/planning/test_*contacts.py",
            "tests/surveys/planning/test_timetable.py",
        ),
    ),
    "analysis/measures/delegations": Package(
        sources=("analysis/measures/delegations",),
        tests=(
            "tests/analysis/measures/delegations/test_[!kr]*.py",
            "tests/analysis/sections/test_trend.py",
            "tests/analysis/measures/delegations/test_reading.py",
            "tests/bot/desk/reports/test_anchor_decisions.py",
        ),
    ),
    "analysis/disclosure": Package(
        sources=("analysis/disclosure",),
        tests=(
            "tests/analysis/disclosure/test_[!pt]*.py",
            "tests/analysis/disclosure/test_telling_less.py",
            "tests/analysis/disclosure/test_published_sets.py",
            "tests/analysis/disclosure/test_two_waves.py",
            "tests/analysis/disclosure/test_protection.py",
        ),
    ),
    "bot/outbox/sending": Package(
        sources=("bot/outbox/sending.py",),
        tests=(
            "tests/bot/outbox/test_*sending.py",
            "tests/bot/service/test_faults_in_rounds.py",
            "tests/bot/fieldwork/test_choosing_channels.py",
            "tests/bot/outbox/test_after_restore.py",
            "tests/bot/service/test_rounds.py",
            "tests/bot/fieldwork/test_help_done.py",
        ),
    ),
    "bot/importing": Package(
        sources=(
            "bot/importing/tables",
            "bot/importing/people/reading.py",
            "bot/importing/people/person_rows.py",
        ),
        tests=(
            "tests/bot/importing/tables",
            "tests/bot/importing/people",
            "tests/bot/importing/rows",
            "tests/bot/importing/calendars",
            "tests/bot/importing/test_*.py",
        ),
    ),
}
