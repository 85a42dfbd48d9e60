"""Find and mend the literal mistranslations in machine-translated Chinese press prose."""

__version__ = "0.1.0"
