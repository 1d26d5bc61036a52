"""What became of a workshop in each delegation: pure rules from answers to states and figures.

A delegation is a workshop and an administration as enrolled. No rule reads a database or a clock.
"""
