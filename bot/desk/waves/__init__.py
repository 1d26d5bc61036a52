"""Acts of organisers on waves: previewing, opening, pausing, closing, reopening."""
