"""Users' text made harmless, and every message within Slack's limits whatever was typed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from refbot.insight.home import HomeRows
from refbot.lifecycle import EngagementStatus, ReferenceStatus, RequestStatus
from refbot.messages import blocks, brief, candidates, card, dialogs, home, owner, question, receipt
from refbot.messages.blocks import clean, cut, cut_marked, fitting, plain, safe
from refbot.messages.form import Draft, opportunity_options, refilled, request_form
from refbot.messages.help import mine, usage
from refbot.policy import Policy, Program
from refbot.sandbox.validator import problems
from refbot.storage.accounts import Account
from refbot.storage.colleagues import Colleague, Part, Standing
from refbot.storage.engagements import Approval, Decision, Engagement
from refbot.storage.opportunities import Opportunity
from refbot.storage.references import Issue, Reference, Severity
from refbot.storage.requests import Question, Request
from refbot.storage.searches import Search

calm = settings(deadline=None)  # a busy machine is no failure
few = settings(deadline=None, max_examples=25)
NOW = datetime(2027, 2, 1, 14, tzinfo=UTC)
MARKS = "<>&*_~`|!@#: \n\t\u202e\u2066\u200b\x00\x07aé שא😀"
typed = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=MARKS, max_size=60),
    st.sampled_from(["<!channel>", "<@U0LEE>", "<https://evil.example|x>", "&amp;", "x" * 3000]),
)

CLEANED = [
    ("plain", "plain"),
    ("a\u202eb\u2066c\u2069", "abc"),
    ("bell\x07 nul\x00", "bell nul"),
    ("two\nlines", "two\nlines"),
    ("שלום", "שלום"),
    ("\ud800lone", "lone"),
    ("   around   ", "around"),
]


@pytest.mark.parametrize(("text", "cleaned"), CLEANED)
def test_what_changes_how_text_reads_is_taken_out(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@calm
@given(typed)
@example("<!channel> <@U0LEE> <https://evil.example|x>")
@example("x" * 499 + "&")
def test_no_text_keeps_a_mark_of_slacks(text: str) -> None:
    made = safe(text)
    assert "<" not in made
    assert ">" not in made
    assert len(made) <= 500
    assert problems("message", {"text": "x", "blocks": [blocks.section(made or "none")]}) == []


@calm
@given(typed, st.integers(1, 80))
def test_a_cut_says_that_it_cuts_and_keeps_its_bound(text: str, most: int) -> None:
    short = cut(text, most)
    assert len(short) <= most
    assert short == text or short.endswith("…")


@calm
@given(typed, st.integers(1, 80))
def test_plain_text_is_never_empty_nor_long(text: str, most: int) -> None:
    made = plain(text, most)
    assert 1 <= len(made["text"]) <= most
    assert "<!" not in made["text"]


def test_a_message_beyond_slacks_sum_of_characters_gives_up_the_ends_of_its_longest_texts() -> None:
    long, short = safe("&<" * 3000, 3000), blocks.section("a short one")
    many = [blocks.section(long), short, *blocks.pairs([("name", long)] * 10)] * 2
    shown = fitting(many)
    assert problems("message", {"text": "x", "blocks": shown}) == []
    assert shown[1] == short
    assert shown[0]["text"]["text"].endswith("…")
    assert len(fitting([short] * 60)) == 50
    assert fitting([short, blocks.divider()]) == [short, blocks.divider()]


CUT = [
    ("ab&amp;cd", 6, "ab…"),
    ("ab<@U0LEE> cd", 8, "ab…"),
    ("ab &amp; cd", 9, "ab &amp;…"),
    ("fits", 4, "fits"),
]


@pytest.mark.parametrize(("text", "most", "short"), CUT)
def test_no_cut_goes_through_an_escaped_sign_or_a_mention(text: str, most: int, short: str) -> None:
    assert cut_marked(text, most) == short


def colleague(text: str, **more: Any) -> Colleague:
    known = {"id": 1, "slack_id": "U0RILEY", "name": text, "part": Part.CHAMPION}
    return Colleague(**known | {"standing": Standing.MEMBER} | more)


def engagement(text: str, status: EngagementStatus, *, number: int = 1) -> Engagement:
    account = Account(
        id=number, name=text, mask=text, may_be_named=bool(number % 2), owner_email=text,
        products=[], time_zone=None,
    )  # fmt: skip
    reference = Reference(
        id=number, account=account, name=text or "x", title=text, email=text, phone=text,
        speaks_to=text, use_case=text, avoid=text, notes=text, results=[text] * 7, languages=[],
        products=[], tags=[], status=ReferenceStatus.ACTIVE, health=None, time_zone=text,
    )  # fmt: skip
    made = Engagement(
        id=number, request_id=7, reference=reference, status=status, status_since=NOW, score=80.0,
        reasons=[{"factor": "industry", "points": 20.0, "text": text}] * 9, overridden=[text] * 4,
        override_reason=text, report=text, scheduled_for=NOW, invited_at=NOW, expected_grade=3,
        actual_grade=4, account_id=number, contact_shown_at=None,
    )  # fmt: skip
    made.approvals = [
        Approval(
            id=1, as_role="owner", decision=Decision.NOT_NOW, by=colleague(text), by_id=1,
            reason=text, rests_until=date(2027, 3, 1), at=NOW,
        )
    ]  # fmt: skip
    return made


def request(text: str, *engagements: Engagement) -> Request:
    made = Request(
        id=7, requester=colleague(text), requester_id=1, activity="sales_call", prospect=text,
        opportunity=text, amount=2_000_000_000, stage=text, close_date=date(2027, 3, 1),
        needed_by=date(2027, 2, 2), how_many=2, topics=text, attendees=text, note=text,
        criteria={"industry": ["banking"], "account": [text], "tag": [text] * 30},
        status=RequestStatus.OPEN, created_at=NOW,
    )  # fmt: skip
    made.engagements = list(engagements)
    return made


@pytest.mark.parametrize("status", list(EngagementStatus))
@few
@given(text=typed)
@example(text="<!channel> <@U0LEE> & \u202e" + "x" * 2900)
@example(text="&" * 3000)
def test_every_message_of_every_state_is_one_that_slack_takes(
    status: EngagementStatus, text: str
) -> None:
    one, other = engagement(text, status), engagement(text, status, number=2)
    asked = request(text, one, other)
    program = Program(channel="C0", sends_mail=True)
    issue = Issue(severity=Severity.BLOCKING, text=text)
    for message in (
        card.request_card(asked),
        receipt.receipt(asked),
        owner.owner_ask(one),
        brief.brief(one, [issue] * 9, program),
        mine([asked] * 12),
        usage(),
    ):
        shown = {"text": cut_marked(message.text, 4000), "blocks": fitting(message.blocks)}
        assert problems("message", shown) == []
    for view in (
        dialogs.decline(one, colleague(text)),
        dialogs.owner_not_now(one, date(2027, 3, 1)),
        dialogs.ask_requester(asked),
        dialogs.report(one),
        dialogs.who_is_it(one),
        dialogs.consent(one),
    ):
        assert problems("modal", view) == []
    rows = HomeRows(
        viewer=colleague(text), own=[asked] * 9, queue=[asked], to_answer=[one], policy=Policy(),
        leads=[colleague(text)], cards={7: ("C0", "1.2")},
    )  # fmt: skip
    drawn = home.home(rows)
    assert [p for p in problems("home", drawn) if "more than once" not in p] == []


@calm
@given(text=typed, other=typed)
def test_questions_and_forms_take_any_text(text: str, other: str) -> None:
    asked = Question(id=1, request=request(text), asked_by=colleague(text), text=text, answer=other)
    shown = question.question(asked)
    assert problems("message", {"text": shown.text, "blocks": shown.blocks}) == []
    assert problems("modal", dialogs.answer(asked)) == []
    deal = Opportunity(id=1, crm_id=other, name=text, stage=text, amount=5)
    offered = opportunity_options([deal], text)
    assert problems("options", {"options": offered}) == []
    drawn = request_form(Draft(candidate=safe(text), search_id=1, stage=text[:60] or None))
    assert problems("modal", drawn) == []
    again = refilled(Draft(), prospect=text[:300] or None, amount=5)
    assert problems("modal", request_form(again)) == []


@calm
@given(text=typed, count=st.integers(0, 3))
def test_the_answer_to_a_line_takes_whatever_the_database_holds(text: str, count: int) -> None:
    found = {
        "reference_id": 1, "name": text, "title": text, "account": text, "mask": None,
        "score": 87.3, "reasons": [{"factor": "x", "points": 5.0, "text": text}] * 9,
        "ask_first": True, "blocked_by": [text] * 4,
    }  # fmt: skip
    answer = {
        "text": text, "industry": ["banking"], "account": [text], "excluded": {"tag": [text]},
        "understood": [], "not_understood": [text] * 40, "assumed": [text],
        "ambiguous": [{"source": text, "readings": [["country", "GE"], ["tag", text]]}] * 5,
        "candidates": [found] * count, "near_misses": [found] * 3,
    }  # fmt: skip
    message = candidates.answer(Search(id=1, answer=answer), Colleague(name="Riley"))
    shown = {"text": cut_marked(message.text, 4000), "blocks": fitting(message.blocks)}
    assert problems("ack", shown) == []
