import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { dayOf, dividerDay } from "../model/dates";
import type { Channel, Message } from "../model/types";
import { useSandbox } from "../Sandbox";
import { MessageRow } from "./MessageRow";

const TOGETHER_MS = 5 * 60_000;
const FIRST_SHOWN = 60;
const MORE_SHOWN = 100;

interface Props {
  channel: Channel;
  messages: Message[] | undefined;
  problem: string | null;
  /** What stands above the first message. */
  children?: ReactNode;
}

/** Messages, oldest first, with a divider for each day. Stays at the newest unless the person scrolled up. */
export function MessageList({ channel, messages, problem, children }: Props) {
  const { me, now, place } = useSandbox();
  const box = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const last = messages?.at(-1)?.ts;

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

  const [many, setMany] = useState(FIRST_SHOWN);
  const pointedAt = messages?.findIndex((message) => message.ts === place.at) ?? -1;
  const from = Math.max(
    0,
    Math.min((messages?.length ?? 0) - many, pointedAt < 0 ? Number.MAX_SAFE_INTEGER : pointedAt - 5),
  );
  const isThere = pointedAt >= 0;
  useEffect(() => {
    if (!place.at || !isThere) return;
    atEnd.current = false;
    inner.current
      ?.querySelector(`[data-ts="${place.at}"]`)
      ?.scrollIntoView({ block: "center" });
  }, [place.at, isThere]);

  const onScroll = () => {
    const list = box.current;
    if (list) atEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  };

  return (
    <div
      ref={box}
      className="messages"
      onScroll={onScroll}
      role="log"
      aria-label="Messages"
      aria-busy={!messages}
      tabIndex={0}
    >
      <div ref={inner} className="messages-inner">
        {messages && from === 0 && children}
        {from > 0 && (
          <button type="button" className="button earlier" onClick={() => setMany(many + MORE_SHOWN)}>
            Show earlier messages
          </button>
        )}
        {!messages && <Skeleton problem={problem} />}
        {messages?.slice(from).map((message, index, shown) => {
          const before = shown[index - 1];
          const when = new Date(message.when);
          const newDay =
            !before || dayOf(new Date(before.when), me.tz) !== dayOf(when, me.tz);
          return (
            <div key={message.ts}>
              {newDay && (
                <div className="day" role="separator">
                  <span>{dividerDay(when, now(), me.tz)}</span>
                </div>
              )}
              <MessageRow
                channel={channel}
                message={message}
                isContinued={!newDay && Boolean(before) && together(before as Message, message)}
              />
            </div>
          );
        })}
      </div>
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
