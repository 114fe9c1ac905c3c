"""Rooms for the response: read exports, type figures, match posts, look at what came of them."""
