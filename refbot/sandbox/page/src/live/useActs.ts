import { useCallback, useState } from "react";
import { placeIn } from "../model/location";
import type { Sandbox } from "../Sandbox";
import type { LocalNote } from "../slack/notes";
import { api } from "./api";
import { feed } from "./feed";

/** Acts as this person. */
export function useAct(as: string): Sandbox["act"] {
  return useCallback(
    async (what) => {
      try {
        const answer = await api.act({ as, ...what });
        // Most acts open, change or close a modal: look at once, whatever the feed says.
        feed.say(["view"]);
        return answer;
      } catch (error) {
        return { ok: false, error: "unreachable", message: (error as Error).message };
      }
    },
    [as],
  );
}

/** The notes so far, and a way to say one where the person is now. */
export function useNotes(as: string, now: () => Date): [LocalNote[], Sandbox["note"]] {
  const [notes, setNotes] = useState<LocalNote[]>([]);
  const note = useCallback(
    (text: string) => {
      const { channel, thread } = placeIn(window.location.hash);
      setNotes((all) => [...all, { as, channel, thread, text, when: now().toISOString() }]);
    },
    [as, now],
  );
  return [notes, note];
}
