"""Figures about answers: outcomes, anchors, stages, change."""
