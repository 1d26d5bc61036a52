"""How long tests wait: no test fails because a machine is slow or has other work to do."""

PATIENCE = 60.0
"""Seconds to wait for what should come at once, for every client and every process of the tests."""
BRIEF = 1.0
"""Seconds after which a client gives up that meets a server which never answers."""
