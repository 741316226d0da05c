import { type KeyboardEvent, useEffect, useState } from "react";
import { commandsFor, mentionAt } from "../model/typed";
import type { Person } from "../model/types";
import { useSandbox } from "../Sandbox";

export interface Suggestion {
  key: string;
  title: string;
  hint: string;
  note: string;
  person?: Person;
  /** The text of the box once this is taken. */
  text: string;
}

export interface Suggested {
  kind: "command" | "person";
  items: Suggestion[];
  active: number;
  take: (item: Suggestion) => void;
  point: (index: number) => void;
  /** True when the key was meant for the list. */
  onKeyDown: (event: KeyboardEvent) => boolean;
}

const MOST = 8;

/** What can be completed where the cursor stands: commands from the first "/", people from an "@". */
export function useSuggestions(
  commandText: string,
  typed: string,
  cursor: number,
  write: (text: string) => void,
): Suggested {
  const { state } = useSandbox();
  const [active, setActive] = useState(0);
  const [closedFor, setClosedFor] = useState<string | null>(null);
  useEffect(() => setActive(0), [typed]);

  const commands = commandsFor(commandText, state.bot.commands).map<Suggestion>((known) => ({
    key: known.command,
    title: known.command,
    hint: known.usage_hint,
    note: known.description,
    text: `${known.command} `,
  }));
  const mention = mentionAt(typed, cursor);
  const people = mention
    ? state.people
        .filter((person) => !person.is_deleted && isCalled(person, mention.name))
        .map<Suggestion>((person) => ({
          key: person.id,
          title: person.real_name,
          hint: `@${person.name}`,
          note: person.title,
          person,
          text: `${typed.slice(0, mention.from)}@${person.name} ${typed.slice(cursor)}`,
        }))
    : [];
  const kind = commands.length > 0 ? "command" : "person";
  const items = closedFor === typed ? [] : (commands.length > 0 ? commands : people).slice(0, MOST);
  const take = (item: Suggestion) => write(item.text);

  const onKeyDown = (event: KeyboardEvent): boolean => {
    const chosen = items[active];
    if (!chosen) return false;
    // A command that is typed out needs no completing: Enter sends it.
    if (event.key === "Enter" && chosen.title === typed) return false;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        setActive((active + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length);
        break;
      case "Enter":
      case "Tab":
        if (event.shiftKey) return false;
        take(chosen);
        break;
      case "Escape":
        setClosedFor(typed);
        break;
      default:
        return false;
    }
    event.preventDefault();
    return true;
  };
  return { kind, items, active, take, point: setActive, onKeyDown };
}

/** Whether one of a person's names begins so. */
function isCalled(person: Person, start: string): boolean {
  const names = [person.name, ...person.real_name.split(" ")];
  return names.some((name) => name.toLowerCase().startsWith(start));
}
