import { createContext, useContext } from "react";
import type { Act } from "./live/api";
import type { Place } from "./model/location";
import type { ActAnswer, Channel, Confirm, Person, SandboxState } from "./model/types";

type Unsigned<T> = T extends unknown ? Omit<T, "as"> : never;

/** What every part of the page knows: who is shown, where, and how to act as that person. */
export interface Sandbox {
  state: SandboxState;
  me: Person;
  place: Place;
  goTo: (place: Partial<Place>) => void;
  /** The sandbox's time, which may be ahead of the real one. */
  now: () => Date;
  /** Acts as the shown person; never throws, a lost sandbox is an answer with a sentence too. */
  act: (act: Unsigned<Act>) => Promise<ActAnswer>;
  /** A sentence from Slackbot, visible to the shown person only, in the channel (and thread) that is open. */
  note: (text: string) => void;
  /** Asks the confirm dialog of an element; true when confirmed. */
  confirm: (dialog: Confirm) => Promise<boolean>;
}

export const SandboxContext = createContext<Sandbox | null>(null);

export function useSandbox(): Sandbox {
  const sandbox = useContext(SandboxContext);
  if (!sandbox) throw new Error("useSandbox stands outside the sandbox's page");
  return sandbox;
}

/** The id of a person's direct-message channel with the app. */
export function appChannelOf(person: Person, channels: Channel[], botName: string): Channel {
  const id = `D0${person.id.replace(/^U0/, "")}`;
  const known =
    channels.find((channel) => channel.kind === "dm" && channel.id === id) ??
    channels.find((channel) => channel.kind === "dm" && channel.name === botName);
  return known ?? { id, name: botName, kind: "dm", is_member_bot: true, unread: 0 };
}
