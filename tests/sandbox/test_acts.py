import json
import threading
import urllib.request
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from refbot.sandbox import Person, Sandbox
from refbot.sandbox.leases import Leases
from refbot.sandbox.shapes import Json, SlackError
from tests.sandbox.conftest import QUIET, Connect, actions, button, modal, section, text_input

OPTIONS = [{"text": {"type": "plain_text", "text": name}, "value": name} for name in ("A", "B")]


@pytest.fixture
def got(app: App) -> list[Json]:
    """Every interaction body that the bot acknowledged without a word."""
    bodies: list[Json] = []

    def note(ack: Ack, body: Json) -> None:
        bodies.append(body)
        ack()

    for action_id in ("approve", "more", "when", "pick", "found"):
        app.action(action_id)(note)
    app.view("form")(note)
    app.view_closed("form")(note)
    app.shortcut("request_reference")(note)
    app.shortcut("find_reference")(note)
    return bodies


@pytest.fixture
def casey(sandbox: Sandbox) -> Person:
    return sandbox.person("casey")


@pytest.fixture
def card(client: WebClient, casey: Person) -> Json:
    """A card in the program's channel, as Casey sees it."""
    more = {"type": "overflow", "action_id": "more", "options": OPTIONS}
    when = {"type": "datepicker", "action_id": "when", "initial_date": "2026-03-01"}
    client.chat_postMessage(
        channel="C0PROGRAM",
        text="A request",
        blocks=[
            section("A request"),
            actions(button("Approve", "approve", "17"), more, when),
        ],
        **QUIET,
    )
    return casey.sees("#reference-program")[-1]


def test_a_click_tells_who_where_and_what(
    got: list[Json], app: App, connect: Connect, casey: Person, card: Json
) -> None:
    connect(app)
    reply = casey.clicks("Approve", in_=card)
    assert reply.ok
    (body,) = got
    assert body["user"] == {
        "id": "U0CASEY",
        "username": "casey.morgan",
        "name": "casey.morgan",
        "team_id": "T0REFBOT",
    }
    assert body["channel"] == {"id": "C0PROGRAM", "name": "privategroup"}
    assert body["container"]["message_ts"] == body["message"]["ts"] == card["ts"]
    (action,) = body["actions"]
    assert (action["action_id"], action["value"], action["type"]) == ("approve", "17", "button")
    assert action["block_id"] == "acts"
    assert body["state"]["values"]["acts"]["when"]["selected_date"] == "2026-03-01"


def test_a_choice_and_a_date_carry_what_was_chosen(
    got: list[Json], app: App, connect: Connect, casey: Person, card: Json
) -> None:
    connect(app)
    casey.clicks("B", in_=card)
    casey.picks_date("when", "2026-04-02", in_=card)
    overflow, date = got
    assert overflow["actions"][0]["selected_option"]["value"] == "B"
    assert date["actions"][0]["selected_date"] == "2026-04-02"
    assert date["state"]["values"]["acts"]["when"]["selected_date"] == "2026-04-02"


def test_an_old_card_can_be_clicked_after_its_buttons_went(  # noqa: PLR0917
    got: list[Json], app: App, connect: Connect, casey: Person, card: Json, client: WebClient
) -> None:
    connect(app)
    client.chat_update(channel="C0PROGRAM", ts=card["ts"], text="Decided")
    assert casey.clicks("Approve", in_=card).ok
    assert got[0]["actions"][0]["value"] == "17"
    assert "blocks" not in got[0]["message"]


def test_a_click_in_an_ephemeral_does_not_quote_it(
    got: list[Json], app: App, connect: Connect, sandbox: Sandbox
) -> None:
    @app.command("/reference")
    def answer(ack: Ack) -> None:
        ack(text="Choose", blocks=[actions(button("Request", "approve"))])

    connect(app)
    riley = sandbox.person("riley")
    riley.clicks("Request", in_=riley.types("/reference bank", channel="#sales"))
    assert got[0]["container"]["is_ephemeral"]
    assert "message" not in got[0]


def test_what_is_not_there_cannot_be_clicked(casey: Person, card: Json) -> None:
    with pytest.raises(LookupError, match="Approve"):
        casey.clicks("Reject", in_=card)


def test_a_click_nobody_acknowledges_says_so(casey: Person, card: Json) -> None:
    reply = casey.clicks("Approve", in_=card)
    assert (reply.error, reply.sentence) == (
        "dispatch_failed",
        "RefBot is not responding. Please try again.",
    )


def opening(app: App, *blocks: Json, **more: Any) -> list[Json]:
    """An app whose command opens a modal; gives what views.open gave back."""
    opened: list[Json] = []

    @app.command("/reference")
    def open_modal(ack: Ack, body: Json, client: WebClient) -> None:
        view = modal(*blocks, **more)
        answer = client.views_open(trigger_id=body["trigger_id"], view=view)
        opened.append(answer["view"])
        ack()

    return opened


@pytest.fixture
def riley(sandbox: Sandbox) -> Person:
    return sandbox.person("riley")


PICK = {
    "type": "input",
    "block_id": "product",
    "label": {"type": "plain_text", "text": "Product"},
    "element": {"type": "static_select", "action_id": "pick", "options": OPTIONS},
    "optional": True,
}


def test_a_form_is_filled_by_its_labels_and_submitted(
    got: list[Json], app: App, connect: Connect, riley: Person
) -> None:
    opening(app, text_input("why", "Why"), PICK, private_metadata="nonce-1")
    connect(app)
    riley.types("/reference", channel="#sales")
    riley.fills({"Why": "A big deal", "Product": "B"})
    assert riley.submits().ok
    assert riley.modal is None
    (body,) = got
    assert (body["view"]["private_metadata"], body["view"]["callback_id"]) == ("nonce-1", "form")
    values = body["view"]["state"]["values"]
    assert values["why"]["typed"] == {"type": "plain_text_input", "value": "A big deal"}
    assert values["product"]["pick"]["selected_option"]["value"] == "B"


def test_an_empty_required_field_never_reaches_the_bot(
    got: list[Json], app: App, connect: Connect, riley: Person
) -> None:
    opening(app, text_input("why", "Why", max_length=5), PICK)
    connect(app)
    riley.types("/reference", channel="#sales")
    assert riley.submits().errors == {"why": "Please complete this required field."}
    riley.fills({"why": "Too long"})
    assert riley.submits().errors == {"why": "Please enter no more than 5 characters."}
    assert got == []


def test_errors_of_the_bot_stand_at_their_field(app: App, connect: Connect, riley: Person) -> None:
    opening(app, text_input("why", "Why"))
    app.view("form")(lambda ack: ack(response_action="errors", errors={"why": "Say more."}))
    connect(app)
    riley.types("/reference", channel="#sales")
    riley.fills({"why": "x"})
    reply = riley.submits()
    assert (reply.ok, reply.errors) == (False, {"why": "Say more."})
    assert riley.modal is not None


def test_errors_at_a_field_that_is_not_there_are_refused(
    app: App, connect: Connect, riley: Person, sandbox: Sandbox
) -> None:
    opening(app, text_input("why", "Why", initial_value="x"))
    app.view("form")(lambda ack: ack(response_action="errors", errors={"who": "Who?"}))
    connect(app)
    riley.types("/reference", channel="#sales")
    reply = riley.submits()
    assert (reply.error, reply.sentence) == (
        "invalid_answer",
        "We had some trouble connecting. Try again?",
    )
    assert any("who is not an input" in entry.get("error", "") for entry in sandbox.traffic())


@pytest.mark.parametrize(
    ("action", "titles"),
    [
        ("update", ["Second"]),
        ("push", ["Request", "Second"]),
        ("clear", []),
    ],
)
def test_a_submission_can_change_the_stack(
    app: App, connect: Connect, riley: Person, action: str, titles: list[str]
) -> None:
    opening(app, section("First"))
    second = modal(section("Second"), title={"type": "plain_text", "text": "Second"})
    answer: Json = {"response_action": action}
    if action != "clear":
        answer["view"] = second
    app.view("form")(lambda ack: ack(**answer))
    connect(app)
    riley.types("/reference", channel="#sales")
    assert riley.submits().ok
    assert [view["title"]["text"] for view in riley.modals] == titles


def test_an_update_keeps_what_was_typed(
    app: App, connect: Connect, riley: Person, client: WebClient
) -> None:
    opened = opening(app, text_input("why", "Why"))
    connect(app)
    riley.types("/reference", channel="#sales")
    riley.fills({"why": "Typed"})
    view = modal(text_input("why", "Why not"), text_input("who", "Who", initial_value="Me"))
    client.views_update(view_id=opened[0]["id"], hash=opened[0]["hash"], view=view)
    assert riley.modal is not None
    values = riley.modal["state"]["values"]
    assert (values["why"]["typed"]["value"], values["who"]["typed"]["value"]) == ("Typed", "Me")


def test_an_update_with_an_old_hash_is_refused(
    app: App, connect: Connect, riley: Person, client: WebClient
) -> None:
    opened = opening(app, section("One"))
    connect(app)
    riley.types("/reference", channel="#sales")
    known = {"view_id": opened[0]["id"], "hash": opened[0]["hash"]}
    client.views_update(**known, view=modal(section("Two")))
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_update(**known, view=modal(section("Three")))


def test_a_fourth_modal_is_one_too_many(app: App, connect: Connect, riley: Person) -> None:
    errors: list[str] = []
    opening(app, actions(button("Deeper", "deeper")))

    @app.action("deeper")
    def push(ack: Ack, body: Json, client: WebClient) -> None:
        try:
            view = modal(actions(button("Deeper", "deeper")))
            client.views_push(trigger_id=body["trigger_id"], view=view)
        except SlackApiError as refused:
            errors.append(refused.response["error"])
        ack()

    connect(app)
    riley.types("/reference", channel="#sales")
    for _ in range(3):
        riley.clicks("Deeper")
    assert (len(riley.modals), errors) == (3, ["push_limit_reached"])


def test_closing_is_told_only_when_asked_for(
    got: list[Json], app: App, connect: Connect, riley: Person
) -> None:
    opening(app, section("Bye"), notify_on_close=True)
    connect(app)
    riley.types("/reference", channel="#sales")
    assert riley.closes_modal().ok
    assert (riley.modal, got[0]["type"], got[0]["is_cleared"]) == (None, "view_closed", False)


def test_a_trigger_works_once(app: App, connect: Connect, riley: Person) -> None:
    errors: list[str] = []

    @app.command("/reference")
    def open_twice(ack: Ack, body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(section("One")))
        try:
            client.views_open(trigger_id=body["trigger_id"], view=modal(section("Two")))
        except SlackApiError as refused:
            errors.append(refused.response["error"])
        ack()

    connect(app)
    riley.types("/reference", channel="#sales")
    assert errors == ["exchanged_trigger_id"]


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_trigger_lives_three_seconds() -> None:
    seconds = Seconds()
    leases = Leases(seconds)
    early, late = leases.trigger("U0RILEY"), leases.trigger("U0RILEY")
    seconds.now += 2.9
    assert leases.redeem(early).user_id == "U0RILEY"
    seconds.now += 0.2
    with pytest.raises(SlackError, match="expired_trigger_id"):
        leases.redeem(late)
    with pytest.raises(SlackError, match="invalid_trigger_id"):
        leases.redeem("made up")


def test_a_response_url_lives_half_an_hour() -> None:
    seconds = Seconds()
    leases = Leases(seconds)
    key = leases.response_url("U0RILEY", "C0SALES")
    seconds.now += 1799
    assert leases.use(key).uses == 1
    seconds.now += 2
    with pytest.raises(SlackError, match="expired_url"):
        leases.use(key)


@pytest.fixture
def response_url(app: App, connect: Connect, riley: Person) -> str:
    urls: list[str] = []

    @app.command("/reference")
    def answer(ack: Ack, body: Json) -> None:
        urls.append(body["response_url"])
        ack()

    connect(app)
    riley.types("/reference", channel="#sales")
    return urls[0]


def test_a_response_url_answers_five_times(response_url: str, riley: Person) -> None:
    webhook = WebhookClient(response_url)
    statuses = [webhook.send(text=str(n)).status_code for n in range(6)]
    assert statuses == [200, 200, 200, 200, 200, 404]
    assert [m["text"] for m in riley.sees("#sales")] == ["0", "1", "2", "3", "4"]


def test_a_response_url_replaces_the_message_that_was_clicked(
    app: App, connect: Connect, riley: Person
) -> None:
    @app.command("/reference")
    def answer(ack: Ack) -> None:
        ack(text="Choose", blocks=[actions(button("Request", "approve"))])

    @app.action("approve")
    def replace(ack: Ack, body: Json) -> None:
        ack()
        WebhookClient(body["response_url"]).send(text="Done", replace_original=True)

    connect(app)
    riley.clicks("Request", in_=riley.types("/reference", channel="#sales"))
    assert [m["text"] for m in riley.sees("#sales")] == ["Done"]


def test_type_ahead_asks_the_bot_from_three_letters_on(
    app: App, connect: Connect, riley: Person, sandbox: Sandbox
) -> None:
    asked: list[str] = []

    @app.options("account")
    def offer(ack: Ack, body: Json) -> None:
        asked.append(body["value"])
        ack(options=OPTIONS)

    element = {"type": "external_select", "action_id": "account"}
    label = {"type": "plain_text", "text": "Account"}
    block = {"type": "input", "block_id": "acc", "label": label, "element": element}
    opening(app, block)
    connect(app)
    riley.types("/reference", channel="#sales")
    assert riley.options("account", "ac") == []
    assert [o["value"] for o in riley.options("account", "acm")] == ["A", "B"]
    assert asked == ["acm"]
    sent = next(e for e in sandbox.traffic() if e["what"] == "block_suggestion")
    assert (sent["payload"]["block_id"], sent["payload"]["view"]["type"]) == ("acc", "modal")


def test_too_many_options_are_refused(
    app: App, connect: Connect, riley: Person, sandbox: Sandbox
) -> None:
    many = [{"text": {"type": "plain_text", "text": str(n)}, "value": str(n)} for n in range(101)]
    app.options("account")(lambda ack: ack(options=many))
    element = {"type": "external_select", "action_id": "account", "min_query_length": 0}
    opening(app, {"type": "actions", "block_id": "b", "elements": [element]})
    connect(app)
    riley.types("/reference", channel="#sales")
    assert riley.options("account", "") == []
    assert any("101 items" in entry.get("error", "") for entry in sandbox.traffic())


def test_shortcuts_carry_trigger_and_message(
    got: list[Json], app: App, connect: Connect, riley: Person
) -> None:
    connect(app)
    said = riley.types("Anyone got a bank?", channel="#sales").message
    assert said is not None
    assert riley.uses_shortcut("Request a reference").ok
    assert riley.uses_message_shortcut("Find a reference", said).ok
    everywhere, on_message = got
    assert (everywhere["type"], everywhere["callback_id"]) == ("shortcut", "request_reference")
    assert on_message["message"]["text"] == "Anyone got a bank?"
    assert (on_message["channel"]["id"], on_message["message_ts"]) == ("C0SALES", said["ts"])


def test_home_is_published_when_its_tab_is_opened(
    app: App, connect: Connect, riley: Person
) -> None:
    tabs: list[str] = []
    opened = threading.Event()

    @app.event("app_home_opened")
    def publish(event: Json, client: WebClient) -> None:
        tabs.append(event["tab"])
        if event["tab"] == "home":
            view = {"type": "home", "blocks": [actions(button("Approve", "approve"))]}
            client.views_publish(user_id=event["user"], view=view)
        opened.set()

    bodies: list[Json] = []

    @app.action("approve")
    def note(ack: Ack, body: Json) -> None:
        bodies.append(body)
        ack()

    connect(app)
    home = riley.home()
    assert riley.clicks("Approve", in_=home).ok
    assert bodies[0]["view"]["type"] == "home"
    assert bodies[0]["container"] == {"type": "view", "view_id": home["id"]}
    assert tabs == ["home"]


def test_a_file_sent_to_the_bot_needs_its_token_to_be_read(
    app: App, connect: Connect, riley: Person, sandbox: Sandbox
) -> None:
    events: list[Json] = []
    heard = threading.Event()

    @app.event("message")
    def note(event: Json) -> None:
        events.append(event)
        heard.set()

    connect(app)
    riley.sends_file("pool.csv", b"name\nDana\n")
    assert heard.wait(3)
    (file,) = events[0]["files"]
    assert events[0]["subtype"] == "file_share"

    def fetched(**headers: str) -> bytes:
        request = urllib.request.Request(file["url_private_download"], headers=headers)  # noqa: S310
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return bytes(answer.read())

    assert fetched(Authorization=f"Bearer {sandbox.bot_token}") == b"name\nDana\n"
    assert b"Sign in" in fetched()


def test_a_changed_profile_is_told(app: App, connect: Connect, sandbox: Sandbox) -> None:
    users: list[Json] = []
    heard = threading.Event()

    @app.event("user_change")
    def note(event: Json) -> None:
        users.append(event["user"])
        heard.set()

    connect(app)
    sandbox.changes_user("sam", deleted=True)
    assert heard.wait(3)
    assert (users[0]["id"], users[0]["deleted"]) == ("U0SAM", True)


def test_a_stranger_comes_with_another_team(
    got: list[Json], app: App, connect: Connect, client: WebClient, sandbox: Sandbox
) -> None:
    connect(app)
    blocks = [actions(button("Approve", "approve"))]
    client.chat_postMessage(channel="C0SHARED", text="Card", blocks=blocks, **QUIET)
    stranger = sandbox.person("stranger")
    assert stranger.clicks("Approve", in_=stranger.sees("#ext-globex")[-1]).ok
    assert got[0]["user"]["team_id"] == "T0PARTNER"


def test_bodies_are_json_that_can_be_stored(
    got: list[Json], app: App, connect: Connect, casey: Person, card: Json
) -> None:
    connect(app)
    casey.clicks("Approve", in_=card)
    assert json.loads(json.dumps(got[0])) == got[0]
