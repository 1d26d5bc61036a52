"""A year and a half on a fake clock: workshops of two fiscal years, invented people, no network.

The people answer through the same reception and fieldwork as real ones; only the messenger and the
clock are replaced.
"""
