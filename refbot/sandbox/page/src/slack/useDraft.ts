import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useSandbox } from "../Sandbox";

/** What was typed and not sent, by person and place, while the page is open. */
const drafts = new Map<string, string>();

const MOST_HEIGHT = 220;

export interface Draft {
  box: RefObject<HTMLTextAreaElement | null>;
  typed: string;
  cursor: number;
  /** What the person did to the text and the cursor. */
  follow: (typed: string, cursor: number) => void;
  /** Where the cursor went; the text is another matter: Enter may have sent it in the same moment. */
  point: (cursor: number) => void;
  /** Puts a text in, with the cursor at its end. */
  write: (text: string) => void;
}

/** The text of a message box: it outlives a look into another channel, and a link of the guide may lay it in. */
export function useDraft(channelId: string, thread: string | null): Draft {
  const { me, place, goTo } = useSandbox();
  const key = `${me.id} ${channelId} ${thread ?? ""}`;
  const box = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState(drafts.get(key) ?? "");
  const [cursor, setCursor] = useState(typed.length);

  const follow = useCallback((text: string, at: number) => {
    setTyped(text);
    setCursor(at);
  }, []);
  const write = useCallback(
    (text: string) => {
      follow(text, text.length);
      box.current?.focus();
    },
    [follow],
  );

  useEffect(() => {
    drafts.set(key, typed);
  }, [key, typed]);
  useEffect(() => {
    if (thread || !place.draft) return;
    write(place.draft);
    goTo({ channel: place.channel, tab: place.tab, thread: place.thread });
  }, [place, thread, goTo, write]);
  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, MOST_HEIGHT)}px`;
  }, [typed]);

  return { box, typed, cursor, follow, point: setCursor, write };
}
