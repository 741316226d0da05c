"""Mail: one attempt over SMTP, judged."""

import smtplib
import ssl
from urllib.parse import unquote, urlsplit

from refbot.delivery.outcome import Outcome, Verdict

TIMEOUT = 20  # seconds
PERMANENT = 500


def send(smtp_url: str, sender: str, recipient: str, content: bytes) -> Outcome:
    """Send frozen bytes. Once the final dot may have been taken, the end is uncertain."""
    handed_over = False
    try:
        with _connected(smtp_url) as server:
            code, answer = server.mail(sender)
            if code < 300:  # noqa: PLR2004 - SMTP: positive completion
                code, answer = server.rcpt(recipient)
            if code >= 300:  # noqa: PLR2004
                return _refused(code, answer)
            handed_over = True
            code, answer = server.data(content)
            return Outcome(verdict=Verdict.SENT) if code < 300 else _refused(code, answer)  # noqa: PLR2004
    except smtplib.SMTPDataError as error:  # refused before any content
        return _refused(error.smtp_code, error.smtp_error)
    except smtplib.SMTPResponseException as error:
        return _refused(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        verdict = Verdict.UNCERTAIN if handed_over else Verdict.AGAIN
        return Outcome(verdict=verdict, error=f"{type(error).__name__}: {error}"[:500])


def _connected(smtp_url: str) -> smtplib.SMTP:
    parts = urlsplit(smtp_url)
    host = parts.hostname or "localhost"
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=TIMEOUT, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
    server.ehlo_or_helo_if_needed()
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _refused(code: int, answer: bytes | str) -> Outcome:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    verdict = Verdict.NEVER if code >= PERMANENT else Verdict.AGAIN
    return Outcome(verdict=verdict, error=f"{code} {text}"[:500])
