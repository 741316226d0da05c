"""Policy and weights: two champions at once, and what a search would give."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from refbot.errors import NotAllowed
from refbot.matching.weights import MatchingPolicy
from refbot.policy import Policy
from refbot.storage import settings
from refbot.storage.colleagues import Colleague
from refbot.workflow.policies import change_policy, last_change, reset_weights, tried
from refbot.workflow.searches import search
from tests.storage.together import together
from tests.workflow.office import Office


def weighed(**values: Any) -> Policy:
    return Policy(matching=MatchingPolicy(**values))


def test_two_champions_who_change_different_numbers_at_once_both_have_their_way(
    office: Office,
) -> None:
    with office.acts("casey") as act:
        change_policy(act, lambda policy: replace(policy, undo_seconds=20))

    def change(number: int) -> None:
        name = ("rest_after_held_days", "rest_after_no_days")[number]
        with office.acts(("casey", "devon")[number]) as act:
            change_policy(act, lambda policy: replace(policy, **{name: 77}))

    together(2, change)
    with office.world.database.read() as session:
        policy = settings.policy(session)
    assert (policy.rest_after_held_days, policy.rest_after_no_days) == (77, 77)
    assert policy.undo_seconds == 20


def test_only_who_leads_changes_weights(office: Office) -> None:
    for who in ("riley", "lee"):
        with pytest.raises(NotAllowed), office.acts(who) as act:
            reset_weights(act)
    with office.world.database.read() as session:
        assert last_change(session) is None


def test_the_last_change_names_who_and_when(office: Office) -> None:
    with office.acts("casey") as act:
        change_policy(act, lambda _: weighed(fit_points=50))
    office.passes(days=1)
    with office.acts("devon") as act:
        reset_weights(act)
        reset_weights(act)  # the same again is no change
    with office.world.database.read() as session:
        last = last_change(session)
        assert last is not None
        assert last.by is not None
        assert (last.by.name, last.at, last.what) == ("devon", office.now, "weights:reset")


def test_a_search_is_tried_under_other_weights_and_nothing_changes(office: Office) -> None:
    with office.world.database.read() as session:
        riley = session.scalars(select(Colleague).where(Colleague.name == "riley")).one()
        assert tried(office.world, session, riley, Policy()) is None
    search(office.world, by=riley.id, text="director, healthcare", key="k")
    with office.world.database.read() as session:
        as_now = tried(office.world, session, riley, Policy())
        other = tried(
            office.world, session, riley,
            weighed(fit_points=0, rotation_points=0, quality={"strengths": 100}),
        )  # fmt: skip
        assert as_now is not None
        assert other is not None
        ids = [candidate.reference_id for candidate in as_now.found]
        assert ids == list(as_now.present[: len(ids)])
        assert other.present == as_now.present
        assert other.found[0].score != as_now.found[0].score
        assert settings.policy(session) == Policy()
