"""Workers for long tasks: any concurrent.futures.Executor will do, and here is the local one.

Knows processes only; must not know what they compute.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from threading import Thread
from threading import enumerate as enumerate_threads

_SECONDS = 5.0


def _follow_parent() -> None:
    """Leave interrupts to the parent, and end with it, however it ends: a worker would wait for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := multiprocessing.parent_process():
        Thread(target=_end_after, args=[parent.sentinel], daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _context() -> multiprocessing.context.BaseContext:
    """Fresh processes, never a fork of this one: libraries with threads and locks do not survive a fork."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    return multiprocessing.get_context(method)


@contextmanager
def pool(jobs: int, preload: Sequence[str] = ()) -> Iterator[Executor | None]:
    """`jobs` worker processes that have the modules `preload` imported; None for one job: work yourself."""
    if jobs <= 1:
        yield None
        return
    with workers(jobs, preload) as executor:
        yield executor


@contextmanager
def workers(jobs: int, preload: Sequence[str] = (), patient: bool = True) -> Iterator[Executor]:
    """`jobs` worker processes. At the end they may finish what they do, if `patient`.

    On an exception (Ctrl-C too) they are ended at once, whatever they are doing.
    """
    context = _context()
    if preload and hasattr(context, "set_forkserver_preload"):
        context.set_forkserver_preload(["edition.uninterrupted", "__main__", *preload])
    before = set(multiprocessing.active_children())
    executor = ProcessPoolExecutor(jobs, context, _follow_parent)
    try:
        yield executor
    except BaseException:
        patient = False
        raise
    finally:
        executor.shutdown(wait=patient, cancel_futures=True)
        for worker in () if patient else multiprocessing.active_children():
            if worker not in before:
                worker.terminate()
        for thread in () if patient else enumerate_threads():
            if type(thread).__module__ == ProcessPoolExecutor.__module__:
                thread.join(_SECONDS)  # Python wakes it at its own end, and may find it just gone
