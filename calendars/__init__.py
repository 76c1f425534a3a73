"""The things: time, days off, programmes, timetables, feeds and reports."""
