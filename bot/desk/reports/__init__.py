"""Reports and exports, the status of reports, self-assessments, and the verification of anchors."""
