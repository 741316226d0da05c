"""Blocks: which there are, on which surface, and what each may hold."""

from collections.abc import Callable, Iterator
from typing import Any

from refbot.sandbox.elements import elements_of
from refbot.sandbox.shapes import Json
from refbot.sandbox.validator.elements import MOST_ID, check_element, check_image
from refbot.sandbox.validator.report import MESSAGE_SURFACES, Report, Surface
from refbot.sandbox.validator.rich import check_rich_text
from refbot.sandbox.validator.tables import check_chart, check_data_table, check_table
from refbot.sandbox.validator.texts import TextKind, check_object

MOST_HEADER = 150
MOST_SECTION = 3000
MOST_FIELDS = 10
MOST_FIELD = 2000
MOST_CONTEXT = 10
MOST_ACTIONS = 25
MOST_LABEL = 2000
MOST_MARKDOWN = 12_000
MOST_ALERT = 200
MOST_CHARTS = 2
VIEWS = frozenset({Surface.MODAL, Surface.HOME})
EVERYWHERE = MESSAGE_SURFACES | VIEWS
SURFACES = {
    "actions": EVERYWHERE,
    "context": EVERYWHERE,
    "divider": EVERYWHERE,
    "header": EVERYWHERE,
    "image": EVERYWHERE,
    "input": EVERYWHERE,
    "rich_text": EVERYWHERE,
    "section": EVERYWHERE,
    "alert": frozenset({Surface.MODAL}),
    "markdown": MESSAGE_SURFACES,
    "table": MESSAGE_SURFACES,
    "data_table": MESSAGE_SURFACES | {Surface.HOME},
    "data_visualization": MESSAGE_SURFACES | {Surface.HOME},
}
ONCE = {"table": 1, "data_visualization": MOST_CHARTS}
KEYS = {
    "actions": {"elements"},
    "alert": {"text", "level"},
    "context": {"elements"},
    "data_table": {"caption", "rows", "page_size", "row_header_column_index"},
    "data_visualization": {"title", "chart"},
    "divider": set[str](),
    "header": {"text"},
    "image": {"image_url", "slack_file", "alt_text", "title"},
    "input": {"label", "element", "hint", "optional", "dispatch_action"},
    "markdown": {"text"},
    "rich_text": {"elements"},
    "section": {"text", "fields", "accessory", "expand"},
    "table": {"rows", "column_settings"},
}


def check_blocks(report: Report, blocks: Any, *, most: int) -> None:
    """All blocks of a message or view, and what must hold among them."""
    items = report.count("blocks", blocks, most)
    for n, block in enumerate(items):
        _check_block(report, f"blocks[{n}]", block)
    known = [block for block in items if isinstance(block, dict)]
    report.unique("blocks: block_id", [str(b["block_id"]) for b in known if b.get("block_id")])
    for kind, allowed in ONCE.items():
        times = sum(block.get("type") == kind for block in known)
        if times > allowed:
            report.add("blocks", f"{times} blocks of type {kind}, at most {allowed}")
    focused = [e for _, e in elements_of(known) if isinstance(e, dict) and e.get("focus_on_load")]
    if len(focused) > 1:
        report.add("blocks", "focus_on_load stands at more than one element")


def _check_block(report: Report, where: str, block: Any) -> None:
    if not report.require(where, block, ("type",)):
        return
    kind = block["type"]
    if kind not in SURFACES:
        report.add(where, f"{kind!r} is no block we know")
        return
    if report.surface not in SURFACES[kind]:
        report.add(where, f"{kind} may not stand in {report.surface}")
    report.allow(where, block, KEYS[kind] | {"type", "block_id"})
    if "block_id" in block:
        report.length(f"{where}.block_id", block["block_id"], MOST_ID)
    CHECKS[kind](report, where, block)


def _check_section(report: Report, where: str, block: Json) -> None:
    if "text" not in block and "fields" not in block:
        report.add(where, "needs text or fields")
    if "text" in block:
        check_object(report, f"{where}.text", block["text"], most=MOST_SECTION)
    if "fields" in block:
        for n, text in enumerate(report.count(f"{where}.fields", block["fields"], MOST_FIELDS)):
            check_object(report, f"{where}.fields[{n}]", text, most=MOST_FIELD)
    if "accessory" in block:
        check_element(report, f"{where}.accessory", block["accessory"], place="accessory")


def _check_header(report: Report, where: str, block: Json) -> None:
    check_object(report, f"{where}.text", block.get("text"), most=MOST_HEADER, kind=TextKind.PLAIN)


def _check_context(report: Report, where: str, block: Json) -> None:
    for n, element in enumerate(
        report.count(f"{where}.elements", block.get("elements"), MOST_CONTEXT)
    ):
        at = f"{where}.elements[{n}]"
        if isinstance(element, dict) and element.get("type") == "image":
            check_image(report, at, element)
        else:
            check_object(report, at, element)


def _check_actions(report: Report, where: str, block: Json) -> None:
    elements = report.count(f"{where}.elements", block.get("elements"), MOST_ACTIONS)
    for n, element in enumerate(elements):
        check_element(report, f"{where}.elements[{n}]", element, place="actions")
    ids = [str(e["action_id"]) for e in elements if isinstance(e, dict) and e.get("action_id")]
    report.unique(f"{where}: action_id", ids)


def _check_input(report: Report, where: str, block: Json) -> None:
    check_object(report, f"{where}.label", block.get("label"), most=MOST_LABEL, kind=TextKind.PLAIN)
    if "hint" in block:
        check_object(report, f"{where}.hint", block["hint"], most=MOST_LABEL, kind=TextKind.PLAIN)
    check_element(report, f"{where}.element", block.get("element"), place="input")


def _check_image(report: Report, where: str, block: Json) -> None:
    check_image(report, where, block)
    if "title" in block:
        check_object(report, f"{where}.title", block["title"], most=MOST_LABEL, kind=TextKind.PLAIN)


def _check_alert(report: Report, where: str, block: Json) -> None:
    check_object(report, f"{where}.text", block.get("text"), most=MOST_ALERT)
    levels = {"default", "info", "warning", "error", "success"}
    report.one_of(f"{where}.level", block.get("level", "default"), levels)


def _check_markdown(report: Report, where: str, block: Json) -> None:
    report.length(f"{where}.text", block.get("text"), MOST_MARKDOWN)


def _check_divider(report: Report, where: str, block: Json) -> None:
    """A line is a line."""


CHECKS: dict[str, Callable[[Report, str, Json], None]] = {
    "actions": _check_actions,
    "alert": _check_alert,
    "context": _check_context,
    "data_table": check_data_table,
    "data_visualization": check_chart,
    "divider": _check_divider,
    "header": _check_header,
    "image": _check_image,
    "input": _check_input,
    "markdown": _check_markdown,
    "rich_text": check_rich_text,
    "section": _check_section,
    "table": check_table,
}


def texts_of(thing: Any) -> Iterator[str]:
    """Every text that a person can read in blocks, for their sum."""
    if isinstance(thing, list):
        for item in thing:
            yield from texts_of(item)
    if isinstance(thing, dict):
        for key, item in thing.items():
            if key == "text" and isinstance(item, str):
                yield item
            else:
                yield from texts_of(item)
