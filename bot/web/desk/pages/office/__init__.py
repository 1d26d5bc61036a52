"""The pages of administrators: staff, sessions, audit log, health, copies, retention, configuration."""
