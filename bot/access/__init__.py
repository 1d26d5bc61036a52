"""Ways in: one-time codes, room codes and personal links."""
