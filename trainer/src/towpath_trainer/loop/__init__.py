"""The training loop: steps, checkpoints, health, measurement, and the end of a run whatever brings it about."""
