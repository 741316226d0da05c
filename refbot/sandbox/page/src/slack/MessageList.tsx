import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { dayOf, dividerDay } from "../model/dates";
import type { Channel, Message } from "../model/types";
import { useSandbox } from "../Sandbox";
import { MessageRow } from "./MessageRow";

const TOGETHER_MS = 5 * 60_000;
const FIRST_SHOWN = 60;
const MORE_SHOWN = 100;
const CONTEXT_SHOWN = 5;
const NEAR_END = 60;

interface Props {
  channel: Channel;
  messages: Message[] | undefined;
  problem: string | null;
  /** What stands above the first message. */
  children?: ReactNode;
}

/** Messages, oldest first, with a divider for each day; the newest ones first, more on demand. */
export function MessageList({ channel, messages, problem, children }: Props) {
  const { place } = useSandbox();
  const [many, setMany] = useState(FIRST_SHOWN);
  const pointedAt = messages?.findIndex((message) => message.ts === place.at) ?? -1;
  const from = firstShown(messages?.length ?? 0, many, pointedAt);
  const view = useScroll(messages?.at(-1)?.ts, pointedAt >= 0 ? place.at : null);
  return (
    <div
      ref={view.box}
      className="messages"
      onScroll={view.onScroll}
      role="log"
      aria-label="Messages"
      aria-busy={!messages}
      tabIndex={0}
    >
      <div ref={view.inner} className="messages-inner">
        {messages && from === 0 && children}
        {from > 0 && (
          <button type="button" className="button earlier" onClick={() => setMany(many + MORE_SHOWN)}>
            Show earlier messages
          </button>
        )}
        {!messages && <Skeleton problem={problem} />}
        {messages?.slice(from).map((message, index, shown) => (
          <Dated key={message.ts} channel={channel} before={shown[index - 1]} message={message} />
        ))}
      </div>
    </div>
  );
}

/** Where to begin: so many from the end, or a little before the message that a link points at. */
function firstShown(count: number, many: number, pointedAt: number): number {
  const wanted = pointedAt < 0 ? count : pointedAt - CONTEXT_SHOWN;
  return Math.max(0, Math.min(count - many, wanted));
}

/** Stays at the newest message unless the person scrolled up; goes to the one pointed at. */
function useScroll(last: string | undefined, pointedAt: string | null) {
  const box = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);

  useLayoutEffect(() => {
    const toEnd = () => {
      if (box.current && atEnd.current) box.current.scrollTop = box.current.scrollHeight;
    };
    toEnd();
    // Cards grow after they are drawn (images, errors): the end stays in view then too.
    const watched = new ResizeObserver(toEnd);
    if (box.current) watched.observe(box.current);
    if (inner.current) watched.observe(inner.current);
    return () => watched.disconnect();
  }, [last]);
  useEffect(() => {
    if (!pointedAt) return;
    atEnd.current = false;
    inner.current
      ?.querySelector(`[data-ts="${CSS.escape(pointedAt)}"]`)
      ?.scrollIntoView({ block: "center" });
  }, [pointedAt]);

  const onScroll = () => {
    const list = box.current;
    if (list) atEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  };
  return { box, inner, onScroll };
}

interface DatedProps {
  channel: Channel;
  before: Message | undefined;
  message: Message;
}

/** A message with its day above it where a new day begins. */
function Dated({ channel, before, message }: DatedProps) {
  const { me, now } = useSandbox();
  const when = new Date(message.when);
  const isNewDay = !before || dayOf(new Date(before.when), me.tz) !== dayOf(when, me.tz);
  return (
    <div>
      {isNewDay && (
        <div className="day" role="separator">
          <span>{dividerDay(when, now(), me.tz)}</span>
        </div>
      )}
      <MessageRow
        channel={channel}
        message={message}
        isContinued={!isNewDay && together(before, message)}
      />
    </div>
  );
}

/** Two messages of one author within a few minutes stand under one name. */
function together(before: Message, message: Message): boolean {
  return (
    authorOf(before) === authorOf(message) &&
    !before.is_ephemeral &&
    !message.is_ephemeral &&
    !before.reply_count &&
    Date.parse(message.when) - Date.parse(before.when) < TOGETHER_MS
  );
}

function authorOf(message: Message): string | undefined {
  return message.bot_id ?? message.user ?? message.username;
}

function Skeleton({ problem }: { problem: string | null }) {
  if (problem) {
    return (
      <p className="empty" role="alert">
        {problem}
      </p>
    );
  }
  return (
    <div className="skeleton" role="status" aria-label="Loading messages">
      {[62, 40, 75].map((width) => (
        <span key={width} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
