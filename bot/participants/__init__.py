"""The inbound side by its parts: joining, asking, showing, leaving; the same for chat and web page."""
