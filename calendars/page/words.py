"""The words of the page that do not come from the calendar."""

from calendars.wording import say

LETTERS = {
    "virtual-class": say("V"),
    "course": say("C"),
    "distance-work": say("W"),
    "intensive-week": say("IW"),
    "seminar": say("RS"),
    "internship": say("In"),
    "exam": say("E"),
    "defence": say("D"),
    "meeting": say("M"),
    "milestone": say("Mi"),
}
"""What tells the kinds apart where there is no colour; each is shown beside its kind in the legend."""

OFF = {
    "public": say("public holiday"),
    "school": say("school holidays"),
    "closure": say("closure"),
    "projected": say("projected holidays, to be confirmed"),
}

NONE = {"trainer": say("(no trainer named)"), "place": say("(no place named)")}
"""What a session without one is listed under."""

WORDS = {
    "all": say("Show everything"),
    "any_group": say("Several groups may be chosen: a group and its sub-groups together make the year of a student."),
    "cancelled": say("cancelled"),
    "date": say("Date"),
    "draft": say("Draft"),
    "filters": say("Show only"),
    "group": say("Group"),
    "groups": say("By group"),
    "hour": say("Time"),
    "hours": say("Hours"),
    "kind": say("Kind"),
    "legend": say("Legend"),
    "module": say("Module"),
    "modules": say("By module"),
    "nothing": say("Nothing matches this choice."),
    "parts": say("Parts of the page"),
    "day_count": say("days"),
    "place": say("Place"),
    "places": say("By place"),
    "planner": say("Year"),
    "sessions": say("Sessions"),
    "skip": say("Skip the planner"),
    "sum": say("self-paced work of the week; Σ: sum over several groups"),
    "total": say("Total"),
    "tentative": say("to be confirmed"),
    "trainer": say("Trainer"),
    "trainers": say("By trainer"),
    "weeks": say("Week by week"),
    "work": say("self-paced work of the week"),
    "working": say("self-paced work"),
}
