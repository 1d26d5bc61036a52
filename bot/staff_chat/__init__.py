"""The staff chat: commands, files and buttons that call functions of `bot.desk`."""
