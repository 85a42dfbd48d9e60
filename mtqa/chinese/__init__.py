"""Reads the Chinese side: script, sentences, words, dictionary, numbers and names. Loaded only where there is Chinese."""
