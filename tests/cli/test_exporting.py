"""`refbot export vocabulary`: the words in a file that is read again."""

import json
from pathlib import Path

from tests.cli.conftest import Command


def test_the_words_are_written_to_a_file_that_teaches_another_database_the_same(
    refbot: Command, tmp_path: Path
) -> None:
    words = tmp_path / "words.csv"
    words.write_text("facet,value,aliases\nproduct,Ledger-X,LX;the ledger\nnothing,,MD\n")
    assert refbot("import", "words.csv").code == 0
    ended = refbot("export", "vocabulary", "out.csv")
    assert (ended.code, ended.out) == (0, "2 lines written to out.csv.\n")
    again = refbot("import", "out.csv", "--json")
    report = json.loads(again.out)["files"][0]
    assert (report["created"], report["updated"], report["unchanged"]) == (0, 0, 2)
    (tmp_path / "data").rename(tmp_path / "before")
    assert refbot("import", "out.csv").code == 0
    read = json.loads(refbot("match", "LX MD", "--json").out)
    assert (read["criteria"]["product"], read["not_understood"]) == (["Ledger-X"], [])


def test_a_place_that_cannot_be_written_to_is_told_in_a_sentence(refbot: Command) -> None:
    assert refbot("db", "upgrade").code == 0
    ended = refbot("export", "vocabulary", "nowhere/out.csv")
    assert ended.code == 1
    assert "nowhere/out.csv cannot be written: No such file or directory." in ended.err
