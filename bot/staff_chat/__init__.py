"""The chat of the staff: commands, files, buttons. Thin skins over the desk."""
