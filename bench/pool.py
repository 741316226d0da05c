"""Generated references as a spreadsheet, seeded: the same rows on every run."""

import csv
import random
from pathlib import Path

FIRST = (
    "Ada", "Ben", "Chloe", "Dario", "Emre", "Farah", "Gita", "Hugo", "Ines", "Jamal", "Kaori",
    "Luca", "Mina", "Nils", "Oona", "Pavel",
)  # fmt: skip
LAST = (
    "Abel", "Brandt", "Costa", "Duarte", "Eriksen", "Fontaine", "Grau", "Hale", "Imani", "Jokela",
    "Krol", "Lindt", "Moreau",
)  # fmt: skip
INDUSTRIES = (
    "Hospitals & Providers", "Banking", "Insurance", "Software", "Retail", "Automotive",
    "Utilities", "Government", "Education", "Pharmaceuticals", "Airlines", "Grocery",
)  # fmt: skip
COUNTRIES = (
    "US", "DE", "GB", "FR", "NL", "SE", "ES", "IT", "PL", "JP", "SG", "AU", "BR", "CA", "CH",
)  # fmt: skip
TITLES = (
    "IT Director", "CFO", "VP Operations", "Plant Manager", "Head of Data", "CIO",
    "Security Engineer", "Director of Nursing", "Marketing Manager", "Chief Procurement Officer",
)  # fmt: skip
PRODUCTS = ("Product A", "Product B", "Ledger-X", "Orbit 360", "Vault-9")
ACTIVITIES = ("Sales call", "Speaking", "Case study", "Quote", "Video", "Site visit")
LINES = (
    "healthcare product-A director", "bankng germany cfo", "retail uk vp operations",
    "software sweden cio ledgerx", "insurance head of data", "utilities poland orbit 360",
    "pharma director not spain", "education canada 1000+ employees", "airline japan",
    "grocery, marketing manager, vault-9, french",
)  # fmt: skip


def write_references(path: Path, count: int, *, seed: int = 7) -> Path:
    """Write a spreadsheet of so many people at a fifth as many accounts."""
    chance = random.Random(seed)  # noqa: S311 - repeatable rows, not secrets
    columns = ["Account", "Industry", "Country", "Employees", "Products", "Live since", "Name",
               "Title", "E-mail", "Activities willing", "Status"]  # fmt: skip
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(columns)
        for number in range(count):
            account = number // 5
            rows.writerow(_row(chance, number, account))
    return path


def _row(chance: random.Random, number: int, account: int) -> list[object]:
    fixed = random.Random(account)  # noqa: S311 - facts of the account, equal in all its rows
    return [
        f"Customer {account:06d}",
        fixed.choice(INDUSTRIES),
        fixed.choice(COUNTRIES),
        fixed.randrange(20, 60_000),
        "; ".join(fixed.sample(PRODUCTS, 2)),
        f"20{fixed.randrange(15, 26)}-0{fixed.randrange(1, 9)}-15",
        f"{chance.choice(FIRST)} {chance.choice(LAST)}-{number}",
        chance.choice(TITLES),
        f"person{number}@customer{account}.example.com",
        "; ".join(chance.sample(ACTIVITIES, 3)),
        "Active",
    ]
