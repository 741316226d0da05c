import smtplib
import threading
from pathlib import Path

from slack_sdk import WebClient

from refbot.sandbox import Sandbox
from tests.sandbox.conftest import QUIET, actions, button
from tests.sandbox.test_mailbox import mail


def lived(folder: Path) -> Sandbox:
    """A sandbox in which something happened, stopped again."""
    sandbox = Sandbox(folder)
    sandbox.start()
    client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    blocks = [actions(button("Approve", "approve"))]
    client.chat_postMessage(channel="C0PROGRAM", text="Card", blocks=blocks, **QUIET)
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    client.views_publish(user_id="U0CASEY", view=home)
    with smtplib.SMTP("127.0.0.1", int(sandbox.smtp_url.rpartition(":")[2])) as smtp:
        smtp.send_message(mail())
    sandbox.clock.skip_to(sandbox.clock.now().replace(year=2090))
    sandbox.stop()
    return sandbox


def test_the_next_start_goes_on(tmp_path: Path) -> None:
    before = lived(tmp_path)
    after = Sandbox(tmp_path)
    after.start()
    try:
        assert after.person("casey").sees("#reference-program") == (
            before.person("casey").sees("#reference-program")
        )
        assert after._world.memory == before._world.memory  # noqa: SLF001
        assert [arrived.message_id for arrived in after.mails()] == ["<row-7@northbeam.example>"]
        assert after.clock.now().year == 2090
    finally:
        after.stop()


def test_the_file_is_written_while_it_runs(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path)
    sandbox.start()
    try:
        sandbox.person("riley").types("Hello", channel="#sales")
        file = tmp_path / "sandbox.json"
        assert written(file)
    finally:
        sandbox.stop()


def written(file: Path) -> bool:
    waiting = threading.Event()
    return any(
        (file.exists() and "Hello" in file.read_text()) or waiting.wait(0.05) for _ in range(60)
    )


def test_a_file_that_cannot_be_read_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "sandbox.json").write_text("{broken")
    sandbox = Sandbox(tmp_path)
    sandbox.start()
    sandbox.stop()
    assert (tmp_path / "sandbox.unreadable").read_text() == "{broken"


def test_a_reset_goes_back_to_the_seed(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path)
    sandbox.start()
    try:
        sandbox.person("riley").types("Hello", channel="#sales")
        sandbox.faults.set("drop_after")
        sandbox.reset()
        assert sandbox.person("riley").sees("#sales") == []
        assert not any(sandbox.faults.switched_on().values())
        assert sandbox.traffic() == []
    finally:
        sandbox.stop()


def test_stopping_leaves_nothing_behind(tmp_path: Path) -> None:
    threads, files = threading.active_count(), open_files()
    for _ in range(3):
        sandbox = Sandbox(tmp_path)
        sandbox.start()
        WebClient(token=sandbox.bot_token, base_url=sandbox.api_url).auth_test()
        sandbox.stop()
    assert threading.active_count() == threads
    assert open_files() == files


def open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def test_the_same_port_can_be_used_again_at_once() -> None:
    first = Sandbox()
    first.start()
    port = int(first.url.rstrip("/").rpartition(":")[2])
    WebClient(token=first.bot_token, base_url=first.api_url).auth_test()
    first.stop()
    second = Sandbox(port=port)
    second.start()
    second.stop()
    assert second.url == first.url
