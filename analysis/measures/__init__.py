"""Measures of answers: outcomes, anchors, stages, change."""
