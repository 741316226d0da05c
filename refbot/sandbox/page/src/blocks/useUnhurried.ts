import { type KeyboardEvent, useEffect, useRef } from "react";
import type { FieldState } from "../model/types";
import { type Spot, useSurfaceAround } from "./surface";

const PAUSE_MS = 700;

/**
 * For fields that are whole again after each keystroke, such as a date whose year is being typed: what is set is kept
 * at once, and the app hears of it after a pause, on Enter, or when the field is left.
 */
export function useUnhurried(spot: Spot) {
  const surface = useSurfaceAround();
  const pending = useRef<FieldState | null>(null);
  const pause = useRef<number | undefined>(undefined);
  useEffect(() => () => window.clearTimeout(pause.current), []);

  const settle = () => {
    window.clearTimeout(pause.current);
    const state = pending.current;
    pending.current = null;
    if (state) void surface.choose(spot, state);
  };
  const set = (state: FieldState) => {
    surface.keep(spot, state);
    pending.current = state;
    window.clearTimeout(pause.current);
    pause.current = window.setTimeout(settle, PAUSE_MS);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") settle();
  };
  return { set, leaving: { onBlur: settle, onKeyDown } };
}
