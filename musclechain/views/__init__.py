"""Pictures, charts, words and tables of a result. Views hold no physics."""
