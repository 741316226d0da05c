/** Who is shown and where, kept in the address so that a link or a test can open it. */
export interface Place {
  as: string;
  /** A channel's id, or "refbot" for the shown person's talk with the app. */
  channel: string;
  /** The app's tab; used with channel "refbot" or a DM. */
  tab: "home" | "messages";
  /** Time-stamp of the parent of the open thread. */
  thread: string | null;
  /** Text that a link lays into the message box. */
  draft: string | null;
}

export const FIRST_PLACE: Place = {
  as: "U0RILEY",
  channel: "C0SALES",
  tab: "messages",
  thread: null,
  draft: null,
};

export function placeIn(hash: string): Place {
  const found = new URLSearchParams(hash.replace(/^#/, ""));
  return {
    as: found.get("as") || FIRST_PLACE.as,
    channel: found.get("channel") || FIRST_PLACE.channel,
    tab: found.get("tab") === "home" ? "home" : "messages",
    thread: found.get("thread"),
    draft: found.get("draft"),
  };
}

export function hashOf(place: Partial<Place> & Pick<Place, "as" | "channel">): string {
  const parts = new URLSearchParams({ as: place.as, channel: place.channel });
  if (place.tab === "home") parts.set("tab", "home");
  if (place.thread) parts.set("thread", place.thread);
  if (place.draft) parts.set("draft", place.draft);
  return `#${parts.toString()}`;
}
