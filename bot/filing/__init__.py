"""Files that people show and that the office has seen: checked, kept in a folder, removed from it."""
