"""Requests for information, explanations, test messages and feedback that is late: coordinator and police."""
