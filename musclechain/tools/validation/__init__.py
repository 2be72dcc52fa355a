"""What studies found, put to the model: ``python -m musclechain validate``."""
