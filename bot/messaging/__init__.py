"""The seam to the channels: messages, cards, buttons."""
