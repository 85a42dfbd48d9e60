"""Teaches the classifier a desk's own glossary: rows, training, the gate, the model folder."""
