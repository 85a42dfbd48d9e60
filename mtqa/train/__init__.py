"""Trains the classifier; torch and transformers are imported here alone, and only by the modules that need them."""
