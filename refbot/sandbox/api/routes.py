"""The Web API over HTTP: tokens, faults, the log, and the addresses for uploads and answers."""

import asyncio
import base64
import time
from collections.abc import Callable
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from refbot.sandbox import seed
from refbot.sandbox.api import chat, files
from refbot.sandbox.api.arguments import parsed
from refbot.sandbox.api.methods import call
from refbot.sandbox.faults import FaultKind
from refbot.sandbox.shapes import Json, SlackError
from refbot.sandbox.traffic import TO_SLACK, Passage
from refbot.sandbox.transports import Transports
from refbot.sandbox.workspace import Workspace

RESPONSE_URL = "response_url"
GONE = {"expired_url", "used_url"}
LATE_SECONDS = 5.0
RETRY_AFTER_SECONDS = 30


class _Dropped(Exception):
    """The connection is closed without an answer."""


class WebApi:
    """Serves /api/<method>, /response/<key>, /upload and /files."""

    def __init__(self, workspace: Workspace, transports: Transports) -> None:
        self._workspace = workspace
        self._transports = transports

    def routes(self) -> list[Route]:
        """Where the Web API is found."""
        return [
            Route("/api/{method}", self._method, methods=["GET", "POST"]),
            Route("/response/{key}", self._response, methods=["POST"]),
            Route("/upload/v1/{file_id}", self._upload, methods=["POST"]),
            Route("/files/{file_id}/{name}", self._download),
        ]

    async def _method(self, request: Request) -> Response:
        name = request.path_params["method"]
        return await self._answered(
            request,
            name,
            lambda arguments: call(self._workspace, name, arguments, _token(request, arguments)),
        )

    async def _response(self, request: Request) -> Response:
        key = request.path_params["key"]
        return await self._answered(
            request,
            RESPONSE_URL,
            lambda arguments: {"ok": True, **chat.respond(self._workspace, key, arguments)},
        )

    async def _answered(self, request: Request, name: str, do: Callable[[Json], Json]) -> Response:
        """Do a call amid the faults that may strike it, and log it."""
        started = time.monotonic()
        arguments: Json = {}
        answer: Json = {}
        response: Response | None = None
        try:
            arguments = await _arguments(request)
            answer, response = self._struck(name, do, arguments)
        except SlackError as refused:
            answer = refused.body()
            response = JSONResponse(answer, _status(name, refused))
        except _Dropped as dropped:
            answer = {"ok": False, "error": str(dropped)}
        # Before the caller can see the end: whoever then reads the log finds the call in it.
        self._log(name, (time.monotonic() - started) * 1000, arguments, answer)
        await asyncio.sleep(self._delay(name, answer))
        if response is None:
            await self._transports.abort(request.client)
        return response or Response()

    def _struck(
        self, name: str, do: Callable[[Json], Json], arguments: Json
    ) -> tuple[Json, Response]:
        """The answer and how it travels: a fault may come before the deed or after it."""
        faults = self._workspace.faults
        limited = faults.take(FaultKind.RATE_LIMITED, name)
        if limited is not None:
            return _rate_limited(limited.get("retry_after", RETRY_AFTER_SECONDS))
        if faults.take(FaultKind.DROP_BEFORE, name) is not None:
            raise _Dropped("dropped, not done")
        broken = faults.take(FaultKind.SERVER_ERROR, name)
        if broken is not None and not broken.get("done"):
            return _broken("503, not done")
        answer = do(arguments)
        if faults.take(FaultKind.DROP_AFTER, name) is not None:
            raise _Dropped("done, then dropped")
        if broken is not None:
            return _broken("503, done all the same")
        return answer, JSONResponse(answer)

    def _delay(self, name: str, answer: Json) -> float:
        """By how many seconds the answer to a deed comes late."""
        if not answer.get("ok"):
            return 0.0
        late = self._workspace.faults.take(FaultKind.LATE_ANSWER, name)
        return 0.0 if late is None else float(late.get("seconds", LATE_SECONDS))

    def _log(self, name: str, ms: float, arguments: Json, answer: Json) -> None:
        self._workspace.traffic.add(
            Passage(
                direction=TO_SLACK,
                what=name,
                ms=ms,
                payload=arguments,
                answer=answer,
                error=None if answer.get("ok") else str(answer.get("error")),
            )
        )

    async def _upload(self, request: Request) -> Response:
        try:
            content = await request.body()
            files.receive(self._workspace, request.path_params["file_id"], content)
        except SlackError as refused:
            return PlainTextResponse(refused.code, status_code=400)
        return PlainTextResponse(f"OK - {len(content)}")

    async def _download(self, request: Request) -> Response:
        kept = self._workspace.world.memory.files.get(request.path_params["file_id"])
        if kept is None:
            return PlainTextResponse("Not found", status_code=404)
        may_read = "files:read" in self._workspace.app.scopes
        if not may_read or _token(request, {}) != seed.BOT_TOKEN:
            # Slack answers 200 with its sign-in page; a bot that stores that as the file is wrong.
            return Response("<!doctype html><title>Sign in</title>", media_type="text/html")
        return Response(base64.b64decode(kept["content"]), media_type=kept["mimetype"])


def _status(name: str, refused: SlackError) -> int:
    """The Web API refuses with 200; a response_url with a status of its own."""
    if name != RESPONSE_URL:
        return HTTPStatus.OK
    return HTTPStatus.NOT_FOUND if refused.code in GONE else HTTPStatus.BAD_REQUEST


def _rate_limited(seconds: float) -> tuple[Json, Response]:
    answer: Json = {"ok": False, "error": "ratelimited"}
    return answer, JSONResponse(answer, 429, headers={"Retry-After": str(seconds)})


def _broken(fate: str) -> tuple[Json, Response]:
    page = Response("<h1>Server Error</h1>", 503, media_type="text/html")
    return {"ok": False, "error": fate}, page


async def _arguments(request: Request) -> Json:
    body = await request.body()
    return parsed(body, request.headers.get("content-type", ""), request.url.query)


def _token(request: Request, arguments: Json) -> str | None:
    header = request.headers.get("authorization", "")
    if header.startswith("Bearer "):
        return header.removeprefix("Bearer ").strip()
    return arguments.get("token")
