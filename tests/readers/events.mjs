// Prints the events of the feed on standard input as ical.js reads them, as JSON in the form of parsers.py.

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const told = (time) => (time.isDate ? time.toString() : time.convertToZone(ICAL.Timezone.utcTimezone).toString());

function row(component) {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    start: told(event.startDate),
    end: told(event.endDate),
    status: component.getFirstPropertyValue("status"),
    sequence: event.sequence,
    location: event.location ?? "",
    description: event.description,
    categories: component.getFirstProperty("categories").getValues().sort(),
  };
}

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
console.log(JSON.stringify(calendar.getAllSubcomponents("vevent").map(row)));
