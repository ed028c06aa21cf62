"""The Python part of Towpath."""
