/** Who is shown and where, kept in the address so that a link or a test can open it. */
export interface Place {
  as: string;
  /** A channel's id, or "refbot" for the shown person's talk with the app. */
  channel: string;
  /** The app's tab; used with channel "refbot" or a DM. */
  tab: "home" | "messages";
  /** Time-stamp of the parent of the open thread. */
  thread: string | null;
  /** Time-stamp of the message that a link points to. */
  at: string | null;
  /** Text that a link lays into the message box. */
  draft: string | null;
}

export const FIRST_PLACE: Place = {
  as: "U0RILEY",
  channel: "C0SALES",
  tab: "messages",
  thread: null,
  at: null,
  draft: null,
};

export function placeIn(hash: string): Place {
  const found = new URLSearchParams(hash.replace(/^#/, ""));
  return {
    as: found.get("as") || FIRST_PLACE.as,
    channel: found.get("channel") || FIRST_PLACE.channel,
    tab: found.get("tab") === "home" ? "home" : "messages",
    thread: found.get("thread"),
    at: found.get("at"),
    draft: found.get("draft"),
  };
}

export function hashOf(place: Partial<Place> & Pick<Place, "as" | "channel">): string {
  const parts = new URLSearchParams({ as: place.as, channel: place.channel });
  if (place.tab === "home") parts.set("tab", "home");
  if (place.thread) parts.set("thread", place.thread);
  if (place.at) parts.set("at", place.at);
  if (place.draft) parts.set("draft", place.draft);
  return `#${parts.toString()}`;
}

/**
 * Where a permalink leads, seen as `as`: Slack's own `/archives/C…/p…`, or the page's address with the channel and
 * message that the sandbox makes of it. Null for every other address.
 */
export function placeOfLink(address: string, as: string): Place | null {
  if (!URL.canParse(address)) return null;
  const { pathname, searchParams: asked } = new URL(address);
  const archived = /^\/archives\/(\w+)\/p(\d+)(\d{6})$/.exec(pathname);
  const channel = archived?.[1] ?? (pathname === "/" ? asked.get("channel") : null);
  if (!channel) return null;
  const at = archived ? `${archived[2]}.${archived[3]}` : asked.get("ts");
  return { ...FIRST_PLACE, as: asked.get("as") ?? as, channel, at, thread: asked.get("thread_ts") };
}

/** The attributes of a link: to a message it stays in the page, to anything else it opens a tab of its own. */
export function linkTo(address: string, as: string): { href: string; target?: string; rel?: string } {
  const place = placeOfLink(address, as);
  return place ? { href: hashOf(place) } : { href: address, target: "_blank", rel: "noreferrer" };
}
