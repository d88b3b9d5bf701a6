"""Measurements beside what others offer: `python -m bench`."""
