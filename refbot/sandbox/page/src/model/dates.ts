/** Times as Slack shows them, in the time zone of the person shown. */

const DAY = 86_400_000;

function parts(date: Date, tz: string, options: Intl.DateTimeFormatOptions): string {
  const words = new Intl.DateTimeFormat("en-US", { timeZone: tz, ...options }).format(date);
  // Newer engines put a narrow blank before AM and PM, which nobody can type or search for.
  return words.replaceAll("\u202f", " ");
}

/** The calendar day as YYYY-MM-DD where the person is. */
export function dayOf(date: Date, tz: string): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: tz,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(date);
}

export function timeOf(date: Date, tz: string): string {
  return parts(date, tz, { hour: "numeric", minute: "2-digit" });
}

/** Whole days from `now`'s day to `date`'s day where the person is: -1 is yesterday. */
function daysAway(date: Date, now: Date, tz: string): number {
  return Math.round((Date.parse(dayOf(date, tz)) - Date.parse(dayOf(now, tz))) / DAY);
}

function ordinal(day: number): string {
  const tens = day % 100;
  const suffix = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th");
  return `${day}${suffix}`;
}

/** "Tuesday, November 24th"; the year is told when it is another one. */
export function longDay(date: Date, now: Date, tz: string): string {
  const day = ordinal(Number(parts(date, tz, { day: "numeric" })));
  const year = parts(date, tz, { year: "numeric" });
  const tail = year === parts(now, tz, { year: "numeric" }) ? "" : `, ${year}`;
  return `${parts(date, tz, { weekday: "long" })}, ${parts(date, tz, { month: "long" })} ${day}${tail}`;
}

/** The words on a day divider: Today, Yesterday or the long day. */
export function dividerDay(date: Date, now: Date, tz: string): string {
  return pretty(date, now, tz, longDay(date, now, tz), (word) => word);
}

function pretty(
  date: Date,
  now: Date,
  tz: string,
  otherwise: string,
  spell: (word: string) => string,
): string {
  const away = daysAway(date, now, tz);
  if (away === 0) return spell("Today");
  if (away === -1) return spell("Yesterday");
  if (away === 1) return spell("Tomorrow");
  return otherwise;
}

/** When something was, in a few words: "10:42 AM" today, "Yesterday at 10:42 AM", "Nov 20th at 10:42 AM". */
export function shortWhen(date: Date, now: Date, tz: string): string {
  if (daysAway(date, now, tz) === 0) return `Today at ${timeOf(date, tz)}`;
  const day = `${parts(date, tz, { month: "short" })} ${ordinal(Number(parts(date, tz, { day: "numeric" })))}`;
  return `${pretty(date, now, tz, day, (word) => word)} at ${timeOf(date, tz)}`;
}

/** The text of `<!date^seconds^format|fallback>` for this person; tokens as Slack documents them. */
export function slackDate(
  seconds: number,
  format: string,
  fallback: string,
  at: { now: Date; tz: string },
): string {
  if (!Number.isFinite(seconds)) return fallback;
  const date = new Date(seconds * 1000);
  const { now, tz } = at;
  const number = dayOf(date, tz);
  const day = ordinal(Number(parts(date, tz, { day: "numeric" })));
  const year = parts(date, tz, { year: "numeric" });
  const plain = `${parts(date, tz, { month: "long" })} ${day}, ${year}`;
  const short = parts(date, tz, { month: "short", day: "numeric", year: "numeric" });
  const long = `${parts(date, tz, { weekday: "long" })}, ${plain}`;
  let atStart = true;
  const spell = (word: string) => (atStart ? word : word.toLowerCase());
  const tokens: Record<string, () => string> = {
    date_num: () => number,
    date_slash: () => parts(date, tz, { day: "2-digit", month: "2-digit", year: "numeric" }),
    date: () => plain,
    date_short: () => short,
    date_long: () => long,
    date_pretty: () => pretty(date, now, tz, plain, spell),
    date_short_pretty: () => pretty(date, now, tz, short, spell),
    date_long_pretty: () => pretty(date, now, tz, long, spell),
    day_divider_pretty: () => pretty(date, now, tz, longDay(date, now, tz), spell),
    time: () => timeOf(date, tz),
    time_secs: () =>
      parts(date, tz, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
    ago: () => ago(date, now),
  };
  return format.replace(/\{(\w+)\}/g, (whole, name: string, offset: number) => {
    atStart = offset === 0;
    return tokens[name]?.() ?? whole;
  });
}

function ago(date: Date, now: Date): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const units: [Intl.RelativeTimeFormatUnit, number][] = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
    ["second", 1],
  ];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat("en-US").format(Math.trunc(seconds / size), unit);
}

/** "2026-12-01T09:30" where the person is, for a date-and-time field. */
export function wallTime(seconds: number, tz: string): string {
  const date = new Date(seconds * 1000);
  const time = new Intl.DateTimeFormat("en-GB", {
    timeZone: tz,
    hour: "2-digit",
    minute: "2-digit",
  }).format(date);
  return `${dayOf(date, tz)}T${time}`;
}

/** The instant (Unix seconds) at which the person's clock shows this wall time. */
export function secondsAtWallTime(wall: string, tz: string): number {
  const asUtc = Date.parse(`${wall}:00Z`);
  let guess = asUtc;
  // Twice, since the first correction can cross a change of summer time.
  for (let round = 0; round < 2; round += 1) {
    const shown = Date.parse(`${wallTime(guess / 1000, tz)}:00Z`);
    guess += asUtc - shown;
  }
  return guess / 1000;
}
