"""People who vouch, with the facts of their accounts repeated in every line."""

from datetime import date
from pathlib import Path

from sqlalchemy import select

from refbot.imports import Applying, Note
from refbot.lifecycle import ReferenceStatus
from refbot.matching.profile import Willingness
from refbot.storage import Database
from refbot.storage.accounts import Account
from refbot.storage.events import Event
from refbot.storage.references import Consent, Issue, Reference, Severity
from tests.imports.conftest import DATA, NOW, Import, Sheet

SHEET = "Account,Name,Email,Title,Status,Activities willing"
DANA = "Acme,Dana Fox,dana@acme.example.com,CFO,Active,Sales call"
LABELLED = (DATA / "matching" / "references.csv", DATA / "matching" / "vocabulary.csv")


def names(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Reference.name)))


def person(database: Database, name: str) -> dict[str, object]:
    with database.read() as session:
        found = session.scalars(select(Reference).where(Reference.name == name)).unique().one()
        return {
            "email": found.email,
            "title": found.title,
            "level": found.level,
            "function": found.function,
            "status": found.status,
            "health": found.health,
            "notes": found.notes,
            "last_used": found.last_used,
            "most_per_quarter": found.most_per_quarter,
            "account": found.account.name,
            "industry": found.account.industry,
            "employees": found.account.employees,
            "live": {p.product.name: p.live_since for p in found.account.products},
            "products": {p.product.name for p in found.products},
            "tags": {t.tag.name for t in found.tags},
            "languages": {spoken.language for spoken in found.languages},
            "willing": {w.activity: w.answer for w in found.willingness},
            "consents": [(c.granted_on, c.evidence) for c in found.consents],
        }


def reasons(notes: tuple[Note, ...]) -> str:
    return " | ".join(f"{note.line}: {note.reason}" for note in notes)


def test_the_companys_spreadsheet_is_taken_as_it_is(database: Database, imported: Import) -> None:
    words, sheet = imported(*LABELLED)
    assert (Path(words.file).name, words.created, words.rejected) == ("vocabulary.csv", 62, ())
    assert (Path(sheet.file).name, sheet.created, sheet.rejected) == ("references.csv", 150, ())
    assert person(database, "Renee Castellano") == {
        "email": "renee.castellano@northwind-health.example.com",
        "title": "CIO",
        "level": "c_level",
        "function": "it",
        "status": ReferenceStatus.NOMINATED,
        "health": "happy",
        "notes": "keep calls under 30 min",
        "last_used": date(2026, 4, 23),
        "most_per_quarter": None,
        "account": "Northwind Health",
        "industry": "hospitals_and_providers",
        "employees": 14_200,
        "live": {"Harbor EHR": date(2019, 4, 1), "Product A": date(2021, 9, 15)},
        "products": {"Product A"},
        "tags": {"single sign-on", "Azure"},
        "languages": {"en", "es"},
        "willing": dict.fromkeys(
            ["sales_call", "media_call", "speaking", "quote", "video"], Willingness.YES
        ),
        "consents": [(date(2026, 11, 22), "references.csv, line 4")],
    }
    assert person(database, "Dana Finney")["status"] is ReferenceStatus.COACHING
    assert person(database, "Joanne Barrera")["status"] is ReferenceStatus.OPTED_OUT
    assert person(database, "Joanne Barrera")["consents"] == []


def test_a_day_beats_the_month_that_another_line_gives(
    database: Database, imported: Import
) -> None:
    imported(*LABELLED)
    assert person(database, "Elena Boyd")["live"] == {"Harbor EHR": date(2022, 2, 14)}


def test_importing_again_changes_nothing(imported: Import) -> None:
    imported(*LABELLED)
    again = imported(*LABELLED)
    assert [(r.created, r.updated, r.unchanged) for r in again] == [(0, 0, 62), (0, 0, 150)]


def test_an_import_never_lifts_an_opt_out(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    imported(sheet("a.csv", f"{SHEET}\n{DANA.replace('Active', 'Opted out')}\n"))
    [report] = imported(sheet("b.csv", f"{SHEET}\n{DANA}\n"))
    assert report.unchanged == 1
    assert "Dana Fox has opted out; the line was not taken" in reasons(report.warnings)
    dana = person(database, "Dana Fox")
    assert dana["status"] is ReferenceStatus.OPTED_OUT
    assert dana["consents"] == []


def test_a_new_address_does_not_hide_an_opt_out(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    imported(sheet("a.csv", f"{SHEET}\n{DANA.replace('Active', 'Opted out')}\n"))
    imported(sheet("b.csv", f"{SHEET}\n{DANA.replace('dana@', 'd.fox@')}\n"))
    assert names(database) == ["Dana Fox"]
    assert person(database, "Dana Fox")["status"] is ReferenceStatus.OPTED_OUT


def test_an_opt_out_in_the_sheet_is_taken_and_audited(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    imported(sheet("a.csv", f"{SHEET}\n{DANA}\n"))
    [report] = imported(sheet("b.csv", f"{SHEET}\n{DANA.replace('Active', 'opted-out')}\n"))
    assert report.updated == 1
    with database.read() as session:
        event = session.scalars(select(Event).where(Event.what == "reference:opt_out")).one()
        assert (event.from_status, event.to_status) == ("active", "opted_out")
        assert event.reference_id == session.scalars(select(Reference.id)).one()


def test_an_opt_out_in_either_of_two_lines_counts(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    lines = f"{SHEET}\n{DANA}\n{DANA.replace('Active', 'Opted out')}\n"
    imported(sheet("a.csv", lines), applying=Applying.SKIP_BAD_ROWS)
    assert person(database, "Dana Fox")["status"] is ReferenceStatus.OPTED_OUT


def test_a_status_on_record_stands_against_the_sheet(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    imported(sheet("a.csv", f"{SHEET}\n{DANA.replace('Active', 'Paused')}\n"))
    [report] = imported(sheet("b.csv", f"{SHEET}\n{DANA}\n"))
    assert "is paused on record and active in the sheet" in reasons(report.warnings)
    assert person(database, "Dana Fox")["status"] is ReferenceStatus.PAUSED


def test_without_a_status_only_the_willing_are_active(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    lines = "Acme,Dana,d@x.example,Sales call\nAcme,Lou,l@x.example,\n"
    imported(sheet("a.csv", f"Account,Name,Email,Activities willing\n{lines}"))
    assert person(database, "Dana")["status"] is ReferenceStatus.ACTIVE
    assert person(database, "Lou")["status"] is ReferenceStatus.NOMINATED


def test_two_lines_of_one_person_are_one(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    lines = f"{SHEET}\n{DANA}\nAcme,Dana  FOX,,CFO,,\nAcme,Dana Fox,DANA@acme.example.com,,,\n"
    [report] = imported(sheet("a.csv", lines), applying=Applying.SKIP_BAD_ROWS)
    assert len(names(database)) == 1
    assert "3: Dana FOX is the same person as in line 2" in reasons(
        report.rejected + report.warnings
    )
    assert "4: Dana Fox is the same person as in line 2." in reasons(report.warnings)


def test_two_lines_that_contradict_each_other_are_rejected(imported: Import, sheet: Sheet) -> None:
    lines = f"{SHEET}\n{DANA}\nAcme,Dana Fox,dana@acme.example.com,CIO,Active,\n"
    [report] = imported(sheet("a.csv", lines))
    assert reasons(report.rejected) == (
        "3: Dana Fox is the same person as in line 2, with another title; keep one of the two."
    )


def test_an_email_known_at_another_account_is_rejected(imported: Import, sheet: Sheet) -> None:
    imported(sheet("a.csv", f"{SHEET}\n{DANA}\n"))
    [report] = imported(sheet("b.csv", f"{SHEET}\n{DANA.replace('Acme,', 'Beta,')}\n"))
    assert "is on record at Acme, not at Beta" in reasons(report.rejected)


def test_an_account_named_slightly_differently_warns(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    lines = "Northwind Health,Dana,d@x.example\nNorthwind Helth,Lou,l@x.example\n"
    same = "northwind health Inc.,Kim,k@x.example\n"
    [report] = imported(sheet("a.csv", f"Account,Name,Email\n{lines}{same}"))
    assert "3: Account 'Northwind Helth' is new but looks like 'Northwind Health'" in reasons(
        report.warnings
    )
    assert "4: 'northwind health Inc.' was taken for the account 'Northwind Health'" in reasons(
        report.warnings
    )
    assert person(database, "Kim")["account"] == "Northwind Health"


def test_an_account_goes_by_the_companys_own_word_for_it(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    words = sheet("words.csv", "facet,value,aliases\naccount,Ostrava Machine Works,OMW\n")
    imported(sheet("a.csv", "Account,Name,Email\nOMW,Dana,d@x.example\n"), words)
    assert person(database, "Dana")["account"] == "Ostrava Machine Works"


def test_an_empty_cell_leaves_what_is_stored(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    head = "Account,Name,Email,Title,Health,Tags,Employees"
    imported(sheet("a.csv", f"{head}\nAcme,Dana,d@x.example,CFO,happy,SAP,100\n"))
    [report] = imported(sheet("b.csv", f"{head}\nAcme,Dana,d@x.example,,,,250\n"))
    assert report.updated == 1
    dana = person(database, "Dana")
    assert (dana["title"], dana["health"], dana["tags"], dana["employees"]) == (
        "CFO", "happy", {"SAP"}, 250,
    )  # fmt: skip


def test_a_no_on_record_stands_unless_the_sheet_lists_the_noes(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    head = "Account,Name,Email,Activities willing,Not willing"
    imported(sheet("a.csv", f"{head}\nAcme,Dana,d@x.example,Quote,Video\n"))
    without = "Account,Name,Email,Activities willing\nAcme,Dana,d@x.example,Video; Speaking\n"
    [report] = imported(sheet("b.csv", without))
    assert "said no to video on record; that stands" in reasons(report.warnings)
    assert person(database, "Dana")["willing"] == {
        "video": Willingness.NO, "speaking": Willingness.YES,
    }  # fmt: skip
    imported(sheet("c.csv", f"{head}\nAcme,Dana,d@x.example,Video,Speaking\n"))
    assert person(database, "Dana")["willing"] == {
        "video": Willingness.YES, "speaking": Willingness.NO,
    }  # fmt: skip


def test_a_withdrawn_consent_is_not_given_again(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    path = sheet("a.csv", f"{SHEET}\n{DANA}\n")
    imported(path)
    with database.write() as session:
        session.scalars(select(Consent)).one().withdrawn_on = NOW.date()
    imported(path)
    with database.read() as session:
        assert session.scalars(select(Consent)).one().withdrawn_on == NOW.date()


def test_the_record_of_the_last_use_is_not_set_back(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    head = "Account,Name,Email,Last used"
    imported(sheet("a.csv", f"{head}\nAcme,Dana,d@x.example,2026-05-01\n"))
    imported(sheet("b.csv", f"{head}\nAcme,Dana,d@x.example,2025-05-01\n"))
    assert person(database, "Dana")["last_used"] == date(2026, 5, 1)


def test_an_open_problem_is_opened_once(database: Database, imported: Import, sheet: Sheet) -> None:
    head = "Account,Name,Email,Open issue,Severity"
    path = sheet("a.csv", f"{head}\nAcme,Dana,d@x.example,Exports fail,blocker\n")
    imported(path)
    [report] = imported(path)
    assert report.unchanged == 1
    with database.read() as session:
        issue = session.scalars(select(Issue)).one()
        assert (issue.text, issue.severity) == ("Exports fail", Severity.BLOCKING)
        assert issue.reference_id is not None


def test_unknown_words_are_told_and_left_open(
    database: Database, imported: Import, sheet: Sheet
) -> None:
    head = "Account,Industry,Country,Name,Email,Languages,Activities willing"
    lines = "Acme,Zorbing,Atlantis,Dana,d@x.example,Klingonese,Juggling; Quote\n"
    [report] = imported(sheet("a.csv", f"{head}\n{lines}"))
    told = reasons(report.warnings)
    assert all(word in told for word in ("Zorbing", "Atlantis", "Klingonese", "Juggling"))
    assert person(database, "Dana")["willing"] == {"quote": Willingness.YES}
    with database.read() as session:
        account = session.scalars(select(Account)).one()
        assert (account.industry, account.country) == (None, None)
