"""Measures how good scores are: pure functions over scores and labels, no model."""
