"""Workers: one job needs none, several are fresh processes, and an interrupted build waits for none of them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from edition.pool import pool, workers

from .conftest import ROOT


def test_one_job_needs_no_worker() -> None:
    with pool(1) as executor:
        assert executor is None


def test_workers_are_other_processes_that_leave_interrupts_to_their_parent() -> None:
    with pool(2, preload=["json"]) as executor:
        assert executor is not None
        assert executor.submit(os.getpid).result() != os.getpid()
        assert executor.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN
        assert list(executor.map(abs, range(-5, 0))) == [5, 4, 3, 2, 1]
    assert multiprocessing.active_children() == []


def test_an_interrupt_ends_workers_in_the_middle_of_their_work() -> None:
    with pytest.raises(KeyboardInterrupt), pool(2) as executor:
        assert executor is not None
        executor.submit(os.getpid).result()
        for _ in range(5):
            executor.submit(signal.pause)
        raise KeyboardInterrupt
    for worker in multiprocessing.active_children():
        worker.join(30)
    assert multiprocessing.active_children() == []


def test_nothing_of_workers_that_were_ended_goes_on() -> None:
    with workers(1, patient=False) as executor:
        executor.submit(os.getpid).result()
        executor.submit(signal.pause)
    assert not [one for one in threading.enumerate() if "concurrent.futures.process" in type(one).__module__]


_PRELOADING = """
import contextlib, os
from edition.pool import pool
if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt), pool(2, preload=["interrupted"]) as executor:
        executor.submit(os.getpid).result()
        raise AssertionError("nobody was interrupted")
"""


def test_an_interrupt_while_workers_are_made_ready_is_told_by_their_parent_alone(tmp_path: Path) -> None:
    """As Ctrl-C: all processes of a terminal are interrupted."""
    (tmp_path / "interrupted.py").write_text("import os, signal\nos.killpg(0, signal.SIGINT)\n")
    (tmp_path / "main.py").write_text(_PRELOADING)
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    command = [sys.executable, str(tmp_path / "main.py")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, start_new_session=True)
    assert (done.returncode, done.stderr) == (0, "")


_WAITING = """
import os, signal
from edition.pool import workers
with workers(1) as executor:
    print(executor.submit(os.getpid).result(), flush=True)
    signal.pause()
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_a_parent_that_is_killed(how: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", _WAITING], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None and parent.stdout.readline()
        parent.send_signal(how)
        parent.communicate(timeout=60)  # to the end of what parent and worker hold together
