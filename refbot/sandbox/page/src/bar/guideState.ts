import { useSyncExternalStore } from "react";

const KEY = "refbot-sandbox-guide";
const listeners = new Set<() => void>();

interface GuideState {
  shown: boolean;
  step: number;
}

let state: GuideState | null = null;

function load(): GuideState {
  state ??= { shown: true, step: 0, ...remembered() };
  return state;
}

function remembered(): Partial<GuideState> {
  try {
    return JSON.parse(window.localStorage.getItem(KEY) ?? "{}") as Partial<GuideState>;
  } catch {
    return {}; // A browser that keeps nothing shows the guide anew.
  }
}

function set(changes: Partial<GuideState>): void {
  state = { ...load(), ...changes };
  try {
    window.localStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // As above: then it lasts until the page is closed.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the guide is on the screen, and at which step; remembered by the browser. */
export function useGuide() {
  const { shown, step } = useSyncExternalStore(subscribe, load);
  return {
    isShown: shown,
    step,
    flip: () => set({ shown: !load().shown }),
    hide: () => set({ shown: false }),
    goToStep: (next: number) => set({ step: next }),
  };
}
