import { useEffect, useRef, useState } from "react";
import type { ChoiceGroup } from "./choice";

/** Looks choices up: at once where they are known here, with a promise where the app is asked. */
export type Find = (typed: string) => ChoiceGroup[] | Promise<ChoiceGroup[]>;

export interface Found {
  groups: ChoiceGroup[];
  /** What to say in the list's place: still looking, nothing found, not enough typed. */
  word: string | null;
  busy: boolean;
}

const PAUSE_MS = 250;
const NOTHING: ChoiceGroup[] = [];

interface Wanted {
  open: boolean;
  typed: string;
  leastTyped: number;
  slow: boolean;
  find: Find;
}

/** The choices for what is typed; an answer that a later keystroke overtook is dropped. */
export function useFound({ open, typed, leastTyped, slow, find }: Wanted): Found {
  const [groups, setGroups] = useState<ChoiceGroup[]>(NOTHING);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef(find);
  latest.current = find;
  const tooShort = typed.trim().length < leastTyped;

  useEffect(() => {
    setProblem(null);
    if (!open || tooShort) {
      setGroups(NOTHING);
      setBusy(false);
      return undefined;
    }
    const known = slow ? null : latest.current(typed);
    if (Array.isArray(known)) {
      setGroups(known);
      return undefined;
    }
    let overtaken = false;
    setBusy(true);
    const look = async () => {
      try {
        const answer = await latest.current(typed);
        if (!overtaken) setGroups(answer);
      } catch {
        if (!overtaken) setProblem("The choices could not be loaded. Try again.");
      }
      if (!overtaken) setBusy(false);
    };
    const timer = window.setTimeout(() => void look(), typed === "" ? 0 : PAUSE_MS);
    return () => {
      overtaken = true;
      window.clearTimeout(timer);
    };
  }, [open, typed, tooShort, slow]);

  return { groups, busy, word: wordFor({ tooShort, leastTyped, busy, problem, groups }) };
}

function wordFor(of: {
  tooShort: boolean;
  leastTyped: number;
  busy: boolean;
  problem: string | null;
  groups: ChoiceGroup[];
}): string | null {
  if (of.tooShort) {
    return `Type ${of.leastTyped} or more character${of.leastTyped === 1 ? "" : "s"} to search.`;
  }
  if (of.problem) return of.problem;
  if (of.groups.some((group) => group.choices.length > 0)) return null;
  return of.busy ? "Searching …" : "No results";
}
