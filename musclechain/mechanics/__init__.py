"""The mechanics: what a cause asks, the pose and effort that answer, and how tension spreads."""
