import json
import threading
import urllib.error
import urllib.request
from datetime import datetime, timedelta

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient
from websockets.sync.client import connect as connect_socket

from refbot.sandbox import Sandbox
from refbot.sandbox.shapes import Json
from tests.sandbox.conftest import QUIET, Connect, actions, button, modal, text_input

RILEY, CASEY = "U0RILEY", "U0CASEY"


class Page:
    """The page's side of the contract."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._base = f"{sandbox.url}page/api"

    def get(self, path: str, **query: object) -> Json:
        asked = "&".join(f"{key}={value}" for key, value in query.items())
        return self._fetched(urllib.request.Request(f"{self._base}{path}?{asked}"))  # noqa: S310

    def post(self, path: str, **body: object) -> Json:
        written = json.dumps(body).encode()
        return self._fetched(urllib.request.Request(f"{self._base}{path}", written))  # noqa: S310

    def act(self, who: str, kind: str, **more: object) -> Json:
        return self.post("/act", **{"as": who, "kind": kind, **more})

    def _fetched(self, request: urllib.request.Request) -> Json:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            fetched: Json = json.load(answer)
            return fetched


@pytest.fixture
def page(sandbox: Sandbox) -> Page:
    return Page(sandbox)


def test_the_state_shows_the_workspace_through_one_pair_of_eyes(page: Page) -> None:
    state = page.get("/state", **{"as": RILEY})
    assert state["me"]["real_name"] == "Riley Park"
    kinds = {channel["name"]: channel["kind"] for channel in state["channels"]}
    assert kinds == {
        "general": "public",
        "sales": "public",
        "ext-globex": "shared",
        "RefBot": "dm",
    }
    assert state["bot"]["connected"] is False
    assert state["bot"]["commands"][0]["command"] == "/reference"
    assert state["clock"]["skipping"] is False
    assert (state["faults"]["drop_after"], state["mail_unread"]) == (False, 0)
    guests = [person["id"] for person in state["people"] if person["is_guest"]]
    assert guests == ["U0GINA"]


def test_messages_are_typed_read_and_counted(page: Page) -> None:
    assert page.act(RILEY, "message", channel="C0SALES", text="Anyone got a <bank>?")["ok"]
    (message,) = page.get("/messages", **{"as": RILEY, "channel": "C0SALES"})["messages"]
    assert (message["username"], message["text"]) == ("Riley Park", "Anyone got a &lt;bank&gt;?")
    assert datetime.fromisoformat(message["when"]).tzinfo is not None
    assert unread(page, "U0REX") == 1
    page.act("U0REX", "read", channel="C0SALES")
    assert unread(page, "U0REX") == 0


def unread(page: Page, who: str) -> int:
    channels = page.get("/state", **{"as": who})["channels"]
    return next(int(c["unread"]) for c in channels if c["id"] == "C0SALES")


def test_a_thread_is_opened_by_its_parent(page: Page) -> None:
    page.act(RILEY, "message", channel="C0SALES", text="Question")
    (parent,) = page.get("/messages", **{"as": RILEY, "channel": "C0SALES"})["messages"]
    page.act("U0REX", "message", channel="C0SALES", text="Answer", thread_ts=parent["ts"])
    where = {"as": RILEY, "channel": "C0SALES", "ts": parent["ts"]}
    assert [m["text"] for m in page.get("/thread", **where)["messages"]] == ["Question", "Answer"]
    (parent,) = page.get("/messages", **{"as": RILEY, "channel": "C0SALES"})["messages"]
    assert parent["reply_count"] == 1


def test_a_story_by_the_page(page: Page, app: App, connect: Connect) -> None:
    """Command, button, form with an error, submission: as the browser does it."""

    @app.command("/reference")
    def answer(ack: Ack) -> None:
        ack(text="One found", blocks=[actions(button("Request", "request", "7"))])

    @app.action("request")
    def open_form(ack: Ack, body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("why", "Why")))
        ack()

    @app.view("form")
    def take(ack: Ack, body: Json, client: WebClient) -> None:
        why = body["view"]["state"]["values"]["why"]["typed"]["value"]
        if why == "no":
            ack(response_action="errors", errors={"why": "Say more."})
            return
        client.chat_postMessage(channel="C0PROGRAM", text=f"Asked: {why}", **QUIET)
        ack()

    connect(app)
    assert page.act(RILEY, "message", channel="C0SALES", text="/reference bank")["ok"]
    (shown,) = page.get("/messages", **{"as": RILEY, "channel": "C0SALES"})["messages"]
    assert shown["is_ephemeral"]
    container = {"type": "message", "channel": "C0SALES", "ts": shown["ts"]}
    action = {"type": "button", "action_id": "request", "block_id": "acts"}
    assert page.act(RILEY, "block_action", container=container, action=action)["ack_ms"] > 0
    (view,) = page.get("/view", **{"as": RILEY})["stack"]
    submit = {"view_id": view["id"]}
    empty = page.act(RILEY, "submit", **submit, values={})
    assert empty["errors"] == {"why": "Please complete this required field."}
    assert page.act(RILEY, "submit", **submit, values=typed("no"))["errors"] == {"why": "Say more."}
    assert page.act(RILEY, "submit", **submit, values=typed("deal"))["ok"]
    assert page.get("/view", **{"as": RILEY})["stack"] == []
    (card,) = page.get("/messages", **{"as": CASEY, "channel": "C0PROGRAM"})["messages"]
    assert (card["text"], card["username"]) == ("Asked: deal", "RefBot")


def typed(words: str) -> Json:
    return {"why": {"typed": {"type": "plain_text_input", "value": words}}}


def test_a_form_turns_its_button_until_the_bot_has_answered(
    page: Page, app: App, connect: Connect
) -> None:
    seen: list[bool] = []
    view = modal(text_input("why", "Why", initial_value="deal"))

    @app.shortcut("request_reference")
    def open_form(ack: Ack, body: Json, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    @app.view("form")
    def look(ack: Ack) -> None:
        seen.append(page.get("/view", **{"as": RILEY})["stack"][0]["loading"])
        ack(response_action="update", view=view)

    connect(app)
    page.act(RILEY, "shortcut", callback_id="request_reference")
    (shown,) = page.get("/view", **{"as": RILEY})["stack"]
    assert page.act(RILEY, "submit", view_id=shown["id"])["ok"]
    assert seen == [True]
    assert "loading" not in page.get("/view", **{"as": RILEY})["stack"][0]


def test_a_failed_command_is_told_in_slacks_words(page: Page) -> None:
    answer = page.act(RILEY, "message", channel="C0SALES", text="/reference bank")
    assert answer == {
        "ok": False,
        "error": "dispatch_failed",
        "message": '/reference failed with the error "dispatch_failed"',
    }


def test_an_act_that_lacks_something_is_a_bad_request(page: Page) -> None:
    with pytest.raises(urllib.error.HTTPError, match="400"):
        page.post("/act", kind="message")
    assert page.act(RILEY, "dance")["error"] == "unknown_act"


def test_skipping_walks_the_clock_and_says_when_it_is_done(page: Page, sandbox: Sandbox) -> None:
    may_end, targets = threading.Event(), []
    before = sandbox.clock.now()

    def walk(target: datetime) -> None:
        targets.append(target)
        may_end.wait(3)
        sandbox.clock.skip_to(target)

    sandbox.on_skip = walk
    page.post("/clock", skip="day")
    assert page.get("/state", **{"as": RILEY})["clock"]["skipping"] is True
    may_end.set()
    assert sandbox.until(lambda: not page.get("/state", **{"as": RILEY})["clock"]["skipping"])
    assert targets[0] - before >= timedelta(days=1)
    assert sandbox.clock.now() - before >= timedelta(days=1)


def test_a_skip_that_fails_ends_all_the_same(page: Page, sandbox: Sandbox) -> None:
    def fail(_target: datetime) -> None:
        raise RuntimeError

    sandbox.on_skip = fail
    page.post("/clock", skip="hour")
    assert sandbox.until(lambda: not page.get("/state", **{"as": RILEY})["clock"]["skipping"])


def test_faults_are_switched_from_the_page(page: Page, sandbox: Sandbox) -> None:
    page.post("/faults", rate_limited=True)
    assert page.get("/state", **{"as": RILEY})["faults"]["rate_limited"] is True
    page.post("/faults", rate_limited=False)
    assert not any(sandbox.faults.switched_on().values())


def test_the_log_is_read_from_where_one_left_off(page: Page, client: WebClient) -> None:
    client.auth_test()
    entries = page.get("/traffic", after=0)["entries"]
    assert (entries[-1]["what"], entries[-1]["ok"]) == ("auth.test", True)
    assert page.get("/traffic", after=entries[-1]["n"])["entries"] == []


def test_the_page_is_told_what_changed(page: Page, sandbox: Sandbox, client: WebClient) -> None:
    address = sandbox.url.replace("http", "ws") + f"page/ws?as={CASEY}"
    with connect_socket(address) as socket:
        client.chat_postMessage(channel="C0PROGRAM", text="Card", **QUIET)
        told: set[str] = set()
        while not {"messages:C0PROGRAM", "state", "traffic"} <= told:
            told |= set(json.loads(socket.recv(timeout=3))["what"])
        home = {"type": "home", "blocks": [{"type": "divider"}]}
        client.views_publish(user_id=RILEY, view=home)  # nothing to Casey
        client.chat_postMessage(channel="C0GENERAL", text="After it", **QUIET)
        while "messages:C0GENERAL" not in told:
            told |= set(json.loads(socket.recv(timeout=3))["what"])
        assert "home" not in told
        client.views_publish(user_id=CASEY, view=home)
        while "home" not in told:
            told |= set(json.loads(socket.recv(timeout=3))["what"])
    assert page.get("/home", **{"as": CASEY})["view"]["type"] == "home"


def test_the_page_itself_is_served(sandbox: Sandbox) -> None:
    with urllib.request.urlopen(sandbox.url) as answer:  # noqa: S310
        assert b"<title>RefBot sandbox" in answer.read()


def test_another_hosts_name_is_refused(sandbox: Sandbox) -> None:
    request = urllib.request.Request(sandbox.url, headers={"Host": "evil.example"})  # noqa: S310
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(request)  # noqa: S310
