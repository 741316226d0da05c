import type {
  ActAnswer,
  Container,
  FieldValues,
  Mail,
  Message,
  OptionAnswer,
  SandboxState,
  TrafficEntry,
  View,
} from "../model/types";

const BASE = "page/api";

export class SandboxError extends Error {}

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const answer = await fetch(
    `${BASE}${path}`,
    body === undefined
      ? {}
      : {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        },
  ).catch(() => {
    throw new SandboxError("The sandbox doesn't answer. Is it still running?");
  });
  const json = (await answer.json().catch(() => null)) as (T & { error?: string }) | null;
  if (!answer.ok || json === null) {
    throw new SandboxError(`The sandbox refused ${path}: ${json?.error ?? answer.status}.`);
  }
  return json;
}

const query = (values: Record<string, string>) => new URLSearchParams(values).toString();

export const api = {
  state: (as: string) => ask<SandboxState>(`/state?${query({ as })}`),
  messages: (as: string, channel: string) =>
    ask<{ messages: Message[] }>(`/messages?${query({ as, channel })}`),
  thread: (as: string, channel: string, ts: string) =>
    ask<{ messages: Message[] }>(`/thread?${query({ as, channel, ts })}`),
  views: (as: string) => ask<{ stack: View[] }>(`/view?${query({ as })}`),
  home: (as: string) => ask<{ view: View | null }>(`/home?${query({ as })}`),
  act: (act: Act) => ask<ActAnswer>("/act", act),
  options: (wanted: OptionsWanted) => ask<OptionAnswer>("/options", wanted),
  mails: () => ask<{ mails: Mail[] }>("/mails"),
  readMail: (id: Mail["id"]) => ask<unknown>("/mails/read", { id }),
  skip: (skip: "hour" | "day" | "week") => ask<{ now: string }>("/clock", { skip }),
  traffic: (after: number) =>
    ask<{ entries: TrafficEntry[] }>(`/traffic?${query({ after: String(after) })}`),
  faults: (faults: Record<string, boolean>) => ask<unknown>("/faults", faults),
};

export type Act = { as: string } & (
  | { kind: "message"; channel: string; text: string; thread_ts?: string; file?: Upload }
  | { kind: "block_action"; container: Container; action: BlockAction; values?: FieldValues }
  | { kind: "submit"; view_id: string; values: FieldValues }
  | { kind: "close"; view_id: string }
  | { kind: "shortcut"; callback_id: string }
  | { kind: "message_shortcut"; callback_id: string; channel: string; ts: string }
  | { kind: "open_home" }
  | { kind: "read"; channel: string }
);

/** A file as it is handed in: its bytes in base64. */
export interface Upload {
  name: string;
  content: string;
}

export type BlockAction = { type: string; action_id: string; block_id: string } & Record<
  string,
  unknown
>;

export interface OptionsWanted {
  as: string;
  container: Container;
  action_id: string;
  block_id: string;
  value: string;
}
