import type { Command } from "./types";

/** The first word when it is a command, "/reference"; null for a plain message. */
export function commandIn(typed: string): string | null {
  return /^\/\S+/.exec(typed)?.[0] ?? null;
}

/** The commands that a started word can become; none once the word is complete and arguments follow. */
export function commandsFor(typed: string, commands: Command[]): Command[] {
  if (!/^\/\S*$/.test(typed)) return [];
  return commands.filter((known) => known.command.startsWith(typed.toLowerCase()));
}

/** The name being typed after an "@" right before the cursor; null when there is none. */
export function mentionAt(typed: string, cursor: number): { from: number; name: string } | null {
  const found = /(?:^|\s)@([\p{L}\p{N}._-]{0,30})$/u.exec(typed.slice(0, cursor));
  if (!found || found[1] === undefined) return null;
  return { from: cursor - found[1].length - 1, name: found[1].toLowerCase() };
}
