"""What many tests share: the editions of this repository and of the seed page,
built once a session; the rule on skips."""

import os
import shutil
import signal
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from edition import builder

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
NO_SHARED = "no ../shared"
# No test fails for want of time; where work is landed, every run tries the same examples.
settings.register_profile(
    "edition", deadline=None, derandomize=bool(os.environ.get("CI")), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("edition")
os.environ["EDITION_CACHE"] = "off"  # no test reads or fills the cache of whoever runs it
if (
    signal.getsignal(signal.SIGINT) == signal.SIG_IGN
):  # as in the background of a script; our processes would inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Where EDITION_NO_SKIPS is set (.ci/run), a skip is a failure, unless ../shared is not there."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("EDITION_NO_SKIPS"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if NO_SHARED not in reason:
            report.outcome, report.longrepr = "failed", f"skipped where nothing may be: {reason}"
    return report


class Built:
    """An edition's folder and all that it was made into."""

    def __init__(self, folder: Path, out: Path) -> None:
        self.folder = folder
        self.made = builder.make(folder, builder.OUTPUTS)
        for name, data in self.made.files.items():
            (out / name).write_bytes(data)
        self.out = out

    def file(self, suffix: str) -> Path:
        return self.out / f"{self.made.id}.{suffix}"


def seed_edition(folder: Path) -> Path:
    """The page of ../shared/seed as an edition: plain text, one edition.yaml, canonical names."""
    page = next(iter(sorted((SHARED / "seed").glob("*.txt"))), None)
    if page is None:
        pytest.skip(NO_SHARED)
    shutil.copytree(ROOT / "tests" / "cases" / "seed-page", folder)
    (folder / "text").mkdir()
    shutil.copyfile(page, folder / "text" / "page.txt")
    return folder


@pytest.fixture(scope="session", params=["moscow-trials", "seed-page"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Each of the two editions, built."""
    out = tmp_path_factory.mktemp("out")
    if request.param == "seed-page":
        return Built(seed_edition(tmp_path_factory.mktemp("sources") / "seed-page"), out)
    return Built(ROOT / "sources" / request.param, out)
