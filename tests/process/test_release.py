"""The wheel has everything inside: the program runs from it alone, in an empty folder."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.places import ROOT
from tests.process.starting import surroundings
from tests.release import ANSWERS, PACKAGES, build, constraints, sources

TYPED = """
import sys
import bot
from bot.cli import main
assert bot.__file__.startswith({unpacked!r}), bot.__file__
for line in {lines}:
    sys.argv = line.split()
    try:
        main()
    except SystemExit as end:
        if end.code:
            raise
"""
LINES = (
    "followup init suva --answers answers.yaml --offline",
    "followup check --offline --create -c suva/config.yaml",
    "followup questionnaire show M6 --lang km -c suva/config.yaml",
)


def test_the_wheel_of_the_source_distribution_has_every_file_and_runs_without_the_checkout(
    tmp_path: Path,
) -> None:
    """It takes seconds: two builds, and a start of the program."""
    _, wheel = build(tmp_path / "built")
    listed = [str(one) for one in sources() if one.parts[0] in PACKAGES]
    here, unpacked = tmp_path / "here", tmp_path / "wheel"
    here.mkdir()
    with zipfile.ZipFile(wheel) as file:
        assert [one for one in listed if one not in file.namelist()] == []
        file.extractall(unpacked)
    (here / "answers.yaml").write_text(ANSWERS)
    done = subprocess.run(
        [sys.executable, "-c", TYPED.format(unpacked=str(unpacked), lines=LINES)],
        cwd=here,
        env=surroundings() | {"PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (here / "suva" / "followup.sqlite3").exists()


def test_every_pinned_package_is_a_constraint_without_hashes() -> None:
    lines = constraints().splitlines()
    pinned = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    packages = [
        line.removesuffix(" \\") for line in pinned if re.match(r"[\w-]+(\[.*\])?==", line)
    ]
    assert [line for line in lines if not line.lstrip().startswith("#")] == packages
