import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { type Choice, isSameChoice } from "./choice";
import { type Find, type Found, useFound } from "./useFound";
import { type Held, useHeld } from "./useHeld";

export interface PickerWishes {
  multi: boolean;
  most: number | undefined;
  chosen: Choice[];
  /** So many characters must be typed before anything is looked up. */
  leastTyped: number;
  /** Looking up asks the app: wait for a pause in the typing. */
  slow: boolean;
  find: Find;
  onChosen: (choices: Choice[]) => void;
}

export interface PickerState {
  box: RefObject<HTMLDivElement | null>;
  input: RefObject<HTMLInputElement | null>;
  isOpen: boolean;
  typed: string;
  /** The place of the marked choice in the list. */
  active: number;
  found: Found;
  flat: Choice[];
  held: Held;
  open: () => void;
  type: (text: string) => void;
  point: (index: number) => void;
  pick: (choice: Choice) => void;
  drop: (choice: Choice) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** The life of a select: opened, narrowed by typing, chosen from, closed. */
export function usePicker(wishes: PickerWishes): PickerState {
  const { multi, onChosen } = wishes;
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [active, point] = useState(0);
  const held = useHeld(wishes);
  const found = useFound({ open: isOpen, typed, ...wishes });
  const flat = found.groups.flatMap((group) => group.choices);

  const close = () => {
    setOpen(false);
    setTyped("");
    held.settle();
  };
  useMarkOfNewResults(found, multi ? [] : held.choices, point);
  useClickOutside(box, isOpen, close);

  const pick = (choice: Choice) => {
    setTyped("");
    input.current?.focus();
    if (multi) {
      held.flip(choice);
      return;
    }
    setOpen(false);
    onChosen([choice]);
  };
  const drop = (choice: Choice) => {
    if (isOpen) held.flip(choice);
    else onChosen(held.choices.filter((one) => one.key !== choice.key));
  };
  const open = () => setOpen(true);
  const type = (text: string) => {
    setTyped(text);
    setOpen(true);
  };
  const state = { box, input, isOpen, typed, active, found, flat, held, open, type, point, pick, drop };
  const onKeyDown = (event: KeyboardEvent) => steer(event, { ...state, close, multi });
  return { ...state, onKeyDown };
}

/** Moves the mark to what is chosen, else to the first, whenever there are new results. */
function useMarkOfNewResults(found: Found, chosen: Choice[], point: (index: number) => void): void {
  const latest = useRef(chosen);
  latest.current = chosen;
  useEffect(() => {
    const flat = found.groups.flatMap((group) => group.choices);
    const at = flat.findIndex((choice) => latest.current.some(isSameChoice(choice)));
    point(Math.max(at, 0));
  }, [found.groups, point]);
}

function useClickOutside(
  box: RefObject<HTMLDivElement | null>,
  isOpen: boolean,
  close: () => void,
): void {
  useEffect(() => {
    if (!isOpen) return undefined;
    const away = (event: MouseEvent) => {
      if (!box.current?.contains(event.target as Node)) close();
    };
    document.addEventListener("mousedown", away);
    return () => document.removeEventListener("mousedown", away);
  });
}

type Steered = Omit<PickerState, "onKeyDown"> & { close: () => void; multi: boolean };

/** What the keys do: arrows move, Enter chooses, Escape closes the list only, Backspace takes the last chip away. */
function steer(event: KeyboardEvent, picker: Steered): void {
  const { isOpen, flat, active, held } = picker;
  const last = held.choices.at(-1);
  switch (event.key) {
    case "ArrowDown":
    case "ArrowUp":
      event.preventDefault();
      if (!isOpen) picker.open();
      else if (flat.length > 0) {
        const step = event.key === "ArrowDown" ? 1 : -1;
        picker.point((active + step + flat.length) % flat.length);
      }
      break;
    case "Enter":
      event.preventDefault();
      if (!isOpen) picker.open();
      else if (flat[active]) picker.pick(flat[active]);
      break;
    case "Escape":
      if (!isOpen) break;
      event.preventDefault();
      event.stopPropagation();
      picker.close();
      break;
    case "Tab":
      picker.close();
      break;
    case "Backspace":
      if (picker.multi && picker.typed === "" && last) picker.drop(last);
      break;
  }
}
