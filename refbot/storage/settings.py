"""What the champion changes in Slack, kept by name."""

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from refbot.policy import Policy
from refbot.storage.base import Base

POLICY = "policy"


class Setting(Base):
    """One setting; its value is JSON."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


def policy(session: Session) -> Policy:
    """Give the policy in force: the defaults, less what the champion changed."""
    kept = session.get(Setting, POLICY)
    return Policy.from_dict(kept.value) if kept else Policy()


def latest_policy(session: Session) -> Policy:
    """Give the policy in force, past what this session read before."""
    kept = session.get(Setting, POLICY, populate_existing=True)
    return Policy.from_dict(kept.value) if kept else Policy()


def keep_policy(session: Session, changed: Policy) -> None:
    """Put a policy in force."""
    keep(session, POLICY, changed.as_dict())


def keep(session: Session, name: str, value: object) -> None:
    """Set a value by name."""
    kept = session.get(Setting, name)
    if kept is None:
        session.add(Setting(name=name, value=value))
    else:
        kept.value = value
