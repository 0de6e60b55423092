"""`edition serve`: build, watch, preview in the browser; a bad edit never ends it."""

from __future__ import annotations

import os
import socket
import webbrowser
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import click

from .. import manifest
from . import watching
from .caching import cache as store_of
from .caching import is_private, place, space_of, versions
from .common import FINE, Settings, editions, shared, until_interrupted

PORT = 8470


@click.command("serve")
@click.argument("folder", metavar="[DIR]", required=False)
@click.option("--port", type=click.IntRange(0, 65535), help=f"Where to listen (default: {PORT}, or any that is free).")
@click.option("--open", "open_", is_flag=True, help="Open the preview in the browser.")
@shared
@click.pass_obj
def command(settings: Settings, folder: str | None, port: int | None, open_: bool) -> None:
    """Preview the edition in DIR (else the one here) in the browser, on this machine alone, and follow its sources.

    The text is shown with notes, index and chronology, and the pages of print in a tab beside it; complaints stand
    where they belong. While the sources have an error, the last good text stays. Ctrl-C ends it.
    """
    (where, *others) = editions([folder] if folder else [])
    if others:
        raise click.UsageError(f"there are several editions here; name one: edition serve {where}")
    listening = _socket(port)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    click.echo(address)
    if settings.chatty:
        click.echo(f"{where.resolve().name}: preview at {address}; Ctrl-C ends it", err=True)
    if open_:
        webbrowser.open(address)
    with until_interrupted():
        _serve(where, listening, partial(click.echo, err=True) if settings.chatty else lambda text: None)
    raise click.exceptions.Exit(FINE)


def _socket(port: int | None) -> socket.socket:
    """A socket of this machine alone."""
    for number in (PORT, 0) if port is None else (port,):
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind(("127.0.0.1", number))
            made.listen()  # a browser that is quick waits for the first text
            return made
        except OSError as error:
            made.close()
            if number == 0 or port is not None:
                raise click.UsageError(f"port {number}: {error.strerror}") from None
    raise AssertionError("port 0 is always free")


def _serve(folder: Path, listening: socket.socket, tell: watching.Tell) -> None:
    import uvicorn

    from ..engine import Memory
    from ..serve import app, printing
    from ..serve.session import Session

    tool, cache = versions(manifest.tool()), place(os.environ)
    cache = cache if cache is not None and is_private(cache) else None
    space = space_of(folder)
    print_ = partial(printing.printed, folder.resolve(), cache, space, tool)
    with printing.worker() as worker:
        store = nullcontext(Memory()) if cache is None else store_of(folder)
        session = Session(folder, store, tool)
        changes = partial(watching.changes, lambda: watching.followed_whole(folder, session.inputs), tell)
        made = app.application(session, print_, changes, worker)
        config = uvicorn.Config(made, log_level="warning", lifespan="on", timeout_graceful_shutdown=1)
        uvicorn.Server(config).run(sockets=[listening])
