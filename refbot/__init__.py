"""RefBot runs a company's customer reference program inside Slack."""
