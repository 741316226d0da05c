"""Slack over HTTP. A request is refused before Bolt sees it when its time-stamp is no number."""

from slack_bolt import App, BoltRequest
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

LARGEST_BODY = 1_000_000


class SlackEndpoint:
    """Hands signed requests to Bolt."""

    def __init__(self, bolt: App) -> None:
        self._bolt = bolt

    async def __call__(self, request: Request) -> Response:
        """Verify and dispatch."""
        stamp = request.headers.get("x-slack-request-timestamp", "")
        if not (stamp.isascii() and stamp.isdigit()):
            return PlainTextResponse("no valid time-stamp", status_code=401)
        body = await request.body()
        if len(body) > LARGEST_BODY:
            return PlainTextResponse("too large", status_code=413)
        asked = BoltRequest(
            body=body.decode(errors="replace"),
            query=request.url.query,
            headers={name: [value] for name, value in request.headers.items()},
        )
        answer = await run_in_threadpool(self._bolt.dispatch, asked)
        headers = {name: values[0] for name, values in answer.headers.items()}
        return Response(answer.body, status_code=answer.status, headers=headers)
