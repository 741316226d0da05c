import { type KeyboardEvent, useEffect, useState } from "react";
import { commandsFor, mentionAt } from "../model/typed";
import type { Command, Person } from "../model/types";
import { useSandbox } from "../Sandbox";
import type { Draft } from "./useDraft";

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
export function useSuggestions(commandText: string, draft: Draft): Suggested {
  const { state } = useSandbox();
  const { typed } = draft;
  const [active, point] = useState(0);
  const [closedFor, setClosedFor] = useState<string | null>(null);
  useEffect(() => point(0), [typed]);

  const commands = commandsFor(commandText, state.bot.commands).map(ofCommand);
  const offered = commands.length > 0 ? commands : peopleAt(draft, state.people);
  const items = closedFor === typed ? [] : offered.slice(0, MOST);
  const take = (item: Suggestion) => draft.write(item.text);

  const onKeyDown = (event: KeyboardEvent): boolean => {
    const chosen = items[active];
    // A command that is typed out needs no completing: Enter sends it.
    if (!chosen || event.shiftKey || (event.key === "Enter" && chosen.title === typed)) return false;
    const acts: Record<string, () => void> = {
      ArrowDown: () => point((active + 1) % items.length),
      ArrowUp: () => point((active - 1 + items.length) % items.length),
      Enter: () => take(chosen),
      Tab: () => take(chosen),
      Escape: () => setClosedFor(typed),
    };
    const act = acts[event.key];
    if (!act) return false;
    event.preventDefault();
    act();
    return true;
  };
  const kind = commands.length > 0 ? "command" : "person";
  return { kind, items, active, take, point, onKeyDown };
}

function ofCommand(known: Command): Suggestion {
  return {
    key: known.command,
    title: known.command,
    hint: known.usage_hint,
    note: known.description,
    text: `${known.command} `,
  };
}

function peopleAt({ typed, cursor }: Draft, people: Person[]): Suggestion[] {
  const mention = mentionAt(typed, cursor);
  if (!mention) return [];
  return people
    .filter((person) => !person.is_deleted && isCalled(person, mention.name))
    .map((person) => ({
      key: person.id,
      title: person.real_name,
      hint: `@${person.name}`,
      note: person.title,
      person,
      text: `${typed.slice(0, mention.from)}@${person.name} ${typed.slice(cursor)}`,
    }));
}

/** Whether one of a person's names begins so. */
function isCalled(person: Person, start: string): boolean {
  const names = [person.name, ...person.real_name.split(" ")];
  return names.some((name) => name.toLowerCase().startsWith(start));
}
