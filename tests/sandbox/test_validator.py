"""Each limit with a payload that just passes and one that just fails."""

import copy
from typing import Any

import pytest

from refbot.sandbox.shapes import Json
from refbot.sandbox.validator import problems
from tests.sandbox.conftest import actions, button, modal, section, text_input


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str = "A", value: str = "a", **more: Any) -> Json:
    return {"text": plain(text), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(str(n), str(n)) for n in range(count)]


def element(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": "a", **more}


def message(*blocks: Json, **more: Any) -> Json:
    return {"text": "Words", **({"blocks": list(blocks)} if blocks else {}), **more}


def input_with(inner: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Label"), "element": inner, **more}


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


def confirm(**lengths: int) -> Json:
    sizes = {"title": 5, "text": 5, "confirm": 5, "deny": 5, **lengths}
    return {key: plain("x" * size) for key, size in sizes.items()}


def divider(**more: Any) -> Json:
    return {"type": "divider", **more}


ROWS = [[{"type": "raw_text", "text": "x"}]]
PIE = {"type": "pie", "segments": [{"label": "Won", "value": 3}]}


def chart(**more: Any) -> Json:
    return {"type": "data_visualization", "title": "Gaps", "chart": PIE, **more}


def rich(*inline: Json) -> Json:
    part = {"type": "rich_text_section", "elements": list(inline)}
    return {"type": "rich_text", "elements": [part]}


# surface, what passes, what fails, a word of the sentence
LIMITS: list[tuple[str, Json, Json, str]] = [
    # message
    ("message", message(), {"text": " "}, "text: is missing"),
    ("message", message(section("x")), {"blocks": [section("x")]}, "text: is missing"),
    ("message", {"text": "x" * 4000}, {"text": "x" * 4001}, "at most 4000"),
    ("message", message(*[divider()] * 50), message(*[divider()] * 51), "51 items"),
    (
        "message",
        message(*[section("x" * 2600)] * 5),
        message(*[section("x" * 2601)] * 5),
        "13005 characters in all",
    ),
    ("message", message(divider(block_id="a" * 255)), message(divider(block_id="a" * 256)), "255"),
    (
        "message",
        message(divider(block_id="a"), divider(block_id="b")),
        message(divider(block_id="a"), divider(block_id="a")),
        "'a' occurs more than once",
    ),
    ("message", message(divider()), message({"type": "marquee"}), "no block we know"),
    ("message", message(divider()), message(divider(colour="red")), "colour is not known"),
    ("message", message(link_names=False), message(link_names=True), "link_names: must be false"),
    ("message", message(unfurl_links=False), message(unfurl_links=True), "unfurl_links"),
    ("post", message(unfurl_links=False, unfurl_media=False), message(), "unfurl_media"),
    ("message", message(), message(attachments=[{"text": "old"}]), "say it in blocks"),
    ("ack", message(response_type="in_channel"), message(response_type="all"), "response_type"),
    ("response_url", {"delete_original": True}, {"replace_original": True}, "text: is missing"),
    # metadata
    (
        "message",
        message(metadata={"event_type": "outbox", "event_payload": {"row": 1, "key": "a:b-1"}}),
        message(metadata={"event_type": "outbox", "event_payload": {"who": "Dana Smith"}}),
        "metadata.who: is no id",
    ),
    (
        "message",
        message(metadata={"event_type": "x", "event_payload": {"k": "a" * 100}}),
        message(metadata={"event_type": "x", "event_payload": {"mail": "d@acme.example"}}),
        "is no id",
    ),
    (
        "message",
        message(metadata={"event_type": "x", "event_payload": {}}),
        message(metadata={"event_type": "x"}),
        "needs event_type and event_payload",
    ),
    (
        "message",
        message(metadata={"event_type": "x", "event_payload": {str(n): 1 for n in range(300)}}),
        message(metadata={"event_type": "x", "event_payload": {str(n): 1 for n in range(500)}}),
        "more than 4000 bytes",
    ),
    (
        "update",
        message(metadata={"event_type": "x", "event_payload": {}}),
        message(metadata={"event_type": "x", "event_payload": "text"}),
        "must be an object",
    ),
    (
        "ephemeral",
        message(),
        message(metadata={"event_type": "x", "event_payload": {}}),
        "is not kept here",
    ),
    # text
    ("message", message(section("*a*")), message(section("")), "text is empty"),
    ("message", message(section("R&amp;D")), message(section("R&D")), "unescaped &"),
    ("message", message(section("&gt; 5")), message(section("5 < 6")), "unescaped <"),
    ("message", message(section("> quoted")), message(section("a > b")), "unescaped <"),
    ("message", message(section("<@U0RILEY>")), message(section("<!channel>")), "everybody"),
    ("message", message(section("<@U0RILEY>")), message(section("<!here|here>")), "everybody"),
    ("message", {"text": "@channel"}, {"text": "Hi <!everyone>"}, "everybody"),
    ("message", {"text": "a &amp; b"}, {"text": "a <b> c"}, "unescaped"),
    (
        "message",
        message(section("<!date^1700000000^{date_short_pretty} at {time}|soon>")),
        message(section("<!date^soon^{date}|soon>")),
        "unescaped",
    ),
    (
        "message",
        message(section("<https://a.example/x?y=1&amp;z=2|link>")),
        message(section("<javascript:alert(1)|link>")),
        "unescaped",
    ),
    (
        "message",
        message({"type": "header", "text": plain("שלום")}),
        message({"type": "header", "text": plain("a\u202eb")}),
        "direction characters",
    ),
    ("message", message(section("a\nb")), message(section("a\x07b")), "control"),
    (
        "message",
        message({"type": "section", "text": plain("a <b>")}),  # plain text needs no escapes
        message({"type": "section", "text": plain("<!channel>")}),
        "everybody",
    ),
    (
        "message",
        message({"type": "section", "text": {**plain("x"), "emoji": True}}),
        message({"type": "section", "text": {**mrkdwn("x"), "emoji": True}}),
        "emoji is not known",
    ),
    # blocks
    ("message", message(section("x" * 3000)), message(section("x" * 3001)), "at most 3000"),
    ("message", message(section("x")), message({"type": "section"}), "needs text or fields"),
    (
        "message",
        message({"type": "section", "fields": [mrkdwn("x" * 2000)]}),
        message({"type": "section", "fields": [mrkdwn("x" * 2001)]}),
        "at most 2000",
    ),
    (
        "message",
        message({"type": "section", "fields": [mrkdwn("x")] * 10}),
        message({"type": "section", "fields": [mrkdwn("x")] * 11}),
        "11 items",
    ),
    (
        "message",
        message({"type": "header", "text": plain("x" * 150)}),
        message({"type": "header", "text": plain("x" * 151)}),
        "at most 150",
    ),
    (
        "message",
        message({"type": "header", "text": plain("x")}),
        message({"type": "header", "text": mrkdwn("x")}),
        "'mrkdwn' is none of plain_text",
    ),
    (
        "message",
        message({"type": "context", "elements": [mrkdwn("x")] * 10}),
        message({"type": "context", "elements": [mrkdwn("x")] * 11}),
        "11 items",
    ),
    (
        "message",
        message(actions(*[{**button("x", str(n))} for n in range(25)])),
        message(actions(*[{**button("x", str(n))} for n in range(26)])),
        "26 items",
    ),
    (
        "message",
        message(actions(button("x", "a"), button("y", "b"))),
        message(actions(button("x", "a"), button("y", "a"))),
        "action_id: 'a' occurs more than once",
    ),
    (
        "message",
        message({"type": "image", "image_url": "https://a.example/x.png", "alt_text": "A chart"}),
        message({"type": "image", "image_url": "https://a.example/x.png"}),
        "alt_text is missing",
    ),
    (
        "message",
        message({"type": "table", "rows": ROWS * 100}),
        message({"type": "table", "rows": ROWS * 101}),
        "101 items",
    ),
    (
        "message",
        message({"type": "table", "rows": ROWS}),
        message({"type": "table", "rows": ROWS}, {"type": "table", "rows": ROWS}),
        "at most 1",
    ),
    (
        "message",
        message({"type": "data_table", "caption": "Gaps", "rows": ROWS * 2}),
        message({"type": "data_table", "caption": "Gaps", "rows": [*ROWS, ROWS[0] * 2]}),
        "same number of cells",
    ),
    ("message", message(chart(), chart()), message(chart(), chart(), chart()), "at most 2"),
    ("message", message(chart(title="x" * 50)), message(chart(title="x" * 51)), "at most 50"),
    (
        "message",
        message(rich({"type": "text", "text": "x"}, {"type": "user", "user_id": "U0RILEY"})),
        message(rich({"type": "broadcast", "range": "here"})),
        "everybody",
    ),
    # elements
    (
        "message",
        message(actions(button("x" * 75, "a"))),
        message(actions(button("x" * 76, "a"))),
        "75",
    ),
    (
        "message",
        message(actions(button("x", "a", "v" * 2000))),
        message(actions(button("x", "a", "v" * 2001))),
        "at most 2000",
    ),
    (
        "message",
        message(actions(button("x", "a" * 255))),
        message(actions(button("x", "a" * 256))),
        "at most 255",
    ),
    (
        "message",
        message(actions({**button("x", "a"), "style": "primary"})),
        message(actions({**button("x", "a"), "style": "big"})),
        "'big' is none of",
    ),
    (
        "message",
        message(actions(button("x", "a"))),
        message(actions(element("dial"))),
        "no element",
    ),
    (
        "message",
        message(actions({**button("x", "a"), "confirm": confirm(title=100, text=300)})),
        message(actions({**button("x", "a"), "confirm": confirm(title=101)})),
        "at most 100",
    ),
    (
        "message",
        message(actions({**button("x", "a"), "confirm": confirm(confirm=30, deny=30)})),
        message(actions({**button("x", "a"), "confirm": confirm(deny=31)})),
        "at most 30",
    ),
    (
        "message",
        message(actions(element("static_select", options=options(100)))),
        message(actions(element("static_select", options=options(101)))),
        "101 items",
    ),
    (
        "message",
        message(actions(element("static_select", options=options(1)))),
        message(actions(element("static_select", options=[]))),
        "0 items",
    ),
    (
        "message",
        message(
            actions(element("static_select", options=[option()], placeholder=plain("x" * 150)))
        ),
        message(
            actions(element("static_select", options=[option()], placeholder=plain("x" * 151)))
        ),
        "at most 150",
    ),
    (
        "message",
        message(actions(element("static_select", options=[option("x" * 75, "v" * 150)]))),
        message(actions(element("static_select", options=[option("x", "v" * 151)]))),
        "at most 150",
    ),
    (
        "message",
        message(actions(element("static_select", options=[option(description=plain("d" * 75))]))),
        message(actions(element("static_select", options=[option(description=plain("d" * 76))]))),
        "at most 75",
    ),
    (
        "message",
        message(actions(element("static_select", options=[option()], initial_option=option()))),
        message(actions(element("static_select", options=[option()], initial_option=option("B")))),
        "none of the options",
    ),
    (
        "message",
        message(actions(element("static_select", options=[option("A", "a"), option("B", "b")]))),
        message(actions(element("static_select", options=[option("A", "a"), option("B", "a")]))),
        "'a' occurs more than once",
    ),
    (
        "message",
        message(actions(element("overflow", options=options(5)))),
        message(actions(element("overflow", options=options(6)))),
        "6 items",
    ),
    (
        "message",
        message(actions(element("radio_buttons", options=options(10)))),
        message(actions(element("checkboxes", options=options(11)))),
        "11 items",
    ),
    (
        "message",
        message(actions(element("datepicker", initial_date="2026-02-28"))),
        message(actions(element("datepicker", initial_date="28.2.2026"))),
        "has not the form",
    ),
    (
        "message",
        message({**section("x"), "accessory": element("multi_users_select")}),
        message(actions(element("multi_users_select"))),
        "may not stand in actions",
    ),
    # views
    ("modal", modal(*[divider()] * 100), modal(*[divider()] * 101), "101 items"),
    ("modal", modal(divider()), modal(divider(), title=plain("x" * 25)), "at most 24"),
    ("modal", modal(divider(), title=plain("x" * 24)), modal(divider(), title=None), "title"),
    (
        "modal",
        modal(divider(), close=plain("x" * 24)),
        modal(divider(), close=plain("x" * 25)),
        "24",
    ),
    ("modal", modal(text_input("a", "A")), modal(text_input("a", "A"), submit=None), "submit"),
    (
        "modal",
        modal(divider(), private_metadata="x" * 3000),
        modal(divider(), private_metadata="x" * 3001),
        "at most 3000",
    ),
    (
        "modal",
        modal(divider(), private_metadata='{"request_id": 7}'),
        modal(divider(), private_metadata="dana@acme.example"),
        "ids only",
    ),
    (
        "modal",
        modal(divider(), callback_id="x" * 255),
        modal(divider(), callback_id="x" * 256),
        "at most 255",
    ),
    ("modal", modal(divider()), modal(divider(), id="V0"), "id is not known"),
    ("modal", modal(divider()), home(divider()), "'home' is none of modal"),
    (
        "modal",
        modal(*[section("x" * 2300)] * 100),
        modal(*[section("x" * 2600)] * 100),
        "more than 250000 bytes",
    ),
    (
        "modal",
        modal(text_input("a", "A", max_length=3000, initial_value="x" * 3000)),
        modal(text_input("a", "A", max_length=10, initial_value="x" * 11)),
        "at most 10",
    ),
    (
        "modal",
        modal(text_input("a", "A", initial_value="<!channel>")),  # what somebody typed is no text
        modal(text_input("a", "A", placeholder=plain("<!channel>"))),
        "everybody",
    ),
    (
        "modal",
        modal(input_with(element("number_input", is_decimal_allowed=False))),
        modal(input_with(element("number_input"))),
        "is_decimal_allowed",
    ),
    (
        "modal",
        modal(input_with(element("plain_text_input", focus_on_load=True))),
        modal(*[input_with(element("plain_text_input", focus_on_load=True))] * 2),
        "focus_on_load",
    ),
    (
        "modal",
        modal({"type": "alert", "text": mrkdwn("x")}),
        modal({"type": "table", "rows": ROWS}),
        "table may not",
    ),
    ("modal", modal(divider()), modal({"type": "markdown", "text": "x"}), "markdown may not"),
    ("modal", modal(divider()), modal(chart()), "data_visualization may not"),
    ("home", home(divider()), home({"type": "alert", "text": mrkdwn("x")}), "alert may not"),
    ("home", home(chart()), home({"type": "table", "rows": ROWS}), "table may not"),
    ("home", home(divider()), home({"type": "markdown", "text": "x"}), "markdown may not"),
    ("home", home(divider()), home(divider(), title=plain("x")), "title is not known"),
    (
        "home",
        home(input_with(element("plain_text_input"))),
        home(input_with(element("file_input"))),
        "stands in modals only",
    ),
    (
        "message",
        message({"type": "markdown", "text": "x"}),
        message(input_with(element("number_input", is_decimal_allowed=True))),
        "modals only",
    ),
    # answers
    ("options", {"options": options(100)}, {"options": options(101)}, "101 items"),
    ("options", {"options": []}, {}, "needs either"),
    (
        "options",
        {"option_groups": [{"label": plain("G"), "options": options(2)}]},
        {"option_groups": [{"label": plain("x" * 76), "options": options(2)}]},
        "at most 75",
    ),
    ("submission", {}, {"response_action": "close"}, "'close' is none of"),
    (
        "submission",
        {"response_action": "errors", "errors": {"why": "Say more."}},
        {"response_action": "errors", "errors": {}},
        "needs a sentence",
    ),
    (
        "submission",
        {"response_action": "update", "view": modal(divider())},
        {"response_action": "update", "view": modal(*[divider()] * 101)},
        "101 items",
    ),
]


@pytest.mark.parametrize(("surface", "good", "bad", "word"), LIMITS)
def test_what_just_fits_passes_and_what_is_just_over_fails(
    surface: str, good: Json, bad: Json, word: str
) -> None:
    assert problems(surface, without_none(good)) == []
    found = problems(surface, without_none(bad))
    assert any(word in sentence for sentence in found), found


def without_none(payload: Json) -> Json:
    return {key: value for key, value in copy.deepcopy(payload).items() if value is not None}


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        "text",
        {"text": 5},
        {"text": "x", "blocks": "no list"},
        {"text": "x", "blocks": [None, 3, "x", {}, {"type": "section", "text": "bare"}]},
        {"text": "x", "blocks": [{"type": "actions", "elements": [None, {}, {"type": "button"}]}]},
        {"text": "x", "metadata": "ids"},
        {"text": "x", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": None}}]},
    ],
)
@pytest.mark.parametrize("surface", ["post", "message", "modal", "home", "options", "submission"])
def test_nonsense_is_refused_and_never_breaks_the_check(surface: str, payload: Any) -> None:
    assert problems(surface, payload) != []


def test_an_unknown_surface_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="billboard"):
        problems("billboard", {})
