"""A whole year on a fake clock: the workshops of autumn 2017, invented people, no network.

The people answer through the same reception and fieldwork as real ones; only the messenger and the
clock are replaced.
"""
