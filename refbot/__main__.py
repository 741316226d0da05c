"""`python -m refbot`."""

from refbot.cli import main

main()
