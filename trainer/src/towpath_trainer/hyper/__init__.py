"""The search for a job's settings: what may vary, which settings come next, and the trials that try them."""
