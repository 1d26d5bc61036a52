"""One process: wiring, start and stop, rounds, who listens."""
