"""What channels and use cases exchange: messages, cards, buttons and their protocols."""
