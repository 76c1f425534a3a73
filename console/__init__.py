"""What a person at the console sees: progress, the year in a few lines, verdicts; and the same for machines."""
