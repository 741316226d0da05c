import { memo, useMemo } from "react";
import { type Block as DrawnBlock, Message, type MessageProps } from "slack-blocks-to-jsx";
import { dayOf, slackDate } from "../model/dates";
import { emojiOf, withEmoji } from "../model/emoji";
import { hashOf } from "../model/location";
import { type RichPart, richText } from "../model/mrkdwn";
import type { Block, TextObject } from "../model/types";
import { useSandbox } from "../Sandbox";

type Hooks = NonNullable<MessageProps["hooks"]>;

/** How mentions, emoji, dates and links look; anew only when a name, a zone or a day changed. */
function useDrawing(): Pick<MessageProps, "data" | "hooks"> {
  const { me, state, now } = useSandbox();
  const names = JSON.stringify([
    state.people.map(({ id, real_name }) => ({ id, name: real_name })),
    state.channels.map(({ id, name }) => ({ id, name })),
  ]);
  const today = dayOf(now(), me.tz);
  return useMemo(() => {
    const [users, channels] = JSON.parse(names) as [Named[], Named[]];
    const hooks: Hooks = {
      user: ({ id, name }) => (
        <span className={id === me.id ? "mention mention-me" : "mention"}>@{name || id}</span>
      ),
      channel: ({ id, name }) =>
        channels.some((known) => known.id === id) ? (
          <a className="mention" href={hashOf({ as: me.id, channel: id })}>
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
      date: ({ timestamp, format, fallback }) =>
        slackDate(Number(timestamp), format, fallback, { now: now(), tz: me.tz }),
    };
    return { data: { users, channels, user_groups: [] }, hooks };
    // `today` stands for the clock: the words change when a day begins.
    // eslint-disable-next-line
  }, [names, me.id, me.tz, today, now]);
}

interface Named {
  id: string;
  name: string;
}

/** Blocks as the library draws them. */
export const Drawn = memo(function Drawn({ blocks }: { blocks: (Block | RichBlock)[] }) {
  return (
    <Message
      withoutWrapper
      theme="light"
      logo=""
      name=""
      className="drawn"
      blocks={blocks as unknown as DrawnBlock[]}
      {...useDrawing()}
    />
  );
});

interface RichBlock {
  type: "rich_text";
  elements: RichPart[];
}

/** A text in mrkdwn: formatting, mentions, dates, emoji, links. */
export const Mrkdwn = memo(function Mrkdwn({ text }: { text: string }) {
  const { me, now } = useSandbox();
  const at = { now: now(), tz: me.tz };
  const today = dayOf(at.now, at.tz);
  const blocks = useMemo<RichBlock[]>(() => {
    const elements = richText(text, (seconds, format, fallback) =>
      slackDate(seconds, format, fallback, at),
    );
    return [{ type: "rich_text", elements }];
  }, [text, at.tz, today]);
  return <Drawn blocks={blocks} />;
});

export function plainOf(text: TextObject | string | undefined): string {
  if (text === undefined) return "";
  const { text: words, emoji } = typeof text === "string" ? { text, emoji: true } : text;
  return emoji === false ? words : withEmoji(words);
}

/** A plain_text: shown letter by letter, only emoji names become emoji. */
export function PlainText({ text }: { text: TextObject | string | undefined }) {
  return <span className="plain-text">{plainOf(text)}</span>;
}

export function Text({ text }: { text: TextObject }) {
  return text.type === "mrkdwn" ? <Mrkdwn text={text.text} /> : <PlainText text={text} />;
}
