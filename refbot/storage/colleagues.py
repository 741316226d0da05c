"""Our own people: who they are in Slack, their part in the program, when they work."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from refbot.storage.base import Base, kept_as_text

FACTS_LAST = timedelta(minutes=5)


class Part(StrEnum):
    """A colleague's part in the program. Every full member may request."""

    MEMBER = "member"
    CHAMPION = "champion"
    DEPUTY = "deputy"
    LEADER = "leader"


class Standing(StrEnum):
    """What Slack says of a person. Only members may use RefBot."""

    MEMBER = "member"
    GUEST = "guest"
    STRANGER = "stranger"  # from another company, through a shared channel
    BOT = "bot"
    DEACTIVATED = "deactivated"
    UNKNOWN = "unknown"


class Colleague(Base):
    """One of our people. Known by an e-mail (import), by a Slack id, or by both."""

    __tablename__ = "colleague"

    id: Mapped[int] = mapped_column(primary_key=True)
    slack_id: Mapped[str | None] = mapped_column(String(30), unique=True)
    email: Mapped[str | None] = mapped_column(String(300), unique=True)  # lower case
    name: Mapped[str] = mapped_column(String(200))
    manager: Mapped[str | None] = mapped_column(String(200))
    team: Mapped[str | None] = mapped_column(String(200))
    place: Mapped[str | None] = mapped_column(String(200))
    part: Mapped[Part] = mapped_column(kept_as_text(Part), default=Part.MEMBER)
    standing: Mapped[Standing] = mapped_column(kept_as_text(Standing), default=Standing.UNKNOWN)
    time_zone: Mapped[str | None] = mapped_column(String(60))
    country: Mapped[str | None] = mapped_column(String(2))  # for holidays; set in Home
    dm_channel: Mapped[str | None] = mapped_column(String(30))
    facts_at: Mapped[datetime | None]  # when Slack last told us

    @property
    def is_member(self) -> bool:
        """Whether the person may use RefBot at all."""
        return self.standing is Standing.MEMBER and self.slack_id is not None

    @property
    def leads_program(self) -> bool:
        """Whether the person decides: champion or deputy."""
        return self.is_member and self.part in {Part.CHAMPION, Part.DEPUTY}

    def facts_are_fresh(self, now: datetime) -> bool:
        """Whether what Slack said of the person is recent enough to act on. `now`: real time."""
        return self.facts_at is not None and now - self.facts_at < FACTS_LAST


def by_slack_id(session: Session, slack_id: str) -> Colleague | None:
    """Give the colleague with this Slack id."""
    return session.scalar(select(Colleague).where(Colleague.slack_id == slack_id))


def by_email(session: Session, email: str | None) -> Colleague | None:
    """Give the colleague with this e-mail, in any case."""
    if not email:
        return None
    return session.scalar(select(Colleague).where(Colleague.email == email.lower()))


def with_part(session: Session, parts: Iterable[Part]) -> list[Colleague]:
    """Give the active members with one of these parts, in the order they were named."""
    return list(
        session.scalars(
            select(Colleague)
            .where(Colleague.part.in_(list(parts)), Colleague.standing == Standing.MEMBER)
            .order_by(Colleague.id)
        )
    )


def champions(session: Session) -> list[Colleague]:
    """Give the active champions."""
    return with_part(session, [Part.CHAMPION])


def deputies(session: Session) -> list[Colleague]:
    """Give the active deputies."""
    return with_part(session, [Part.DEPUTY])
