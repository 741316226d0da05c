"""Slack in: a module a feature. A handler resolves the actor, makes one workflow call, answers."""
