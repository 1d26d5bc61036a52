"""The desk in the browser: what staff do in chat and on the command line, as pages.

A page shows what functions of `bot.desk` return, and its acts call them; it decides nothing. Each
address has a row in `addresses`, with the role that it needs.
"""
