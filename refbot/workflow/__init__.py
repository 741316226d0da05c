"""One function for each thing that a person or the clock does. Knows no Slack and no messages."""
