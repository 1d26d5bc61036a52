"""The staff: members, audit log, notices and report statuses."""
