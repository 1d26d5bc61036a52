"""The reading: stored facts become figures, figures become reports. It knows no names."""
