import type { Channel, Command, Person } from "./types";

/** What a person types, as Slack sends it on: escaped, with the people and channels named in it as ids. */
export function asSent(typed: string, people: Person[], channels: Channel[]): string {
  let text = typed.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  for (const person of longestFirst(people, (p) => p.real_name)) {
    text = text.replaceAll(`@${person.real_name}`, `<@${person.id}>`);
  }
  for (const channel of longestFirst(channels, (c) => c.name)) {
    if (channel.kind === "dm") continue;
    const named = new RegExp(`(^|\\s)#${escapeRegExp(channel.name)}(?![\\w-])`, "g");
    text = text.replace(named, `$1<#${channel.id}|${channel.name}>`);
  }
  return text.replace(/(^|\s)@(here|channel|everyone)(?![\w-])/g, "$1<!$2>");
}

function longestFirst<T>(items: T[], name: (item: T) => string): T[] {
  return [...items].sort((a, b) => name(b).length - name(a).length);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

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
  const found = /(^|\s)@([\p{L}\p{N}._ -]{0,30})$/u.exec(typed.slice(0, cursor));
  if (!found || found[2] === undefined || / {2}|^ /.test(found[2])) return null;
  return { from: cursor - found[2].length - 1, name: found[2].toLowerCase() };
}
