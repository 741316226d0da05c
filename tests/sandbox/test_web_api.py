from collections.abc import Callable

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from refbot.sandbox import Sandbox
from refbot.sandbox.seed import AppFace
from refbot.sandbox.shapes import Json
from tests.sandbox.conftest import QUIET, section

METADATA = {"event_type": "outbox", "event_payload": {"row": 17, "key": "req-9:card"}}


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(SlackApiError) as raised:
        call()
    return str(raised.value.response["error"])


def test_the_bot_learns_who_it_is(client: WebClient) -> None:
    answer = client.auth_test()
    assert (answer["user_id"], answer["team_id"]) == ("U0REFBOT", "T0REFBOT")


@pytest.mark.parametrize(
    ("token", "error"),
    [
        ("", "not_authed"),
        ("xoxb-wrong", "invalid_auth"),
        (Sandbox.app_token, "not_allowed_token_type"),  # right, but for sockets only
    ],
)
def test_a_wrong_token_is_refused(sandbox: Sandbox, token: str, error: str) -> None:
    client = WebClient(token=token or None, base_url=sandbox.api_url)
    assert refusal(client.auth_test) == error


def test_a_bot_token_opens_no_socket(client: WebClient, sandbox: Sandbox) -> None:
    refused = refusal(lambda: client.apps_connections_open(app_token=sandbox.bot_token))
    assert refused == "not_allowed_token_type"


def test_an_unknown_method_is_said_to_be_unknown(client: WebClient) -> None:
    assert refusal(lambda: client.api_call("chat.shout")) == "unknown_method"


def test_members_of_the_program_see_what_the_bot_posts(client: WebClient, sandbox: Sandbox) -> None:
    posted = client.chat_postMessage(channel="C0PROGRAM", text="Hello", **QUIET)
    (seen,) = sandbox.person("casey").sees("#reference-program")
    assert (seen["ts"], seen["text"], seen["user"]) == (posted["ts"], "Hello", "U0REFBOT")


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0SALES", "not_in_channel"),  # public, but nobody invited the bot
        ("C0NOWHERE", "channel_not_found"),
        ("#reference-program", "channel_not_found"),  # by id only
        ("U0NOBODY", "user_not_found"),
        ("U0OLGA", "user_disabled"),
    ],
)
def test_a_post_to_where_the_bot_is_not_is_refused(
    client: WebClient, channel: str, error: str
) -> None:
    assert refusal(lambda: client.chat_postMessage(channel=channel, text="x", **QUIET)) == error


def test_a_private_channel_without_the_bot_is_hidden(client: WebClient, sandbox: Sandbox) -> None:
    sandbox._world.memory.channels["C0PROGRAM"]["members"].remove("U0REFBOT")  # noqa: SLF001
    assert refusal(lambda: client.conversations_info(channel="C0PROGRAM")) == "channel_not_found"
    assert "C0PROGRAM" not in listed_channels(client)


def listed_channels(client: WebClient) -> set[str]:
    answer = client.conversations_list(types="public_channel,private_channel")
    return {channel["id"] for channel in answer["channels"]}


def test_a_message_without_text_beside_its_blocks_is_refused(client: WebClient) -> None:
    blocks = [section("Only blocks")]
    with pytest.warns(UserWarning, match="text"):
        error = refusal(
            lambda: client.chat_postMessage(channel="C0PROGRAM", blocks=blocks, **QUIET)
        )
    assert error == "no_text"


def test_a_refusal_says_what_is_wrong(client: WebClient) -> None:
    blocks = [section("x" * 3001)]
    with pytest.raises(SlackApiError) as raised:
        client.chat_postMessage(channel="C0PROGRAM", text="x", blocks=blocks, **QUIET)
    (sentence,) = raised.value.response["response_metadata"]["messages"]
    assert sentence == "[ERROR] blocks[0].text: 3001 characters, at most 3000"


def test_links_must_be_told_not_to_unfold(client: WebClient) -> None:
    assert refusal(lambda: client.chat_postMessage(channel="C0PROGRAM", text="x")) == (
        "invalid_arguments"
    )


def test_an_update_replaces_and_text_alone_drops_the_blocks(
    client: WebClient, sandbox: Sandbox
) -> None:
    ts = client.chat_postMessage(
        channel="C0PROGRAM", text="Card", blocks=[section("Open")], metadata=METADATA, **QUIET
    )["ts"]
    client.chat_update(channel="C0PROGRAM", ts=ts, text="Decided")
    (kept,) = sandbox.messages("C0PROGRAM")
    assert "blocks" not in kept
    assert kept["edited"]["user"] == "U0REFBOT"
    assert kept["metadata"] == METADATA


def test_the_bot_changes_no_words_but_its_own(client: WebClient, sandbox: Sandbox) -> None:
    said = sandbox.person("casey").types("Mine", channel="#reference-program")
    assert said.message is not None
    ts = said.message["ts"]
    channel = "C0PROGRAM"
    assert refusal(lambda: client.chat_update(channel=channel, ts=ts, text="x")) == (
        "cant_update_message"
    )
    assert refusal(lambda: client.chat_delete(channel=channel, ts=ts)) == "cant_delete_message"
    assert refusal(lambda: client.chat_delete(channel=channel, ts="1.000001")) == (
        "message_not_found"
    )


def test_a_thread_counts_its_replies(client: WebClient, sandbox: Sandbox) -> None:
    parent = client.chat_postMessage(channel="C0PROGRAM", text="Card", **QUIET)["ts"]
    reply = client.chat_postMessage(channel="C0PROGRAM", text="Log", thread_ts=parent, **QUIET)
    (seen,) = sandbox.person("devon").sees("#reference-program")
    assert (seen["reply_count"], seen["latest_reply"]) == (1, reply["ts"])
    assert [message["text"] for message in seen["replies"]] == ["Log"]


def test_a_reply_needs_a_parent_that_is_one(client: WebClient) -> None:
    def post(thread_ts: str) -> str:
        answer = client.chat_postMessage(
            channel="C0PROGRAM", text="x", thread_ts=thread_ts, **QUIET
        )
        return str(answer["ts"])

    parent = str(client.chat_postMessage(channel="C0PROGRAM", text="Card", **QUIET)["ts"])
    reply = post(parent)
    assert refusal(lambda: post("1.000001")) == "thread_not_found"
    assert refusal(lambda: post(reply)) == "cannot_reply_to_message"


def test_metadata_is_read_back_only_when_asked_for(client: WebClient) -> None:
    parent = client.chat_postMessage(channel="C0PROGRAM", text="Card", metadata=METADATA, **QUIET)[
        "ts"
    ]
    client.chat_postMessage(
        channel="C0PROGRAM", text="Log", thread_ts=parent, metadata=METADATA, **QUIET
    )
    plain = client.conversations_history(channel="C0PROGRAM")["messages"]
    assert ["metadata" in message for message in plain] == [False]
    asked: Json = {"channel": "C0PROGRAM", "include_all_metadata": True}
    assert client.conversations_history(**asked)["messages"][0]["metadata"] == METADATA
    replies = client.conversations_replies(**asked, ts=parent)["messages"]
    assert [message["metadata"] for message in replies] == [METADATA, METADATA]


def test_history_goes_back_page_by_page_newest_first(client: WebClient) -> None:
    for n in range(5):
        client.chat_postMessage(channel="C0PROGRAM", text=str(n), **QUIET)
    pages = [
        [message["text"] for message in page["messages"]]
        for page in client.conversations_history(channel="C0PROGRAM", limit=2)
    ]
    assert pages == [["4", "3"], ["2", "1"], ["0"]]


def test_history_can_begin_at_an_instant(client: WebClient) -> None:
    stamps = [
        client.chat_postMessage(channel="C0PROGRAM", text=str(n), **QUIET)["ts"] for n in range(3)
    ]
    after = client.conversations_history(channel="C0PROGRAM", oldest=stamps[1])
    assert [message["text"] for message in after["messages"]] == ["2"]
    from_it = client.conversations_history(channel="C0PROGRAM", oldest=stamps[1], inclusive=True)
    assert [message["text"] for message in from_it["messages"]] == ["2", "1"]


def test_an_ephemeral_is_for_one_person_in_the_channel(client: WebClient, sandbox: Sandbox) -> None:
    client.chat_postEphemeral(channel="C0PROGRAM", user="U0CASEY", text="Psst")
    assert [m["text"] for m in sandbox.person("casey").sees("#reference-program")] == ["Psst"]
    assert sandbox.person("devon").sees("#reference-program") == []
    assert client.conversations_history(channel="C0PROGRAM")["messages"] == []
    outsider = refusal(
        lambda: client.chat_postEphemeral(channel="C0PROGRAM", user="U0RILEY", text="x")
    )
    assert outsider == "user_not_in_channel"


def test_a_direct_message_is_opened_once(client: WebClient, sandbox: Sandbox) -> None:
    opened = client.conversations_open(users="U0RILEY")["channel"]["id"]
    assert client.conversations_open(users=["U0RILEY"])["channel"]["id"] == opened == "D0RILEY"
    client.chat_postMessage(channel=opened, text="For you", **QUIET)
    assert [m["text"] for m in sandbox.person("riley").sees("@refbot")] == ["For you"]


def test_people_are_shown_as_slack_shows_them(client: WebClient) -> None:
    riley = client.users_info(user="U0RILEY")["user"]
    assert (riley["tz"], riley["profile"]["email"]) == (
        "America/New_York",
        "riley.park@northbeam.example",
    )
    assert client.users_info(user="U0GINA")["user"]["is_restricted"]
    assert client.users_info(user="U0STRANGER")["user"]["is_stranger"]
    assert client.users_info(user="U0OLGA")["user"]["deleted"]
    assert "tz" not in client.users_info(user="U0OLGA")["user"]
    assert refusal(lambda: client.users_info(user="U0NOBODY")) == "user_not_found"


def test_a_member_is_found_by_address_unless_deactivated(client: WebClient) -> None:
    found = client.users_lookupByEmail(email="sam.ortiz@northbeam.example")
    assert found["user"]["id"] == "U0SAM"
    gone = refusal(lambda: client.users_lookupByEmail(email="olga.weiss@northbeam.example"))
    assert gone == "users_not_found"


def test_lists_come_by_pages(client: WebClient) -> None:
    pages = [len(page["members"]) for page in client.users_list(limit=6)]
    assert pages == [6, 5]
    members = client.conversations_members(channel="C0PROGRAM")["members"]
    assert set(members) == {"U0CASEY", "U0DEVON", "U0LEE", "U0REFBOT"}
    assert listed_channels(client) == {"C0GENERAL", "C0SALES", "C0PROGRAM", "C0SHARED"}


def test_a_shared_channel_says_so(client: WebClient, sandbox: Sandbox) -> None:
    assert client.conversations_info(channel="C0SHARED")["channel"]["is_ext_shared"]
    general = client.conversations_info(channel="C0GENERAL", include_num_members=True)["channel"]
    assert (general["is_ext_shared"], general["num_members"]) == (False, 9)
    sandbox.shares_channel("C0GENERAL")
    assert client.conversations_info(channel="C0GENERAL")["channel"]["is_ext_shared"]


def test_a_file_is_uploaded_in_three_steps_and_shown(client: WebClient, sandbox: Sandbox) -> None:
    uploaded = client.files_upload_v2(
        channel="C0PROGRAM", filename="pool.csv", content="a,b\n", initial_comment="The pool"
    )
    facts = client.files_info(file=uploaded["file"]["id"])["file"]
    assert (facts["name"], facts["size"], facts["mimetype"]) == ("pool.csv", 4, "text/csv")
    (seen,) = sandbox.person("casey").sees("#reference-program")
    assert (seen["text"], seen["files"][0]["id"]) == ("The pool", facts["id"])


def test_a_scope_that_was_not_granted_is_named() -> None:
    sandbox = Sandbox(app=AppFace(commands=(), shortcuts=(), scopes=frozenset({"chat:write"})))
    sandbox.start()
    try:
        client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
        client.chat_postMessage(channel="C0PROGRAM", text="x", **QUIET)
        with pytest.raises(SlackApiError) as raised:
            client.conversations_history(channel="C0PROGRAM")
    finally:
        sandbox.stop()
    assert raised.value.response["error"] == "missing_scope"
    assert raised.value.response["needed"] == "groups:history"


def test_a_permalink_leads_to_the_page(client: WebClient, sandbox: Sandbox) -> None:
    ts = client.chat_postMessage(channel="C0PROGRAM", text="Card", **QUIET)["ts"]
    link = client.chat_getPermalink(channel="C0PROGRAM", message_ts=ts)["permalink"]
    assert link == f"{sandbox.url}archives/C0PROGRAM/p{ts.replace('.', '')}"


def test_the_log_hides_tokens(client: WebClient, sandbox: Sandbox) -> None:
    client.api_test(token=sandbox.bot_token, note=f"leaked {sandbox.app_token}")
    (entry,) = [entry for entry in sandbox.traffic() if entry["what"] == "api.test"]
    assert entry["direction"] == "bot→slack"
    assert "sandbox-" not in str(entry)
