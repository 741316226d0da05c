"""What people read: Block Kit and e-mail. Pure functions of rows."""
