"""Reports and exports, the status of reports, and the verification of anchors."""
