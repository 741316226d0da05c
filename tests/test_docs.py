"""The documents say what the program does."""

import re
from pathlib import Path

import yaml

from docs.draw_lifecycles import PAGE, page_with, pictures

ROOT = Path(__file__).parent.parent


def test_the_pictures_of_the_lifecycles_are_those_of_the_tables() -> None:
    assert PAGE.read_text(encoding="utf-8") == page_with(pictures()), "run `make lifecycles`"


def test_every_link_of_the_documents_leads_to_a_file() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    links = [
        (page, link)
        for page in pages
        for link in re.findall(r"\]\((?!http)([^)#]+)", page.read_text(encoding="utf-8"))
    ]
    assert links
    assert [f"{p.name}: {link}" for p, link in links if not (p.parent / link).exists()] == []


def test_the_permissions_page_gives_a_reason_for_each_scope_of_the_manifest() -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    explained = {scope for row in rows for scope in re.findall(r"`([a-z:._]+)`", row.split("|")[1])}
    assert explained == set(manifest["oauth_config"]["scopes"]["bot"])
