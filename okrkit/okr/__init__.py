"""Objectives and key results: what they are, how they score, how they are read."""
