"""`refbot match --explain-weights`, on decisions made in Slack and on many made up ones."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from refbot.lifecycle import EngagementStatus
from refbot.matching.judging import PastChoice
from refbot.matching.learning import FEWEST
from refbot.matching.weights import FIT, QUALITY
from refbot.storage import Database, settings
from refbot.storage.choices import Choice, ChoiceCandidate, ChoiceKind, blank_references
from refbot.storage.colleagues import Colleague
from refbot.storage.engagements import Engagement
from refbot.storage.requests import Request
from refbot.storage.searches import Search
from refbot.workflow.clock import SEARCHES_LAST, forget_what_is_old
from tests.cli.conftest import Command
from tests.handlers.looking import card, chooses, declines, one_engine
from tests.matching.champions import HIDDEN, PRESENT, decides
from tests.story import Story
from tests.workflow.office import MONDAY, Office

DANA, PRIYA, JONAS = 1, 2, 3


@pytest.fixture
def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setenv("REFBOT_DATABASE_URL", database_url)
    database = Database.open(database_url)
    yield Office(database)
    database.close()


def riley_id(session: Session) -> int:
    return session.scalars(select(Colleague.id).where(Colleague.name == "riley")).one()


def keeps(office: Office, made: Sequence[PastChoice]) -> None:
    """Put decisions into the database, as if made in Slack, one each for a request."""
    with office.world.database.write() as session:
        riley = riley_id(session)
        for past in made:
            request = Request(
                requester_id=riley, activity=past.activity, criteria={}, status="open",
                created_at=MONDAY,
            )  # fmt: skip
            session.add(request)
            session.flush()
            engagement = Engagement(
                request_id=request.id, reference_id=DANA, account_id=1, score=1.0,
                status=EngagementStatus.APPROVED, status_since=MONDAY, proposed_at=MONDAY,
            )  # fmt: skip
            session.add(engagement)
            session.flush()
            session.add(
                Choice(
                    kind=ChoiceKind.APPROVED, request_id=request.id, engagement_id=engagement.id,
                    reference_id=past.options[past.chosen].reference_id, activity=past.activity,
                    day=MONDAY.date(), held_back=False, factors=list(past.factors),
                    candidates=[
                        ChoiceCandidate(
                            place=place, reference_id=option.reference_id,
                            account_id=option.account_id, shares=list(option.shares),
                        )
                        for place, option in enumerate(past.options)
                    ],
                )
            )  # fmt: skip


def explained(refbot: Command, *arguments: str) -> dict[str, Any]:
    ended = refbot("match", "--explain-weights", "--json", *arguments)
    assert (ended.code, ended.err) == (0, "")
    found: dict[str, Any] = json.loads(ended.out)
    return found


def test_decisions_made_in_slack_are_ranked_again(
    story: Story, refbot: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.requests()
    story.casey.clicks("Approve", in_=card(story))
    story.requests()
    chooses(story, "Director of Operations · large German hospital group", why_not="wrong role")
    story.casey.clicks("Approve", in_=card(story))
    story.requests()
    declines(story)
    story.settled()
    monkeypatch.setenv("REFBOT_DATABASE_URL", story.settings.database_url)

    told = explained(refbot)
    assert told["decisions"] == 2
    assert told["as_proposed"] == 1
    assert told["left_out"]["nobody_chosen"] == 1
    assert told["verdict"] == "too_few"
    assert (told["all"]["present"]["first"]["part"], told["all"]["proposed"]) == (1, None)
    assert "Left out: 1, declined, with nobody chosen" in refbot("match", "--explain-weights").out
    (worst,) = told["ranked_worst"]
    assert (worst["reference_id"], worst["first_reference_id"]) == (JONAS, DANA)
    assert (worst["rank"], worst["of"]) == (3, 3)
    assert [line["activity"] for line in told["by_activity"]] == ["sales_call"]


def test_better_weights_are_proposed_and_nothing_is_changed(
    office: Office, refbot: Command
) -> None:
    keeps(office, decides(HIDDEN, 60, seed=1, whim=0.5, options=12))
    told = explained(refbot)
    assert told["verdict"] == "better"
    proposed = {row["factor"]: row["proposed"] for row in told["weights"]}
    assert proposed["function"] > FIT["function"]
    assert sum(proposed[name] for name in ("fit_points", "rotation_points", *QUALITY)) == 100
    first = {by: told["all"][by]["first"]["share"] for by in ("present", "proposed")}
    assert first["proposed"] > first["present"]
    assert [line["activity"] for line in told["by_activity"]] == ["case_study", "sales_call"]
    assert sum(line["present"]["first"]["count"] for line in told["by_activity"]) == 60
    ranks = [row["rank"] for row in told["ranked_worst"]]
    assert ranks == sorted(ranks, reverse=True)
    assert explained(refbot) == told

    shown = refbot("match", "--explain-weights")
    assert shown.code == 0
    for words in (
        "60 decisions to learn from; 60 of them a yes to RefBot's own proposal",
        "Nothing was changed. A champion changes weights in Slack: RefBot's Home, Weights, Change.",
        "Better weights are proposed", "by the proposed", "Ranked worst", "Taking turns",
        "Case study",
    ):  # fmt: skip
        assert words in shown.out
    with office.world.database.read() as session:
        assert settings.policy(session).matching == PRESENT


@one_engine
def test_few_or_content_decisions_bring_no_proposal(office: Office, refbot: Command) -> None:
    assert explained(refbot)["decisions"] == 0
    agreed = decides(PRESENT, FEWEST, seed=2, whim=0.0, options=12)
    keeps(office, agreed[1:])
    few = explained(refbot)
    assert (few["verdict"], few["decisions"]) == ("too_few", FEWEST - 1)
    assert f"it takes {FEWEST}" in few["says"]
    keeps(office, agreed[:1])
    content = explained(refbot)
    assert content["verdict"] == "nothing_better"
    assert {row["proposed"] for row in content["weights"]} == {None}
    assert explained(refbot, "--since", "2027-02-02")["decisions"] == 0
    assert explained(refbot, "--since", "2027-02-01")["decisions"] == FEWEST
    shown = refbot("match", "--explain-weights").out
    assert "Nothing is proposed" in shown
    assert "Ranked worst" not in shown
    assert content["ranked_worst"] == []


def test_wrong_usage_is_told_with_2(refbot: Command) -> None:
    for wrong in (
        ("match", "bank", "--explain-weights"), ("match", "bank", "--since", "2027-01-01"),
        ("match", "--explain-weights", "--since", "yesterday"), ("match", "--json"),
    ):  # fmt: skip
        assert refbot(*wrong).code == 2, wrong
    assert "Run `refbot db upgrade` first" in refbot("match", "--explain-weights").err


def test_an_erased_person_leaves_the_decisions_and_the_numbers_stay(
    office: Office, refbot: Command
) -> None:
    made = decides(PRESENT, 12, seed=3, options=6)
    keeps(office, made)
    gone = made[0].options[made[0].chosen].reference_id
    with office.world.database.write() as session:
        blank_references(session, [gone])
    told = explained(refbot)
    chosen = sum(c.options[c.chosen].reference_id == gone for c in made)
    assert told["left_out"]["unseen"] == chosen > 0
    assert told["decisions"] == 12 - chosen > 0
    with office.world.database.read() as session:
        ids = set(session.scalars(select(ChoiceCandidate.reference_id)))
        shares = session.scalars(select(ChoiceCandidate.shares)).all()
    assert gone not in ids
    assert len(shares) == 12 * 6


@one_engine
def test_decisions_outlive_the_searches(office: Office, refbot: Command) -> None:
    with office.world.database.write() as session:
        search = Search(
            inbox_key="k", requester_id=riley_id(session), text="x", answer={},
            created_at=MONDAY - 40 * SEARCHES_LAST,
        )  # fmt: skip
        session.add(search)
    keeps(office, decides(PRESENT, 3, seed=4))
    forget_what_is_old(office.world)
    with office.world.database.read() as session:
        assert session.scalars(select(Search)).all() == []
    assert explained(refbot)["decisions"] == 3
