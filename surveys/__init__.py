"""The rules of surveys: what to ask whom and when, and what the answers mean.

Pure: no I/O but the package data, no clock, no randomness.
"""
