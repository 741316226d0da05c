"""The program without Slack: a database, a clock that stands, the cast, and what each does."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from refbot.policy import Program
from refbot.storage import Database
from refbot.storage.colleagues import Colleague, Part, Standing
from refbot.storage.engagements import Engagement
from refbot.storage.nudges import Nudge, NudgeKind, NudgeStatus, next_due_at
from refbot.storage.outbox import Kind, Outbox
from refbot.storage.requests import Request
from refbot.workflow.acts import Act, World, acting
from refbot.workflow.clock import tick
from refbot.workflow.pool import Pool
from refbot.workflow.requests import RequestForm, open_request
from tests.program import seed_program

MONDAY = datetime(2027, 2, 1, 14, tzinfo=UTC)  # 09:00 in New York, 08:00 in Chicago
ZONES = {
    "riley": "America/New_York",
    "casey": "Europe/Berlin",
    "devon": "Europe/London",
    "sam": "America/Chicago",
    "lee": "Asia/Tokyo",
}
PARTS = {"casey": Part.CHAMPION, "devon": Part.DEPUTY}
EMAILS = {"sam": "sam.ortiz@northbeam.example"}
CRITERIA = {"industry": ["healthcare"], "product": ["Product A"], "level": ["director"]}


class Office:
    """What a workflow test holds in its hands."""

    def __init__(self, database: Database) -> None:
        self.now = MONDAY
        zone = ZoneInfo("Europe/Berlin")
        self.world = World(
            database=database,
            clock=lambda: self.now,
            program=Program(channel="C0", zone=zone, sends_mail=True),
            pool=Pool(database, zone),
        )
        seed_program(database, self.now)
        with database.write() as session:
            for name, place in ZONES.items():
                session.add(
                    Colleague(
                        slack_id=f"U0{name.upper()}", name=name, time_zone=place,
                        email=EMAILS.get(name, f"{name}@northbeam.example"),
                        part=PARTS.get(name, Part.MEMBER), standing=Standing.MEMBER,
                    )
                )  # fmt: skip
                session.flush()

    @contextmanager
    def acts(self, name: str) -> Iterator[Act]:
        """Somebody does something."""
        with self.world.database.read() as session:
            by = session.scalars(select(Colleague.id).where(Colleague.name == name)).one()
        with acting(self.world, by=by) as act:
            yield act

    def asks(self, **more: object) -> int:
        """Riley asks for a healthcare director on Product A: Dana, then Priya, then Jonas."""
        known: dict[str, object] = {
            "activity": "sales_call", "prospect": "Globex", "opportunity": "a deal", "amount": 5,
            "criteria": CRITERIA,
        }  # fmt: skip
        with self.acts("riley") as act:
            return open_request(act, RequestForm(**known | more)).id  # type: ignore[arg-type]

    def ticks(self, at: datetime | None = None) -> int:
        """Let the clock strike, at an instant if one is given."""
        self.now = at or self.now
        return tick(self.world)

    def next_due(self) -> datetime | None:
        with self.world.database.read() as session:
            return next_due_at(session)

    def nudges(self, *statuses: NudgeStatus) -> list[Nudge]:
        """All reminders, or those that stand so."""
        with self.world.database.read() as session:
            found = session.scalars(select(Nudge).order_by(Nudge.id)).unique().all()
        return [nudge for nudge in found if not statuses or nudge.status in statuses]

    def bundles(self) -> list[Outbox]:
        """The messages with reminders."""
        with self.world.database.read() as session:
            return list(
                session.scalars(
                    select(Outbox).where(Outbox.kind == Kind.NUDGES).order_by(Outbox.id)
                )
            )

    def runs_out(self, kind: NudgeKind) -> list[tuple[str, str, bool]]:
        """Let a chain run to its end: who was told, when on their own clock, and as the last."""
        told = []
        for _ in range(12):
            due = self.next_due()
            if due is None:
                break
            before = {nudge.id for nudge in self.nudges(NudgeStatus.SENT)}
            self.ticks(due)
            sent = [n for n in self.nudges(NudgeStatus.SENT) if n.id not in before]
            told += [self._told(nudge) for nudge in sent if nudge.kind is kind]
        return told

    def _told(self, nudge: Nudge) -> tuple[str, str, bool]:
        zone = ZoneInfo(ZONES[nudge.recipient.name])
        assert nudge.sent_at is not None
        return (
            nudge.recipient.name,
            f"{nudge.sent_at.astimezone(zone):%a %d %H:%M}",
            nudge.escalates,
        )

    def engagement(self, number: int = -1) -> Engagement:
        with self.world.database.read() as session:
            return (
                session.scalars(select(Engagement).order_by(Engagement.id)).unique().all()[number]
            )

    def request(self) -> Request:
        with self.world.database.read() as session:
            return session.scalars(select(Request)).unique().all()[-1]

    def passes(self, **ahead: float) -> None:
        self.now += timedelta(**ahead)
