"""Rooms for testing copy: own tests, files of many tests, results."""
