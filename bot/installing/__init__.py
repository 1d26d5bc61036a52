"""Installing an office: the questions of `followup init`, their answers tried, and the files written."""
