"""The channels through which people are reached, each an implementation of `Channel`."""
