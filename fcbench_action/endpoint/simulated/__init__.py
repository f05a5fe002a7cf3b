"""The embedded endpoint: an HTTP server on loopback that plays the suite's references, with planted errors.

It knows a case only from what any model is sent, makes the errors that its profile declares, and mends
them only where the feedback that it receives says so. Nothing in it is random but by a seed made from the
request, so the same request always gets the same bytes.
"""
