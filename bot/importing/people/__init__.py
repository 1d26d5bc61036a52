"""Lists of people: reading rows, finding duplicates, enrolling."""
