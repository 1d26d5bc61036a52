"""Analysis: stored facts become figures, and figures become reports. Knows no names."""
