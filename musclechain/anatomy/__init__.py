"""Tables, the body as a graph, nerves and chains."""
