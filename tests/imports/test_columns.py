"""A table's kind and columns, read from the header as people spell it."""

import pytest

from refbot.imports.columns import column_letter, heading_of
from refbot.imports.fields import Field
from refbot.imports.files import tables_in
from refbot.imports.reports import FileProblem, Kind
from tests.imports.conftest import DATA


def heading(text: str) -> tuple[Kind, dict[str, str]]:
    found = heading_of(tables_in("sheet.csv", text.encode())[0])
    return found.kind, {
        field.name: found.headers[column] for field, column in found.columns.items()
    }


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Company,Sector,Headcount", Kind.ACCOUNTS),
        ("Name,Industry,Country", Kind.ACCOUNTS),
        ("Account Name,Billing Country,Account Owner,Annual Revenue", Kind.ACCOUNTS),
        ("Customer,Contact,E-Mail,Job title", Kind.REFERENCES),
        ("First Name,Last Name,Title,Account Name,Email", Kind.REFERENCES),
        ("product,series,sales_price", Kind.PRODUCTS),
        ("sales_agent,manager,regional_office", Kind.PEOPLE),
        ("Name,Email,Team", Kind.PEOPLE),
        (
            "Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Account Name",
            Kind.OPPORTUNITIES,
        ),
        ("facet,value,aliases", Kind.VOCABULARY),
    ],
)
def test_a_kind_is_recognised_by_its_columns(header: str, kind: Kind) -> None:
    assert heading(header + "\n" + "x," * header.count(",") + "x\n")[0] is kind


def test_columns_are_found_in_any_order_and_spelling() -> None:
    kind, columns = heading(
        "ACTIVITIES-WILLING,e mail, Live Since ,Custmers Name,Customer,sector\n"
    )
    assert kind is Kind.REFERENCES
    assert columns == {
        "ACTIVITIES": "ACTIVITIES-WILLING", "EMAIL": "e mail", "LIVE_SINCE": "Live Since",
        "ACCOUNT": "Customer", "INDUSTRY": "sector",
    }  # fmt: skip


def test_a_slip_in_a_long_header_is_forgiven() -> None:
    assert (
        heading("Account,Contact name,Activties willing\n")[1]["ACTIVITIES"] == "Activties willing"
    )


def test_a_title_above_the_table_is_passed_over() -> None:
    found = heading_of(
        tables_in("s.csv", b"References Q4;;\n;;\nAccount;Name;Email\nA;B;c@d.ee\n")[0]
    )
    assert (found.kind, found.line) == (Kind.REFERENCES, 3)


def test_a_doubled_column_is_refused_with_its_letters() -> None:
    with pytest.raises(FileProblem, match=r"'Email' more than once \(columns C, D\)"):
        heading("Account,Name,Email,E-mail\n")


def test_a_doubled_column_of_no_meaning_is_no_matter() -> None:
    assert heading("Account,Name,Email,x,x\n")[0] is Kind.REFERENCES


def test_an_unknown_table_is_told_what_columns_each_kind_needs() -> None:
    with pytest.raises(FileProblem, match="accounts need Account and Industry"):
        heading("colour,weight\nred,3\n")


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("crm/accounts.csv", Kind.ACCOUNTS),
        ("crm/products.csv", Kind.PRODUCTS),
        ("crm/sales_teams.csv", Kind.PEOPLE),
        ("crm/sales_pipeline.csv", Kind.OPPORTUNITIES),
        ("matching/references.csv", Kind.REFERENCES),
        ("matching/vocabulary.csv", Kind.VOCABULARY),
    ],
)
def test_the_real_exports_are_recognised(file: str, kind: Kind) -> None:
    assert heading((DATA / file).read_text(encoding="utf-8"))[0] is kind


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    assert [column_letter(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_each_field_is_named_once_in_words() -> None:
    assert len({field.value for field in Field}) == len(Field)
