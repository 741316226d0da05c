"""The tables of legal moves: (status, action) to status, and who may do it. Absent is illegal."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar


class Role(StrEnum):
    """In which quality somebody acts."""

    REQUESTER = "requester"  # the one whose request it is
    CHAMPION = "champion"
    DEPUTY = "deputy"
    OWNER = "owner"  # of the account in question
    REFERENCE = "reference"  # the person who vouches
    REFBOT = "refbot"  # the clock, or a rule


class ReferenceStatus(StrEnum):
    """Where a person stands in the program. Resting and challenged are computed, never stored."""

    NOMINATED = "nominated"  # shown as potential
    INTERVIEWING = "interviewing"
    ACTIVE = "active"
    COACHING = "coaching"
    DECLINED = "declined"
    PAUSED = "paused"
    RETIRED = "retired"
    OPTED_OUT = "opted_out"


class ReferenceAction(StrEnum):
    """What moves a reference."""

    INTERVIEW = "interview"
    ACTIVATE = "activate"
    COACH = "coach"
    REJECT = "reject"  # the vetting ends in no-go
    PAUSE = "pause"
    RESUME = "resume"
    RETIRE = "retire"
    NOMINATE_AGAIN = "nominate_again"
    OPT_OUT = "opt_out"
    RENEW_CONSENT = "renew_consent"  # the person's own new consent lifts an opt-out


class RequestStatus(StrEnum):
    """What is stored of a request; the rest of what a card shows derives from its engagements."""

    OPEN = "open"
    FULFILLED = "fulfilled"  # as many as asked are held
    UNFILLED = "unfilled"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"  # fulfilled, and every engagement ended


class RequestAction(StrEnum):
    """What moves a request."""

    FULFIL = "fulfil"
    GIVE_UP = "give_up"
    WITHDRAW = "withdraw"
    CLOSE = "close"


class EngagementStatus(StrEnum):
    """One use of one reference, from proposal to closed."""

    PROPOSED = "proposed"
    OWNER_CHECK = "owner_check"
    APPROVED = "approved"
    DECLINED = "declined"
    INVITED = "invited"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    HELD = "held"
    NO_SHOW = "no_show"
    NO_RESPONSE = "no_response"
    REFUSED = "refused"
    THANKED = "thanked"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class EngagementAction(StrEnum):
    """What moves an engagement."""

    APPROVE = "approve"
    ASK_OWNER = "ask_owner"  # the champion's yes where policy wants the owner's too
    OWNER_YES = "owner_yes"
    DECLINE = "decline"
    INVITE = "invite"
    ACCEPT = "accept"
    SCHEDULE = "schedule"
    HOLD = "hold"
    MISS = "miss"
    EXPIRE = "expire"
    REFUSE = "refuse"
    THANK = "thank"
    CLOSE = "close"
    CANCEL = "cancel"
    UNDO = "undo"


Status = TypeVar("Status", bound=StrEnum)
Action = TypeVar("Action", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Move(Generic[Status]):
    """Where a legal move leads and who may make it."""

    to: Status
    by: frozenset[Role]


Table = Mapping[tuple[Status, Action], Move[Status]]


def _table(
    statuses: type[Status], *rows: tuple[Action, str, Status, set[Role]]
) -> Table[Status, Action]:
    """Spell out rows of (action, "from from", to, who)."""
    return {
        (statuses(start), action): Move(to, frozenset(who))
        for action, starts, to, who in rows
        for start in starts.split()
    }


_LEADS = {Role.CHAMPION, Role.DEPUTY}
_ALIVE = "proposed owner_check approved invited accepted scheduled no_response no_show"
_R, _Q, _E = ReferenceStatus, RequestStatus, EngagementStatus

REFERENCE_MOVES = _table(
    ReferenceStatus,
    (ReferenceAction.INTERVIEW, "nominated", _R.INTERVIEWING, _LEADS),
    (ReferenceAction.INTERVIEW, "coaching", _R.INTERVIEWING, _LEADS),
    (ReferenceAction.ACTIVATE, "interviewing coaching", _R.ACTIVE, _LEADS),
    (ReferenceAction.COACH, "interviewing", _R.COACHING, _LEADS),
    (ReferenceAction.REJECT, "interviewing", _R.DECLINED, _LEADS),
    (ReferenceAction.PAUSE, "active", _R.PAUSED, _LEADS | {Role.OWNER}),
    (ReferenceAction.RESUME, "paused", _R.ACTIVE, _LEADS | {Role.OWNER}),
    (ReferenceAction.RETIRE, "nominated active paused", _R.RETIRED, _LEADS),
    (ReferenceAction.NOMINATE_AGAIN, "retired declined", _R.NOMINATED, _LEADS),
    (
        ReferenceAction.OPT_OUT,
        "nominated interviewing active coaching declined paused retired",
        _R.OPTED_OUT,
        _LEADS | {Role.OWNER, Role.REFERENCE},
    ),
    (ReferenceAction.RENEW_CONSENT, "opted_out", _R.NOMINATED, {Role.REFERENCE}),
)

REQUEST_MOVES = _table(
    RequestStatus,
    (RequestAction.FULFIL, "open", _Q.FULFILLED, {Role.REFBOT}),
    (RequestAction.GIVE_UP, "open", _Q.UNFILLED, _LEADS | {Role.REFBOT}),
    (RequestAction.WITHDRAW, "open", _Q.WITHDRAWN, _LEADS | {Role.REQUESTER}),
    (RequestAction.CLOSE, "fulfilled", _Q.CLOSED, {Role.REFBOT}),
)

ENGAGEMENT_MOVES = _table(
    EngagementStatus,
    (EngagementAction.APPROVE, "proposed", _E.APPROVED, _LEADS),
    (EngagementAction.ASK_OWNER, "proposed", _E.OWNER_CHECK, _LEADS),
    (EngagementAction.OWNER_YES, "owner_check", _E.APPROVED, {Role.OWNER}),
    (
        EngagementAction.DECLINE,
        "proposed owner_check",
        _E.DECLINED,
        _LEADS | {Role.OWNER},
    ),
    (EngagementAction.INVITE, "approved", _E.INVITED, {Role.REQUESTER, Role.REFBOT}),
    (
        EngagementAction.ACCEPT,
        "invited no_response",
        _E.ACCEPTED,
        _LEADS | {Role.REFERENCE, Role.REQUESTER},
    ),
    (
        EngagementAction.SCHEDULE,
        "invited accepted scheduled no_show",
        _E.SCHEDULED,
        _LEADS | {Role.REFERENCE, Role.REQUESTER},
    ),
    (
        EngagementAction.HOLD,
        "invited accepted scheduled",
        _E.HELD,
        _LEADS | {Role.REQUESTER},
    ),
    (EngagementAction.MISS, "scheduled", _E.NO_SHOW, _LEADS | {Role.REQUESTER}),
    (EngagementAction.EXPIRE, "invited", _E.NO_RESPONSE, {Role.REFBOT}),
    (
        EngagementAction.REFUSE,
        "invited accepted scheduled",
        _E.REFUSED,
        _LEADS | {Role.REFERENCE, Role.REQUESTER},
    ),
    (EngagementAction.THANK, "held", _E.THANKED, _LEADS | {Role.REQUESTER}),
    (EngagementAction.CLOSE, "thanked held", _E.CLOSED, {Role.REFBOT}),
    (
        EngagementAction.CANCEL,
        _ALIVE,
        _E.CANCELLED,
        _LEADS | {Role.REQUESTER, Role.REFBOT},
    ),
    (EngagementAction.UNDO, "approved", _E.PROPOSED, _LEADS),
)
