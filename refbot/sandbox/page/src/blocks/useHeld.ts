import { useState } from "react";
import { type Choice, isSameChoice } from "./choice";

interface Wanted {
  multi: boolean;
  most: number | undefined;
  chosen: Choice[];
  onChosen: (choices: Choice[]) => void;
}

export interface Held {
  choices: Choice[];
  isFull: boolean;
  has: (choice: Choice) => boolean;
  /** Puts a choice in or takes it out, for the time being. */
  flip: (choice: Choice) => void;
  /** Tells what was put in and taken out since, if anything. */
  settle: () => void;
}

/** What a select holds. While a list for many is open that is the person's own affair: it is told when it closes. */
export function useHeld({ multi, most, chosen, onChosen }: Wanted): Held {
  const [pending, setPending] = useState<Choice[] | null>(null);
  const choices = pending ?? chosen;
  const has = (choice: Choice) => choices.some(isSameChoice(choice));
  const isFull = multi && most !== undefined && choices.length >= most;
  const flip = (choice: Choice) => {
    if (has(choice)) setPending(choices.filter((one) => one.key !== choice.key));
    else if (!isFull) setPending([...choices, choice]);
  };
  const settle = () => {
    if (!pending) return;
    setPending(null);
    if (keysOf(pending) !== keysOf(chosen)) onChosen(pending);
  };
  return { choices, isFull, has, flip, settle };
}

function keysOf(choices: Choice[]): string {
  return JSON.stringify(choices.map((choice) => choice.key));
}
