"""A realized backend as a real HTTP server, with a page to try it. For looking at, not for real users."""
