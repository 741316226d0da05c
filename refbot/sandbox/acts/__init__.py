"""What a person does in Slack, and the payload that the bot gets for it."""
