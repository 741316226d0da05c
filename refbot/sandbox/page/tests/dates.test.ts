import { expect, test } from "vitest";
import { dividerDay, secondsAtWallTime, shortWhen, slackDate, wallTime } from "../src/model/dates";

const NEW_YORK = "America/New_York";
const BERLIN = "Europe/Berlin";
// A Tuesday; 03:30 in New York is 09:30 in Berlin.
const now = new Date("2026-11-24T08:30:00Z");
const seconds = now.getTime() / 1000;
const HOUR = 3600;
const DAY = 24 * HOUR;

test.each<[string, number, string, string]>([
  ["{date}", 0, BERLIN, "November 24th, 2026"],
  ["{date_num}", 0, BERLIN, "2026-11-24"],
  ["{date_short}", 0, BERLIN, "Nov 24, 2026"],
  ["{date_long}", 0, BERLIN, "Tuesday, November 24th, 2026"],
  ["{date_pretty}", 0, BERLIN, "Today"],
  ["by {date_pretty}", 0, BERLIN, "by today"],
  ["{date_short_pretty} at {time}", -DAY, BERLIN, "Yesterday at 9:30 AM"],
  ["{date_short_pretty} at {time}", DAY, NEW_YORK, "Tomorrow at 3:30 AM"],
  ["{date_short_pretty}", 3 * DAY, BERLIN, "Nov 27, 2026"],
  // The same instant is another day where the person is.
  ["{date_pretty}", -4 * HOUR, NEW_YORK, "Yesterday"],
  ["{date_pretty}", -4 * HOUR, BERLIN, "Today"],
  ["{time_secs}", 0, BERLIN, "9:30:00 AM"],
  ["{ago}", -2 * HOUR, BERLIN, "2 hours ago"],
  ["{nobody}", 0, BERLIN, "{nobody}"],
])("%s, %d s from now in %s, reads %s", (format, away, tz, words) => {
  const said = slackDate(seconds + away, format, "fallback", { now, tz });
  expect(said).toBe(words);
});

test("a time-stamp that is none leaves the fallback", () => {
  expect(slackDate(Number.NaN, "{date}", "soon", { now, tz: BERLIN })).toBe("soon");
});

test("day dividers name today and yesterday, and a year only when it is another", () => {
  const at = (iso: string) => dividerDay(new Date(iso), now, BERLIN);
  expect(at("2026-11-24T01:00:00Z")).toBe("Today");
  expect(at("2026-11-23T01:00:00Z")).toBe("Yesterday");
  expect(at("2026-11-13T12:00:00Z")).toBe("Friday, November 13th");
  expect(at("2025-11-21T12:00:00Z")).toBe("Friday, November 21st, 2025");
});

test("a last reply is told shortly", () => {
  const said = shortWhen(new Date("2026-11-20T15:04:00Z"), now, BERLIN);
  expect(said).toBe("Nov 20th at 4:04 PM");
});

test.each([NEW_YORK, BERLIN, "Asia/Tokyo", "Asia/Kolkata"])(
  "a wall time in %s names one instant, through summer time too",
  (tz) => {
    for (const wall of ["2026-12-01T09:30", "2026-07-01T00:00", "2026-03-29T12:00", "2026-11-01T23:59"]) {
      expect(wallTime(secondsAtWallTime(wall, tz), tz)).toBe(wall);
    }
  },
);

test("a date-and-time field gives the instant of the person's clock", () => {
  expect(secondsAtWallTime("2026-11-24T03:30", NEW_YORK)).toBe(seconds);
});
