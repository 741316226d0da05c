"""Draws the lifecycles of docs/architecture.md from the tables; `make lifecycles` runs it."""

from collections import defaultdict
from enum import StrEnum
from pathlib import Path

from refbot.lifecycle import ENGAGEMENT_MOVES, REFERENCE_MOVES, REQUEST_MOVES, Table

PAGE = Path(__file__).parent / "architecture.md"
BEGIN, END = "<!-- lifecycles -->", "<!-- /lifecycles -->"


def pictures() -> str:
    """Give the three pictures as Mermaid state diagrams."""
    return "\n".join(
        [
            _picture("Reference", REFERENCE_MOVES, "nominated"),
            _picture("Request", REQUEST_MOVES, "open"),
            _picture("Engagement", ENGAGEMENT_MOVES, "proposed"),
        ]
    )


def page_with(drawn: str) -> str:
    """Give the page with these pictures in the place of the old."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{drawn}\n{END}{after}"


def _picture(name: str, table: Table[StrEnum, StrEnum], first: str) -> str:
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (start, action), move in table.items():
        who = ", ".join(sorted(role.value for role in move.by))
        arrows[start.value, move.to.value].append(f"{action.value} ({who})")
    lines = [f"    {a} --> {b}: {' / '.join(labels)}" for (a, b), labels in arrows.items()]
    head = ["", f"### {name}", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {first}"]
    return "\n".join([*head, *lines, "```"])


if __name__ == "__main__":
    PAGE.write_text(page_with(pictures()), encoding="utf-8")
