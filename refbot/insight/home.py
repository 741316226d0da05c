"""What Home shows to one viewer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from refbot.lifecycle import EngagementStatus, ReferenceStatus, RequestStatus
from refbot.policy import Policy
from refbot.storage import settings
from refbot.storage.accounts import Account
from refbot.storage.colleagues import Colleague, Part, with_part
from refbot.storage.engagements import Engagement
from refbot.storage.outbox import Kind
from refbot.storage.posts import Post
from refbot.storage.references import Reference
from refbot.storage.requests import Request, requests_of
from refbot.storage.words import count_meant

PAGE = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeRows:
    """What Home shows of the database. `own` and `queue` hold one page and one row more."""

    viewer: Colleague
    own: Sequence[Request] = ()
    queue: Sequence[Request] = ()
    to_answer: Sequence[Engagement] = ()  # of accounts that the viewer owns
    cards: dict[int, tuple[str, str]] = field(default_factory=dict)  # request id: channel, ts
    leads: Sequence[Colleague] = ()
    policy: Policy
    ready: int = 0
    words: int = 0  # of the company's own
    page: int = 0


def home_rows(session: Session, viewer: Colleague, *, page: int = 0) -> HomeRows:
    """Read what this viewer may see."""
    leads = viewer.leads_program
    queue = _queue(session, page) if leads else []
    return HomeRows(
        viewer=viewer,
        own=requests_of(session, viewer, limit=PAGE + 1),
        queue=queue,
        to_answer=_to_answer(session, viewer),
        cards=_cards(session, queue),
        leads=with_part(session, [Part.CHAMPION, Part.DEPUTY, Part.LEADER]) if leads else [],
        policy=settings.policy(session),
        ready=_active(session),
        words=count_meant(session) if leads else 0,
        page=page,
    )


def _queue(session: Session, page: int) -> list[Request]:
    return list(
        session.scalars(
            select(Request)
            .where(Request.status == RequestStatus.OPEN)
            .order_by(Request.id)
            .offset(page * PAGE)
            .limit(PAGE + 1)
        )
    )


def _to_answer(session: Session, viewer: Colleague) -> list[Engagement]:
    if not viewer.email:
        return []
    return list(
        session.scalars(
            select(Engagement)
            .join(Account, Account.id == Engagement.account_id)
            .where(
                Engagement.status == EngagementStatus.OWNER_CHECK,
                Account.owner_email == viewer.email,
            )
            .order_by(Engagement.id)
            .limit(PAGE)
        )
    )


def _cards(session: Session, queue: Sequence[Request]) -> dict[int, tuple[str, str]]:
    found = session.scalars(
        select(Post).where(
            Post.kind == Kind.REQUEST_CARD, Post.subject_id.in_([request.id for request in queue])
        )
    )
    return {post.subject_id: (post.channel, post.ts) for post in found}


def _active(session: Session) -> int:
    active = Reference.status == ReferenceStatus.ACTIVE
    return session.scalar(select(func.count()).select_from(Reference).where(active)) or 0
