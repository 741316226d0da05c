"""Measurements; `make bench` runs all of them, `make bench ARGS=ack` one."""
