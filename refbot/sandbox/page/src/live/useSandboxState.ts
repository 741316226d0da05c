import { useCallback, useRef } from "react";
import type { SandboxState } from "../model/types";
import { api } from "./api";
import { sameOr } from "./same";
import { useLoaded } from "./useLoaded";

interface Shown {
  state: SandboxState | undefined;
  problem: string | null;
  /** The sandbox's time, which may be ahead of this computer's. */
  now: () => Date;
}

/**
 * The frame as this person sees it. The last one stays while another person's is loading, so that nothing flickers;
 * and one that says the same stays the same, so that no message is drawn anew because a second has passed.
 */
export function useSandboxState(as: string): Shown {
  const loaded = useLoaded(as, ["state"], () => api.state(as));
  const last = useRef(loaded.value);
  if (loaded.value) last.current = sameOr(last.current, loaded.value, withoutNow);
  const now = useNow(loaded.value?.clock.now);
  return { state: last.current, problem: loaded.problem, now };
}

function withoutNow(state: SandboxState) {
  return { ...state, clock: { ...state.clock, now: null } };
}

function useNow(clockNow: string | undefined): () => Date {
  const ahead = useRef(0);
  const seen = useRef<string | undefined>(undefined);
  if (clockNow && seen.current !== clockNow) {
    seen.current = clockNow;
    ahead.current = Date.parse(clockNow) - Date.now();
  }
  return useCallback(() => new Date(Date.now() + ahead.current), []);
}
