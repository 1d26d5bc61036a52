"""The rules of asking: what to ask whom, when, and what the answers mean.

Pure: no I/O but its own package data, no clock, no randomness.
"""
