"""The composition root: the only place where things are wired together."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from refbot.config import Settings
from refbot.delivery.channels import Channels
from refbot.delivery.sending import MailRoute, Sender
from refbot.delivery.workers import Delivery
from refbot.handlers.desk import Desk
from refbot.handlers.register import register
from refbot.messages.words import activity
from refbot.policy import Policy
from refbot.scheduler import clocks
from refbot.storage import Database
from refbot.workflow.acts import Clock, World
from refbot.workflow.pool import Pool
from refbot.worktime import WorkCalendar

log = structlog.get_logger()

LISTENERS = 20  # Bolt's own default of 5 makes the sixth command miss its three seconds
POST_TIMEOUT = 15
ANSWER_TIMEOUT = 2  # for calls while a person waits


def real_time() -> datetime:
    """The clock of every installation but the demo's."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class RefBot:
    """Everything that runs in one process."""

    settings: Settings
    world: World
    desk: Desk
    bolt: App
    delivery: Delivery
    scheduler: BackgroundScheduler
    socket: SocketModeHandler | None
    listeners: ThreadPoolExecutor

    def start(self) -> None:
        """Read the pool and what else is slow to read, then deliver, tick and listen."""
        self.world.pool.matcher(self.world.clock())
        _read_ahead(self.world)
        self.delivery.start()
        self.scheduler.start()
        if self.socket is not None:
            threading.Thread(target=self._connect, name="connect", daemon=True).start()

    def stop(self) -> None:
        """End in the order in which work flows: clock, socket, listeners, delivery, database."""
        if self.scheduler.running:
            self.scheduler.shutdown(wait=True)
        if self.socket is not None:
            self.socket.close()  # type: ignore[no-untyped-call] # Bolt left it so
        self.listeners.shutdown(wait=True)
        self.delivery.stop()
        self.world.database.close()

    def _connect(self) -> None:
        """Slack may be down when we start: try until it answers."""
        if self.socket is None:
            return
        pause = threading.Event()
        for attempt in range(1_000_000):
            try:
                self.socket.connect()  # type: ignore[no-untyped-call] # likewise
            except Exception as error:  # noqa: BLE001 - whatever keeps us from Slack, we try again
                wait = min(2.0 ** min(attempt, 6), 60.0)
                log.warning("slack not reached", error=type(error).__name__, again_in=wait)
                pause.wait(wait)
            else:
                log.info("slack connected")
                return


def _read_ahead(world: World) -> None:
    """Load holidays and labels: half a second each, which the first act would hold its lock for."""
    calendar = WorkCalendar.of(world.program.zone.key, world.program.country, Policy())
    calendar.next_open(world.clock())
    activity("sales_call")


def build(settings: Settings, *, clock: Clock = real_time) -> RefBot:
    """Wire one process. Nothing is contacted before `start`."""
    database = Database.open(settings.database_url)
    program = settings.program
    world = World(
        database=database, clock=clock, program=program, pool=Pool(database, program.zone)
    )
    posting = _client(settings, settings.slack_bot_token, POST_TIMEOUT)
    answering = _client(settings, settings.slack_bot_token, ANSWER_TIMEOUT)
    sender = Sender(
        world=world,
        slack=posting,
        channels=Channels(database, posting, program),
        mail_route=MailRoute(smtp_url=settings.smtp_url, sender=settings.mail_from),
        lease=timedelta(seconds=settings.lease_seconds),
        grace=timedelta(seconds=settings.grace_seconds),
    )
    delivery = Delivery(sender)
    listeners = ThreadPoolExecutor(LISTENERS, thread_name_prefix="listener")
    bolt = _bolt(settings, listeners)
    desk = Desk(world=world, slack=answering, wake=delivery.wake)
    register(bolt, desk)
    return RefBot(
        settings=settings,
        world=world,
        desk=desk,
        bolt=bolt,
        delivery=delivery,
        scheduler=clocks(world, wake=delivery.wake, every=settings.tick_seconds),
        socket=_socket(settings, bolt),
        listeners=listeners,
    )


def _client(settings: Settings, token: str | None, timeout: int) -> WebClient:
    """A client that never repeats a call by itself: a repeated post is a second post."""
    return WebClient(
        token=token, base_url=settings.slack_api_url, timeout=timeout, retry_handlers=[]
    )


def _bolt(settings: Settings, listeners: ThreadPoolExecutor) -> App:
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        os.environ.pop(name, None)  # with them Bolt would turn to OAuth in silence
    return App(
        name="refbot",
        client=_client(settings, None, ANSWER_TIMEOUT),  # `authorize` brings the token
        signing_secret=settings.slack_signing_secret or "not used over the socket",
        token_verification_enabled=False,  # Slack may be down when we start
        authorize=_authorizing(settings),
        listener_executor=listeners,
    )


def _authorizing(settings: Settings) -> Callable[..., AuthorizeResult]:
    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=settings.slack_bot_token
        )

    return authorize


def _socket(settings: Settings, bolt: App) -> SocketModeHandler | None:
    if not settings.slack_app_token:
        return None
    token = settings.slack_app_token
    return SocketModeHandler(
        bolt, app_token=token, web_client=_client(settings, token, ANSWER_TIMEOUT)
    )
