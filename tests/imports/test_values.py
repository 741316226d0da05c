"""Dates, numbers and texts as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refbot.imports import dates, numbers
from refbot.imports.cells import BadCell, email_of, items_of, separators_in, text_of, yes_or_no
from refbot.imports.dates import Order
from refbot.imports.numbers import NumberStyle

DAY, MONTH = Order.DAY_FIRST, Order.MONTH_FIRST


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2024-05-31", MONTH, date(2024, 5, 31)),
        ("2024/5/31", DAY, date(2024, 5, 31)),
        ("2024-05-31T10:00:00Z", DAY, date(2024, 5, 31)),
        ("2024-05-31 10:00", DAY, date(2024, 5, 31)),
        ("3/4/2024", MONTH, date(2024, 3, 4)),
        ("3/4/2024", DAY, date(2024, 4, 3)),
        ("31/12/2024", MONTH, date(2024, 12, 31)),  # no month 31, whatever the column says
        ("12/31/2024", DAY, date(2024, 12, 31)),
        ("31.12.24", DAY, date(2024, 12, 31)),
        ("1.2.99", DAY, date(1999, 2, 1)),
        ("20240531", DAY, date(2024, 5, 31)),
        ("45444", DAY, date(2024, 6, 1)),  # as Excel counts
        ("1 March 2022", DAY, date(2022, 3, 1)),
        ("March 1st, 2022", DAY, date(2022, 3, 1)),
        ("1. März 2022", DAY, date(2022, 3, 1)),
        ("15 de marzo de 2022", DAY, date(2022, 3, 15)),
        ("Sept. 2022", DAY, date(2022, 9, 1)),
    ],
)
def test_a_date_is_read_in_its_columns_order(text: str, order: Order, expected: date) -> None:
    read = dates.day_of(text, order, name="Live since")
    assert read.date == expected


@pytest.mark.parametrize("text", ["Feb 2022", "2022-02", "02/2022", "Q1 2022", "2022"])
def test_a_month_a_quarter_or_a_year_gives_its_first_day_and_says_so(text: str) -> None:
    day = dates.day_of(text, DAY, name="Live since")
    assert day.date in {date(2022, 2, 1), date(2022, 1, 1)}
    assert not day.is_exact


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2022-13-45", "is not a date"),
        ("soon", "is not a date; write it like 2024-05-31"),
        ("3/1/20223", "has the year 20223; correct the year"),
        ("20223-01-01", "is not a date"),
        ("0022-01-01", "has the year 22"),
    ],
)
def test_an_impossible_date_is_told_with_its_column(text: str, sentence: str) -> None:
    with pytest.raises(BadCell, match=sentence) as told:
        dates.day_of(text, MONTH, name="Live since")
    assert "Live since" in str(told.value)


def test_the_order_of_day_and_month_is_told_by_the_whole_column() -> None:
    assert dates.order_of(["3/4/2024", "", "31/12/2024"]) is DAY
    assert dates.order_of(["3/4/2024", "12/31/2024"]) is MONTH
    assert dates.order_of(["3/4/2024", "2024-12-31"]) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14,200", 14_200), ("1.100,04", 1_100.04), ("1,100.04", 1_100.04), ("1100.04", 1_100.04),
        ("1.100", 1_100), ("1.234.567", 1_234_567), ("1'100", 1_100), ("1 100", 1_100),
        ("5k+", 5_000), ("1.5k", 1_500), ("$2.3M", 2_300_000), ("€ 1,2 Mio.", 1_200_000),
        ("USD 3bn", 3_000_000_000), ("~250", 250), (">1,000", 1_000), ("1,001-5,000", 1_001),
        ("(250)", -250), ("-3", -3), (12, 12), (12.5, 12.5),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(text: str, expected: float) -> None:
    assert numbers.number_of(text, NumberStyle(None), name="Employees") == pytest.approx(expected)


def test_a_column_tells_its_decimal_sign() -> None:
    style = numbers.style_of("Amount", ["1,5", "2,250", "3,75"], is_money=False)
    assert numbers.number_of("2,250", style, name="x") == pytest.approx(2.25)


def test_revenues_too_small_for_money_are_millions() -> None:
    style = numbers.style_of("revenue", ["1100.04", "251.41"], is_money=True)
    assert numbers.whole_number("1100.04", style, name="revenue") == 1_100_040_000
    assert style.is_guessed
    said = numbers.style_of("Revenue (USD m)", ["1100.04"], is_money=True)
    assert (said.unit, said.is_guessed) == (1_000_000, False)
    assert numbers.style_of("revenue", ["1,100,040,000"], is_money=True).unit == 1


@pytest.mark.parametrize("text", ["many", "12 apples", "1-2-3", "=SUM(A1)", "1e5"])
def test_what_is_no_number_is_told(text: str) -> None:
    with pytest.raises(BadCell, match="is not a number; write it like 1250"):
        numbers.number_of(text, NumberStyle(None), name="Employees")


def test_a_count_keeps_its_bounds() -> None:
    with pytest.raises(BadCell, match="Employees is -5; it cannot be less than 0"):
        numbers.whole_number("-5", NumberStyle(None), name="Employees")
    with pytest.raises(BadCell, match="cannot be more than"):
        numbers.whole_number("9999999999999", NumberStyle(None), name="Employees")


def cleaned(text: str, longest: int = 200) -> tuple[str | None, list[str]]:
    warnings: list[str] = []
    return text_of(text, warnings, name="Title", longest=longest), warnings


@pytest.mark.parametrize(
    ("text", "expected", "warning"),
    [
        ("  CFO ", "CFO", None),
        ("n/a", None, None),
        ("-", None, None),
        ("C\x00FO", "CFO", "invisible control characters"),
        ("\u202eCFO\u202c", "CFO", "invisible control characters"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)", "looks like a formula"),
        ("+cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "looks like a formula"),
        ("+49 30 1234", "+49 30 1234", None),
        ("- keep it short", "- keep it short", None),
        ("<!channel> hi", "<!channel> hi", "calls nobody"),
        ("#REF!", None, "spreadsheet error"),
        ("👩‍🔬 Rosa", "👩‍🔬 Rosa", None),
    ],
)
def test_odd_text_is_made_harmless_and_said_so(
    text: str, expected: str | None, warning: str | None
) -> None:
    found, warnings = cleaned(text)
    assert found == expected
    assert (warning is None) == (not warnings)
    assert warning is None or warning in warnings[0]


def test_too_long_a_text_is_told_with_its_length() -> None:
    with pytest.raises(BadCell, match="Title is 201 characters long; shorten it to 200"):
        cleaned("x" * 201)


@pytest.mark.parametrize(
    "text", ["dana@x", "dana", "a@b@c.de", "dana @x.de", "d@x..de", "d,e@x.de"]
)
def test_a_wrong_email_is_told(text: str) -> None:
    with pytest.raises(BadCell, match="is not an e-mail address"):
        email_of(text, name="E-Mail")


def test_an_email_is_found_in_its_usual_wrappings() -> None:
    assert email_of("Dana Fox <Dana.Fox@Example.com>", name="x") == "dana.fox@example.com"
    assert email_of("mailto:dana@example.com", name="x") == "dana@example.com"


def test_lists_split_at_commas_only_without_semicolons() -> None:
    assert items_of("SAP; Paris, Texas; SAP", separators_in("a;b")) == ["SAP", "Paris, Texas"]
    assert items_of("SAP, AWS", separators_in("SAP, AWS")) == ["SAP", "AWS"]


def test_ticks_are_read_in_several_spellings() -> None:
    assert [yes_or_no(word, name="x") for word in ("Yes", "x", "0", "nein")] == [
        True,
        True,
        False,
        False,
    ]
    with pytest.raises(BadCell, match="neither yes nor no"):
        yes_or_no("maybe", name="May be named")


@given(st.text(max_size=300))
def test_no_text_breaks_a_reader(text: str) -> None:
    for read in (
        lambda: cleaned(text),
        lambda: dates.day_of(text, DAY, name="x"),
        lambda: numbers.number_of(text, NumberStyle(None), name="x"),
        lambda: email_of(text, name="x"),
    ):
        try:
            read()
        except BadCell as told:
            assert str(told)  # noqa: PT017 - nothing else may come out
