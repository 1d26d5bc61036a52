"""One process: wiring, start and stop, the rounds, and which process polls."""
