"""Polls by files: slots of an offer, the people who vote on them, their answers, and what these decide."""
