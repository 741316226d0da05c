"""Tables and charts."""

from collections.abc import Collection
from typing import Any

from refbot.sandbox.shapes import Json
from refbot.sandbox.validator.report import Report
from refbot.sandbox.validator.rich import check_rich_text

MOST_ROWS = 100
MOST_COLUMNS = 20
MOST_CELL_TEXT = 10_000  # over all cells of one data table
MOST_PAGE = 100
MOST_CHART_TITLE = 50
MOST_SERIES = 6


def check_table(report: Report, where: str, block: Json) -> None:
    """A table: 100 rows of 20 cells."""
    for n, row in enumerate(report.count(f"{where}.rows", block.get("rows"), MOST_ROWS)):
        _check_row(report, f"{where}.rows[{n}]", row, {"raw_text", "rich_text"})
    settings = block.get("column_settings", [])
    report.count(f"{where}.column_settings", settings, MOST_COLUMNS, least=0)


def _check_row(report: Report, where: str, row: Any, allowed: Collection[str]) -> None:
    for n, cell in enumerate(report.count(where, row, MOST_COLUMNS)):
        at = f"{where}[{n}]"
        if not report.require(at, cell, ("type",)):
            continue
        report.one_of(f"{at}.type", cell["type"], allowed)
        if cell["type"] == "rich_text":
            check_rich_text(report, at, cell)
        elif cell["type"] == "raw_text" and not cell.get("text"):
            report.add(at, "text is empty")


def check_data_table(report: Report, where: str, block: Json) -> None:
    """A data table: a caption, a header and 1 to 100 rows of the same length."""
    report.require(where, block, ("caption",))
    rows = report.count(f"{where}.rows", block.get("rows"), MOST_ROWS + 1, least=2)
    for n, row in enumerate(rows):
        cells = {"raw_text", "raw_number"} | ({"rich_text"} if n else set())
        _check_row(report, f"{where}.rows[{n}]", row, cells)
    lists = [row for row in rows if isinstance(row, list)]
    if len({len(row) for row in lists}) > 1:
        report.add(f"{where}.rows", "have not all the same number of cells")
    if sum(len(str(cell.get("text", ""))) for row in lists for cell in row) > MOST_CELL_TEXT:
        report.add(f"{where}.rows", f"more than {MOST_CELL_TEXT} characters")
    if not 1 <= block.get("page_size", 1) <= MOST_PAGE:
        report.add(f"{where}.page_size", f"from 1 to {MOST_PAGE}")


def check_chart(report: Report, where: str, block: Json) -> None:
    """A chart: pie, bar, area or line, of at most six series."""
    report.length(f"{where}.title", block.get("title"), MOST_CHART_TITLE)
    chart = block.get("chart")
    if not report.require(f"{where}.chart", chart, ("type",)) or not isinstance(chart, dict):
        return
    report.one_of(f"{where}.chart.type", chart["type"], {"pie", "bar", "area", "line"})
    parts = "segments" if chart["type"] == "pie" else "series"
    report.count(f"{where}.chart.{parts}", chart.get(parts), MOST_SERIES)
