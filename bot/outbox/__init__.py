"""Messages that go out: claimed, sent, settled."""
