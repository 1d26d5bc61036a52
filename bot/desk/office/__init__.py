"""Acts of administrators: adding and removing staff."""
