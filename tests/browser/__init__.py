"""Drives the review page in Chromium for the tests."""
