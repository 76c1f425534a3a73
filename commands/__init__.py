"""What commands do, and how they end; the door gives them options, files and the day of today."""
