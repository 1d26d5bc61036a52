"""The installation itself: running, memory, logs, health, copies, retention."""
