"""Free text to criteria to ranked candidates. Pure: knows no database and no Slack."""
