import { memo, useMemo } from "react";
import { type Block as DrawnBlock, Message } from "slack-blocks-to-jsx";
import { withEmoji } from "../model/emoji";
import { type RichPart, richText } from "../model/mrkdwn";
import type { Block, TextObject } from "../model/types";
import { useDrawing } from "./drawing";

interface RichBlock {
  type: "rich_text";
  elements: RichPart[];
}

/** Blocks as the library draws them. */
export const Drawn = memo(function Drawn({ blocks }: { blocks: (Block | RichBlock)[] }) {
  const { data, hooks } = useDrawing();
  return (
    <Message
      withoutWrapper
      theme="light"
      logo=""
      name=""
      className="drawn"
      blocks={blocks as unknown as DrawnBlock[]}
      data={data}
      hooks={hooks}
    />
  );
});

/** A text in mrkdwn: formatting, mentions, dates, emoji, links. */
export const Mrkdwn = memo(function Mrkdwn({ text }: { text: string }) {
  const { writeDate } = useDrawing();
  const blocks = useMemo<RichBlock[]>(
    () => [{ type: "rich_text", elements: richText(text, writeDate) }],
    [text, writeDate],
  );
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
