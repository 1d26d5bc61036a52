"""The bot: use cases, channels, command line and wiring. Only this package is asynchronous."""
