"""Tests stand where the code they test stands, so that both are found in one guess."""

from tests.places import ROOT

TOPS = ("bot", "storage", "surveys", "analysis")
ACROSS = {  # what is tested from outside, over all packages
    "benchmarks",
    "browser",
    "cli",
    "demo",
    "hardening",
    "process",
    "soak",
    "standin",
    "torture",
}


def test_every_test_stands_in_a_folder_that_the_product_has() -> None:
    tests = [path.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")]
    tests = [path for path in tests if path.parts[0] not in ACROSS and len(path.parts) > 1]
    lost = [str(path) for path in tests if not (ROOT / path.parent).is_dir()]
    assert lost == []
    assert {path.parts[0] for path in tests} == set(TOPS)
