"""After any edit, whatever was done to the store, a warm build is the cold one; planted faults of the engine show."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from . import incremental
from .conftest import ROOT

MUTANTS = sorted((ROOT / "tests" / "mutants").glob("*.patch"))


@pytest.mark.parametrize("seed", range(1, 7))
def test_warm_is_cold_after_any_edit(seed: int) -> None:
    assert incremental.run(seed, 50, real=10) > 25


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 120))
def test_warm_is_cold_five_hundred_times(seed: int) -> None:
    assert incremental.run(seed, 500) > 250


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200, 206))
def test_warm_is_cold_on_paper(seed: int) -> None:
    assert incremental.run(seed, 50, real=1) > 25


def steps_of(home: Path, seed: int, steps: int) -> subprocess.CompletedProcess[str]:
    """Random steps with the package as it is in `home`."""
    command = [sys.executable, "-m", "tests.incremental", "--seed", str(seed), "--steps", str(steps)]
    paths = {"PYTHONPATH": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=home, env={**os.environ, **paths}, capture_output=True, text=True)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, its styles and the test, where they may be broken."""
    home = tmp_path_factory.mktemp("mutants")
    ignored = shutil.ignore_patterns("__pycache__", "cases")
    for name in ("edition", "tests"):
        shutil.copytree(ROOT / name, home / name, ignore=ignored)
    (home / "styles").symlink_to(ROOT / "styles")
    return home


@pytest.mark.slow
@pytest.mark.parametrize("patch", MUTANTS, ids=lambda path: path.stem)
def test_planted_faults_show(copy: Path, patch: Path) -> None:
    subprocess.run(["git", "apply", str(patch)], cwd=copy, check=True)
    try:
        found = [done for seed in (1, 2, 3) if (done := steps_of(copy, seed, 60)).returncode][:1]
        assert found and "Difference" in found[0].stderr
    finally:
        subprocess.run(["git", "apply", "-R", str(patch)], cwd=copy, check=True)


def test_twelve_faults_are_planted_and_fit_the_engine_of_today() -> None:
    assert len(MUTANTS) >= 12
    for patch in MUTANTS:
        subprocess.run(["git", "apply", "--check", str(patch)], cwd=ROOT, check=True)
