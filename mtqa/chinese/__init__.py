"""Reads the Chinese side: script, sentences, words, dictionary, numbers, names. Loaded where there is Chinese."""
