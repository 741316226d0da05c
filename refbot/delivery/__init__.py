"""The outbox's way out: Slack and SMTP; leases, retries, reconcile."""
