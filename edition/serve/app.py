"""What the preview serves, and to whom: a page, its parts as JSON, pictures of pages, and word of every change.

Knows session and printing; decides nothing about editions. Only this machine is served: a request whose Host is another
name, or that another site's page has made (Origin), is refused, for the sources may be nobody else's business.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from ..disk import styles_folder
from . import page
from .printing import Printed, picture
from .session import Preview, Session

STATIC = Path(__file__).with_name("static")
NAMES = ("localhost", "127.0.0.1", "[::1]")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
Print = Callable[[], "Printed | None"]


class State(Struct):
    """What browsers are told: grows a number with each change, and wakes whoever waits for one."""

    session: Session
    preview: Preview = field(default_factory=Preview)
    printed: Printed | None = None
    printing: bool = False
    fault: str = ""
    number: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def tell(self) -> None:
        async with self.changed:
            self.number += 1
            self.changed.notify_all()

    async def after(self, number: int) -> None:
        """Wait for the change that follows on `number`."""
        async with self.changed:
            await self.changed.wait_for(lambda: self.number != number)

    def to_json(self, known: frozenset[str]) -> dict[str, Any]:
        """All but the HTML of sections whose digests are `known`."""
        shown = self.preview
        return {
            "number": self.number,
            "good": shown.good,
            "standing": shown.standing,
            "printing": self.printing,
            "fault": self.fault,
            "cpu": round(shown.seconds, 3),
            "complaints": [complaint.to_json() for complaint in shown.complaints],
            "contents": page.contents(shown),
            "sections": [[s.key, s.digest, "" if s.digest in known else s.html] for s in shown.sections],
            "pages": [list(leaf) for leaf in self.printed.leaves] if self.printed else [],
        }


def application(
    session: Session, print_: Print, changes: Callable[[], AsyncIterator[Any]], worker: Executor
) -> Starlette:
    """The preview of one edition. `changes` yields whenever a file of it has changed; `print_` runs in `worker`."""
    state = State(session)
    reading = ThreadPoolExecutor(1, "reading")

    async def read() -> None:
        try:
            state.preview = await asyncio.get_running_loop().run_in_executor(reading, session.read)
            state.fault = ""
        except Exception as error:  # a bug of ours must not end the preview of a day's work
            state.fault = f"a fault of ours: {type(error).__name__}: {error}"
        await state.tell()

    async def follow() -> None:
        """Print whenever the text has changed since the last printing began; then put the page numbers in."""
        wanted = asyncio.Event()
        wanted.set()
        watching = asyncio.create_task(_watch(state, changes, read, wanted))
        try:
            while True:
                await wanted.wait()
                wanted.clear()
                await _print(state, print_, worker, reading)
        finally:
            watching.cancel()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await read()
        reading.submit(session.prepare)
        task = asyncio.create_task(follow())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            reading.submit(session.close)
            reading.shutdown(wait=True)

    app = Starlette(routes=_routes(state), lifespan=lifespan)
    app.add_middleware(_AtHome)
    return app


async def _watch(
    state: State, changes: Callable[[], AsyncIterator[Any]], read: Callable[[], Any], wanted: asyncio.Event
) -> None:
    try:
        async for _ in changes():
            await read()
            wanted.set()
    except Exception as error:
        state.fault = f"the sources are followed no more; start the preview again: {type(error).__name__}: {error}"
        await state.tell()


async def _print(state: State, print_: Print, worker: Executor, reading: Executor) -> None:
    if not state.preview.good:
        return
    loop = asyncio.get_running_loop()
    state.printing = True
    await state.tell()
    try:
        found = await loop.run_in_executor(worker, print_)
        if found is not None:
            state.printed = found
            state.preview = await loop.run_in_executor(reading, partial(state.session.number, found.pages))
    except asyncio.CancelledError:
        raise
    except Exception as error:
        state.fault = f"the pages could not be made: {type(error).__name__}: {error}"
    finally:
        state.printing = False
    await state.tell()


# --- what is served


def _routes(state: State) -> list[Route | Mount]:
    async def home(request: Request) -> Response:
        return Response(page.html(state.preview, state.to_json(frozenset())), media_type="text/html; charset=utf-8")

    async def now(request: Request) -> Response:
        known = frozenset(str(name) for name in await request.json())
        return JSONResponse(state.to_json(known))

    async def events(request: Request) -> Response:
        return StreamingResponse(_news(state), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def leaf(request: Request) -> Response:
        number, printed = int(request.path_params["number"]), state.printed
        if printed is None or number >= len(printed.leaves):
            return Response("there is no such page", 404)
        drawn = await asyncio.get_running_loop().run_in_executor(None, picture, printed.pdf, number)
        return Response(drawn, media_type="image/png", headers={"Cache-Control": "max-age=31536000, immutable"})

    async def pdf(request: Request) -> Response:
        if state.printed is None:
            return Response("there is no PDF yet", 404)
        return Response(state.printed.pdf, media_type="application/pdf", headers={"Cache-Control": "no-store"})

    async def style(request: Request) -> Response:
        return Response(page.style(styles_folder()), media_type="text/css", headers={"Cache-Control": "no-store"})

    return [
        Route("/", home),
        Route("/now", now, methods=["POST"]),
        Route("/events", events),
        Route("/page/{number:int}/{digest}.png", leaf),
        Route("/edition.pdf", pdf),
        Route("/text.css", style),
        Route("/favicon.ico", lambda request: FileResponse(STATIC / "icon.svg", media_type="image/svg+xml")),
        Mount("/static", StaticFiles(directory=STATIC)),
        Mount("/fonts", StaticFiles(directory=styles_folder() / "fonts")),
    ]


async def _news(state: State) -> AsyncIterator[str]:
    """The number of every change, at once the present one; a sign of life now and then, so that dead ends show."""
    told = -1
    while True:
        if told != state.number:
            told = state.number
            yield f"data: {told}\n\n"
        try:
            await asyncio.wait_for(state.after(told), 15)
        except TimeoutError:
            yield ": still here\n\n"


class _AtHome:
    """Refuses whoever asks by another name than this machine's, or from a page of another site."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        host, origin = (headers.get(name, b"").decode("latin-1") for name in (b"host", b"origin"))
        if not is_own(host) or (origin and origin != f"http://{host}"):
            await Response("this preview is for this machine alone", 403)(scope, receive, send)
            return

        async def guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                told = (("content-security-policy", POLICY), ("x-content-type-options", "nosniff"))
                message["headers"] += [(name.encode(), value.encode()) for name, value in told]
            await send(message)

        await self._app(scope, receive, guarded)


def is_own(host: str) -> bool:
    """Whether a Host header names this machine, whatever the port."""
    name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "0")
    return (name or host) in NAMES and (port.isdigit() or not name)
