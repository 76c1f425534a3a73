"""The search: a programme and its rules in, the best lawful timetable out, with its certificate."""
