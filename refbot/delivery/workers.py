"""The threads that empty the outbox: woken after each commit, and by the clock."""

import threading

import structlog

from refbot.delivery.sending import Sender
from refbot.errors import RefBotError

log = structlog.get_logger()

WORKERS = 4
LOOK_EVERY = 0.5  # seconds, for rows whose time comes without anybody waking us


class Delivery:
    """Sends what the outbox holds until it is stopped."""

    def __init__(self, sender: Sender, workers: int = WORKERS) -> None:
        self._sender = sender
        self._news = threading.Condition()
        self._stopping = False
        self._round = 0
        self._threads = [
            threading.Thread(target=self._work, name=f"delivery-{n}", daemon=True)
            for n in range(workers)
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """There may be something to send."""
        with self._news:
            self._round += 1
            self._news.notify_all()

    def stop(self, patience: float = 10.0) -> None:
        """End after the messages under way; what is left stays in the outbox."""
        with self._news:
            self._stopping = True
            self._news.notify_all()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(patience)

    def _work(self) -> None:
        while not self._stopping:
            seen = self._round
            if not self._sent_one():
                with self._news:
                    if self._round == seen and not self._stopping:
                        self._news.wait(LOOK_EVERY)

    def _sent_one(self) -> bool:
        try:
            return self._sender.send_next()
        except RefBotError as error:
            log.warning("delivery waits", reason=str(error))
            return False
        except Exception:
            log.exception("delivery failed")
            return False
