"""Workers: one job needs none, several are fresh processes, and an interrupted build waits for none of them."""

from __future__ import annotations

import multiprocessing
import os
import signal

import pytest

from edition.pool import pool


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
