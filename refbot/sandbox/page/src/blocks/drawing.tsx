import { createContext, useContext, useMemo } from "react";
import type { MessageProps } from "slack-blocks-to-jsx";
import { dayOf, slackDate } from "../model/dates";
import { emojiOf } from "../model/emoji";
import { hashOf, linkTo } from "../model/location";
import type { DateWriter } from "../model/mrkdwn";
import type { SandboxState } from "../model/types";

/** What a text is drawn with: names for mentions, the person's zone for dates. */
export interface Drawing extends Pick<MessageProps, "data" | "hooks"> {
  writeDate: DateWriter;
}

export const DrawingContext = createContext<Drawing | null>(null);

export function useDrawing(): Drawing {
  const drawing = useContext(DrawingContext);
  if (!drawing) throw new Error("a text stands outside the sandbox's page");
  return drawing;
}

interface Named {
  id: string;
  name: string;
}

/** One drawing for the whole page; anew only when a name, the zone or the day changed, since texts then are too. */
export function useDrawingOf(state: SandboxState | undefined, now: () => Date): Drawing {
  const me = state?.me.id ?? "";
  const tz = state?.me.tz ?? "UTC";
  const names = JSON.stringify([
    state?.people.map(({ id, real_name }) => ({ id, name: real_name })) ?? [],
    state?.channels.map(({ id, name }) => ({ id, name })) ?? [],
  ]);
  // Stands for the clock below: the words for a date change when a day begins.
  const today = dayOf(now(), tz);
  return useMemo(() => {
    const [users, channels] = JSON.parse(names) as [Named[], Named[]];
    const at = { now: now(), tz };
    const writeDate: DateWriter = (seconds, format, fallback) =>
      slackDate(seconds, format, fallback, at);
    const data = { users, channels, user_groups: [] };
    return { data, hooks: hooksFor(me, channels, writeDate), writeDate };
  }, [names, me, tz, today, now]);
}

function hooksFor(
  me: string,
  channels: Named[],
  writeDate: DateWriter,
): NonNullable<MessageProps["hooks"]> {
  return {
    user: ({ id, name }) => (
      <span className={id === me ? "mention mention-me" : "mention"}>@{name || id}</span>
    ),
    channel: ({ id, name }) =>
      channels.some((known) => known.id === id) ? (
        <a className="mention" href={hashOf({ as: me, channel: id })}>
          #{name}
        </a>
      ) : (
        <span className="mention">🔒private-channel</span>
      ),
    emoji: ({ name }) => (
      <span className="emoji" title={`:${name}:`}>
        {emojiOf(name) ?? `:${name}:`}
      </span>
    ),
    link: ({ href, children, className }) => (
      <a {...linkTo(href, me)} className={className}>
        {children}
      </a>
    ),
    date: ({ timestamp, format, fallback }) => writeDate(Number(timestamp), format, fallback),
  };
}
