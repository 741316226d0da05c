import { useRef } from "react";
import { sameMembers } from "../live/same";
import type { Message } from "../model/types";

/** A sentence that Slack's own client says, such as "not supported in threads"; it lives in this page only. */
export interface LocalNote {
  as: string;
  channel: string;
  thread: string | null;
  text: string;
  when: string;
}

/** The notes of one place among its messages, in the order of time. */
export function withNotes(
  messages: Message[],
  notes: LocalNote[],
  at: { as: string; channel: string; thread: string | null },
): Message[] {
  const here = notes.filter(
    (note) => note.as === at.as && note.channel === at.channel && note.thread === at.thread,
  );
  const asMessages = here.map<Message>((note, index) => ({
    ts: `note-${index}-${note.when}`,
    username: "Slackbot",
    text: note.text,
    when: note.when,
    is_ephemeral: true,
  }));
  // Array.sort is stable: equal times keep the server's order.
  return [...messages, ...asMessages].sort((a, b) => Date.parse(a.when) - Date.parse(b.when));
}

/** The messages with those that did not change since the last time being the very same, so that they need no drawing. */
export function useMessages(fresh: Message[] | undefined): Message[] | undefined {
  const last = useRef<Message[]>([]);
  if (!fresh) return undefined;
  last.current = sameMembers(last.current, fresh, (message) => message.ts);
  return last.current;
}
