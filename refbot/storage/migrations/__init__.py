"""The database's history; `refbot db upgrade` walks it."""
