"""The talking: use cases, channels, command line and wiring. Async lives only here."""
