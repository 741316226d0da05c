"""Slack over HTTP: signed requests to the bot's own address instead of a socket."""

import asyncio
import hashlib
import hmac
import http.client
import json
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode, urlsplit

from refbot.sandbox.delivery import (
    ACK_SECONDS,
    RETRY_SECONDS,
    Answer,
    Answered,
    Envelope,
    EnvelopeKind,
)
from refbot.sandbox.faults import FaultKind, Faults
from refbot.sandbox.shapes import Json

log = logging.getLogger(__name__)
SENDERS = 32
ERRORS = (OSError, http.client.HTTPException)


class SignedHttp:
    """Posts each envelope to one address, signed with the app's secret."""

    def __init__(self, request_url: str, signing_secret: str, faults: Faults) -> None:
        self.connected = threading.Event()
        self._url = urlsplit(request_url)
        self._secret = signing_secret.encode()
        self._faults = faults
        self._senders = ThreadPoolExecutor(SENDERS, thread_name_prefix="sandbox-http")
        self._loop: asyncio.AbstractEventLoop | None = None

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Say in whose loop retries wait. There is nothing to connect to beforehand."""
        self._loop = loop
        self.connected.set()

    def close(self) -> None:
        """Let what is under way end."""
        self._senders.shutdown(cancel_futures=True)

    def reset(self) -> None:
        """Nothing is kept between requests but retries, which come all the same."""

    def send(self, envelope: Envelope, answered: Answered) -> None:
        """Deliver from any thread."""
        twice = self._faults.take(FaultKind.DUPLICATE_DELIVERY, envelope.what) is not None
        if twice:
            self._senders.submit(self._post, envelope, 1)
        self._senders.submit(self._deliver, envelope, answered, 0)

    def _deliver(self, envelope: Envelope, answered: Answered, retries: int) -> None:
        answer = self._post(envelope, retries)
        can_retry = envelope.kind is EnvelopeKind.EVENT and retries < len(RETRY_SECONDS)
        if answer.error is None or not can_retry:
            answered(answer)
        else:
            self._later(
                RETRY_SECONDS[retries],
                lambda: self._senders.submit(self._deliver, envelope, answered, retries + 1),
            )

    def _later(self, seconds: float, do: Callable[[], object]) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._loop.call_later, seconds, do)

    def _post(self, envelope: Envelope, retries: int) -> Answer:
        """One request; its answer within three seconds is the acknowledgement."""
        started = time.monotonic()
        body, content_type = _written(envelope)
        headers = {**self._signed(body), "Content-Type": content_type}
        if retries:
            headers |= {"X-Slack-Retry-Num": str(retries), "X-Slack-Retry-Reason": "http_timeout"}
        connection = http.client.HTTPConnection(
            self._url.hostname or "", self._url.port, timeout=ACK_SECONDS
        )
        try:
            connection.request("POST", self._url.path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except TimeoutError:
            return Answer(error="timeout", ms=ACK_SECONDS * 1000)
        except ERRORS:
            log.warning("sandbox could not reach the bot at its request URL", exc_info=True)
            return Answer(error="dispatch_failed")
        finally:
            connection.close()
        ms = (time.monotonic() - started) * 1000
        if response.status != http.HTTPStatus.OK:
            return Answer(error="http_error", ms=ms)
        return Answer(payload=_read(text, response.headers.get_content_type()), ms=ms)

    def _signed(self, body: bytes) -> dict[str, str]:
        """Slack's v0 signature over version, real time and body."""
        stamp = str(int(time.time()))
        signed = b"v0:" + stamp.encode() + b":" + body
        digest = hmac.new(self._secret, signed, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _written(envelope: Envelope) -> tuple[bytes, str]:
    """The body as Slack sends it: events as JSON, the others as a form."""
    match envelope.kind:
        case EnvelopeKind.EVENT:
            return json.dumps(envelope.payload).encode(), "application/json"
        case EnvelopeKind.COMMAND:
            form = envelope.payload
        case EnvelopeKind.INTERACTIVE:
            form = {"payload": json.dumps(envelope.payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _read(text: str, content_type: str) -> Json | None:
    if not text:
        return None
    if content_type == "application/json":
        answer: Json = json.loads(text)
        return answer
    return {"text": text}
