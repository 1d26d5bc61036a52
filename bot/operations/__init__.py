"""The care of the installation: health, metrics, housekeeping after rounds, retention."""
