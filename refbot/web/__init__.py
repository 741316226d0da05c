"""HTTP: Slack's requests where Socket Mode is not wanted, and health."""
