import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { Option } from "../model/types";
import { Icon } from "../ui/Icon";
import { PickerList } from "./PickerList";
import { type Find, useFound } from "./useFound";

export interface Choice {
  key: string;
  text: string;
  note?: string | undefined;
  icon?: ReactNode;
  option?: Option;
}

export interface ChoiceGroup {
  label: string | null;
  choices: Choice[];
}

interface Props {
  named: Record<string, string | boolean | undefined>;
  multi: boolean;
  most: number | undefined;
  clearable: boolean;
  placeholder: string;
  chosen: Choice[];
  /** So many characters must be typed before anything is looked up. */
  leastTyped: number;
  /** Looking up asks the app: wait for a pause in the typing. */
  slow: boolean;
  find: Find;
  onChosen: (choices: Choice[]) => void;
}

/**
 * A select as a combobox: type to narrow, arrows to move, Enter to choose, Escape to close. With `multi` the chosen
 * stand as chips, and outside the list's life nothing is told: the app hears of it once the list closes.
 */
export function Picker(props: Props) {
  const { multi, chosen, onChosen } = props;
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  // While a multi list is open the choice is the person's own affair.
  const [pending, setPending] = useState<Choice[] | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const held = pending ?? chosen;
  const found = useFound({ open, typed, ...props });
  const flat = found.groups.flatMap((group) => group.choices);
  const isFull = multi && props.most !== undefined && held.length >= props.most;

  useEffect(() => {
    const at = flat.findIndex((choice) => held.some((one) => one.key === choice.key));
    setActive(!multi && at >= 0 ? at : 0);
    // Only new results move the mark.
    // eslint-disable-next-line
  }, [found.groups]);

  const close = () => {
    setOpen(false);
    setTyped("");
    if (pending) {
      setPending(null);
      if (keysOf(pending) !== keysOf(chosen)) onChosen(pending);
    }
  };
  useEffect(() => {
    if (!open) return undefined;
    const away = (event: MouseEvent) => {
      if (!box.current?.contains(event.target as Node)) close();
    };
    document.addEventListener("mousedown", away);
    return () => document.removeEventListener("mousedown", away);
  });

  const pick = (choice: Choice) => {
    if (!multi) {
      setOpen(false);
      setTyped("");
      onChosen([choice]);
      return;
    }
    const there = held.some((one) => one.key === choice.key);
    if (!there && isFull) return;
    setPending(there ? held.filter((one) => one.key !== choice.key) : [...held, choice]);
    setTyped("");
    input.current?.focus();
  };
  const drop = (choice: Choice) => {
    const rest = held.filter((one) => one.key !== choice.key);
    if (open) setPending(rest);
    else onChosen(rest);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const last = held.at(-1);
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        event.preventDefault();
        if (!open) setOpen(true);
        else if (flat.length > 0) {
          const step = event.key === "ArrowDown" ? 1 : -1;
          setActive((active + step + flat.length) % flat.length);
        }
        break;
      case "Enter":
        event.preventDefault();
        if (!open) setOpen(true);
        else if (flat[active]) pick(flat[active]);
        break;
      case "Escape":
        if (!open) return;
        event.preventDefault();
        event.stopPropagation();
        close();
        break;
      case "Tab":
        close();
        break;
      case "Backspace":
        if (multi && typed === "" && last) drop(last);
        break;
    }
  };

  const single = multi ? undefined : held[0];
  return (
    <div
      ref={box}
      className={`picker ${open ? "is-open" : ""} ${props.named["aria-invalid"] ? "is-wrong" : ""}`}
      onClick={(event) => {
        if ((event.target as HTMLElement).closest("button, [role=listbox]")) return;
        input.current?.focus();
        setOpen(true);
      }}
    >
      {multi &&
        held.map((choice) => (
          <span key={choice.key} className="chip">
            {choice.icon}
            {choice.text}
            <button type="button" aria-label={`Remove ${choice.text}`} onClick={() => drop(choice)}>
              <Icon name="close" size={12} />
            </button>
          </span>
        ))}
      {single?.icon && !open && <span className="picker-icon">{single.icon}</span>}
      <input
        {...props.named}
        ref={input}
        role="combobox"
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open && flat[active] ? `${listId}-${active}` : undefined}
        autoComplete="off"
        value={open ? typed : (single?.text ?? "")}
        placeholder={multi && held.length > 0 ? "" : (single?.text ?? props.placeholder)}
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
      />
      {single && props.clearable && !open && (
        <button type="button" className="picker-clear" aria-label="Clear" onClick={() => onChosen([])}>
          <Icon name="close" size={14} />
        </button>
      )}
      <span className="picker-arrow">
        <Icon name="down" size={16} />
      </span>
      {open && (
        <PickerList
          id={listId}
          anchor={box}
          multi={multi}
          found={found}
          active={active}
          isChosen={(choice) => held.some((one) => one.key === choice.key)}
          note={isFull ? `No more than ${props.most} can be chosen.` : null}
          onPick={pick}
          onPoint={setActive}
        />
      )}
    </div>
  );
}

function keysOf(choices: Choice[]): string {
  return JSON.stringify(choices.map((choice) => choice.key));
}
