"""The page's HTTP API, and the page itself."""

import base64
import logging
import threading
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from refbot.sandbox import page_shapes
from refbot.sandbox.acts import pressing
from refbot.sandbox.mailbox import mark_read
from refbot.sandbox.page_acts import act
from refbot.sandbox.shapes import Json
from refbot.sandbox.workspace import Workspace

log = logging.getLogger(__name__)
STATIC = Path(__file__).parent / "static"
PLACEHOLDER = "<!doctype html><title>RefBot sandbox</title><p>The page has not been built."
SKIPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
Endpoint = Callable[[Request], Awaitable[Response]]


class PageApi:
    """Answers the page; acts go through the same functions as a person's in Python."""

    def __init__(self, workspace: Workspace, skip: Callable[[datetime], None]) -> None:
        self._workspace = workspace
        self._skip = skip
        self._is_skipping = False

    def routes(self) -> list[BaseRoute]:
        """Where the page and its API are found."""
        api: list[tuple[str, str, Endpoint]] = [
            ("GET", "/state", self._state),
            ("GET", "/messages", self._messages),
            ("GET", "/thread", self._thread),
            ("GET", "/view", self._view),
            ("GET", "/home", self._home),
            ("POST", "/act", self._act),
            ("POST", "/options", self._options),
            ("GET", "/mails", self._mails),
            ("POST", "/mails/read", self._read_mail),
            ("POST", "/clock", self._clock),
            ("GET", "/traffic", self._traffic),
            ("POST", "/faults", self._faults),
        ]
        return [
            *(Route(f"/page/api{path}", _checked(do), methods=[verb]) for verb, path, do in api),
            Route("/page/files/{file_id}", self._file),
            Route("/archives/{channel}/{link}", _permalink),
            Mount("/static", StaticFiles(directory=STATIC, check_dir=False)),
            Route("/", _index),
        ]

    async def _state(self, request: Request) -> Response:
        user_id = request.query_params["as"]
        shown = page_shapes.state(self._workspace, user_id, is_skipping=self._is_skipping)
        return JSONResponse(shown)

    async def _messages(self, request: Request) -> Response:
        asked = request.query_params
        shown = page_shapes.in_channel(self._workspace.world, asked["as"], asked["channel"])
        return JSONResponse({"messages": shown})

    async def _thread(self, request: Request) -> Response:
        asked = request.query_params
        shown = page_shapes.in_thread(
            self._workspace.world, asked["as"], asked["channel"], asked["ts"]
        )
        return JSONResponse({"messages": shown})

    async def _view(self, request: Request) -> Response:
        shown = page_shapes.stack(self._workspace.world, request.query_params["as"])
        return JSONResponse({"stack": shown})

    async def _home(self, request: Request) -> Response:
        view = self._workspace.world.memory.homes.get(request.query_params["as"])
        return JSONResponse({"view": view})

    async def _act(self, request: Request) -> Response:
        asked = await request.json()
        return JSONResponse(await run_in_threadpool(act, self._workspace, asked))

    async def _options(self, request: Request) -> Response:
        asked = await request.json()
        offered = await run_in_threadpool(
            pressing.options, self._workspace, asked["as"], asked["container"], asked
        )
        return JSONResponse(offered)

    async def _mails(self, _request: Request) -> Response:
        kept = self._workspace.world.memory.mails
        return JSONResponse({"mails": [page_shapes.mail(mail) for mail in kept]})

    async def _read_mail(self, request: Request) -> Response:
        mark_read(self._workspace.world, (await request.json())["id"])
        return JSONResponse({"ok": True})

    async def _clock(self, request: Request) -> Response:
        """Begin to skip; `state` says when it is done."""
        if self._is_skipping:
            return JSONResponse({"ok": False, "error": "skipping"}, 409)
        target = self._workspace.clock.now() + SKIPS[(await request.json())["skip"]]
        self._is_skipping = True
        self._workspace.world.changed("state")
        threading.Thread(
            target=self._skip_to, args=(target,), name="sandbox-skip", daemon=True
        ).start()
        return JSONResponse({"now": self._workspace.clock.now().isoformat()}, 202)

    def _skip_to(self, target: datetime) -> None:
        try:
            self._skip(target)
        except Exception:  # the demo's own walk through due nudges may fail; the page goes on
            log.exception("sandbox could not skip")
        finally:
            self._is_skipping = False
            self._workspace.world.changed("state")

    async def _traffic(self, request: Request) -> Response:
        after = int(request.query_params.get("after", 0))
        return JSONResponse({"entries": self._workspace.traffic.entries(after=after)})

    async def _faults(self, request: Request) -> Response:
        self._workspace.faults.switch(await request.json())
        self._workspace.world.changed("state")
        return JSONResponse(self._workspace.faults.switched_on())

    async def _file(self, request: Request) -> Response:
        kept: Json | None = self._workspace.world.memory.files.get(request.path_params["file_id"])
        if kept is None:
            return PlainTextResponse("Not found", 404)
        return Response(base64.b64decode(kept["content"]), media_type=kept["mimetype"])


def _checked(do: Endpoint) -> Endpoint:
    """A question that lacks something is answered with what it lacks, not with a crash."""

    async def answer(request: Request) -> Response:
        try:
            return await do(request)
        except (KeyError, ValueError) as missing:
            return JSONResponse({"ok": False, "error": f"bad request: {missing}"}, 400)

    return answer


async def _permalink(request: Request) -> Response:
    """Open the page at a message."""
    digits = request.path_params["link"].removeprefix("p")
    ts = f"{digits[:-6]}.{digits[-6:]}"
    return RedirectResponse(f"/?channel={request.path_params['channel']}&ts={ts}")


async def _index(_request: Request) -> Response:
    index = STATIC / "index.html"
    return FileResponse(index) if index.exists() else HTMLResponse(PLACEHOLDER)
