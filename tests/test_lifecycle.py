"""The tables of legal moves, held against SPEC §3 written down a second time."""

from enum import StrEnum
from itertools import product

import pytest

from refbot.lifecycle import (
    ENGAGEMENT_MOVES,
    REFERENCE_MOVES,
    REQUEST_MOVES,
    EngagementAction,
    EngagementStatus,
    ReferenceAction,
    ReferenceStatus,
    RequestAction,
    RequestStatus,
    Role,
    Table,
)

LEADS = "champion deputy"
EVERY_OTHER = "nominated interviewing active coaching declined paused retired"

# action: from … -> to, by whom
REFERENCE = {
    "interview": ("nominated coaching", "interviewing", LEADS),
    "activate": ("interviewing coaching", "active", LEADS),
    "coach": ("interviewing", "coaching", LEADS),
    "reject": ("interviewing", "declined", LEADS),
    "pause": ("active", "paused", f"{LEADS} owner"),
    "resume": ("paused", "active", f"{LEADS} owner"),
    "retire": ("nominated active paused", "retired", LEADS),
    "nominate_again": ("retired declined", "nominated", LEADS),
    "opt_out": (EVERY_OTHER, "opted_out", f"{LEADS} owner reference"),
    "renew_consent": ("opted_out", "nominated", "reference"),
}
REQUEST = {
    "fulfil": ("open", "fulfilled", "refbot"),
    "give_up": ("open", "unfilled", f"{LEADS} refbot"),
    "withdraw": ("open", "withdrawn", f"{LEADS} requester"),
    "close": ("fulfilled", "closed", "refbot"),
}
BEFORE_HELD = "proposed owner_check approved invited accepted scheduled no_response no_show"
ENGAGEMENT = {
    "approve": ("proposed", "approved", LEADS),
    "ask_owner": ("proposed", "owner_check", LEADS),
    "owner_yes": ("owner_check", "approved", "owner"),
    "decline": ("proposed owner_check", "declined", f"{LEADS} owner"),
    "invite": ("approved", "invited", "requester refbot"),
    "accept": ("invited no_response", "accepted", f"{LEADS} reference requester"),
    "schedule": (
        "invited accepted scheduled no_show", "scheduled", f"{LEADS} reference requester",
    ),
    "hold": ("invited accepted scheduled", "held", f"{LEADS} requester"),
    "miss": ("scheduled", "no_show", f"{LEADS} requester"),
    "expire": ("invited", "no_response", "refbot"),
    "refuse": ("invited accepted scheduled", "refused", f"{LEADS} reference requester"),
    "thank": ("held", "thanked", f"{LEADS} requester"),
    "close": ("thanked held", "closed", "refbot"),
    "cancel": (BEFORE_HELD, "cancelled", f"{LEADS} requester refbot"),
    "undo": ("approved", "proposed", LEADS),
}  # fmt: skip

TABLES = [
    pytest.param(
        REFERENCE_MOVES, ReferenceStatus, ReferenceAction, REFERENCE, id="reference"
    ),
    pytest.param(REQUEST_MOVES, RequestStatus, RequestAction, REQUEST, id="request"),
    pytest.param(
        ENGAGEMENT_MOVES, EngagementStatus, EngagementAction, ENGAGEMENT, id="engagement"
    ),
]  # fmt: skip
Written = dict[str, tuple[str, str, str]]


@pytest.mark.parametrize(("table", "statuses", "actions", "written"), TABLES)
def test_every_pair_of_status_and_action_is_as_written_and_the_absent_are_illegal(
    table: Table[StrEnum, StrEnum],
    statuses: type[StrEnum],
    actions: type[StrEnum],
    written: Written,
) -> None:
    assert set(written) == {action.value for action in actions}
    for status, action in product(statuses, actions):
        starts, to, by = written[action]
        move = table.get((status, action))
        if status in starts.split():
            assert move is not None, (status, action)
            assert move.to == to
            assert move.by == {Role(role) for role in by.split()}, (status, action)
        else:
            assert move is None, (status, action)


@pytest.mark.parametrize(("table", "statuses", "actions", "written"), TABLES)
def test_every_status_is_reached_and_left_or_an_end(
    table: Table[StrEnum, StrEnum],
    statuses: type[StrEnum],
    actions: type[StrEnum],
    written: Written,
) -> None:
    del actions, written
    first = next(iter(statuses))
    reached = {move.to for move in table.values()} | {first}
    assert reached == set(statuses)
    left = {status for status, _ in table}
    ends = {
        ReferenceStatus: set(),
        RequestStatus: {"unfilled", "withdrawn", "closed"},
        EngagementStatus: {"declined", "refused", "cancelled", "closed"},
    }
    assert {status.value for status in set(statuses) - left} == ends[statuses]
