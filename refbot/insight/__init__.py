"""Reads for people who look: Home, gaps, reports. Reads only."""
