import { api } from "../live/api";
import { useLoaded } from "../live/useLoaded";
import type { Channel } from "../model/types";
import { useSandbox } from "../Sandbox";
import { Icon } from "../ui/Icon";
import { Composer } from "./Composer";
import { MessageRow } from "./MessageRow";
import { type LocalNote, useMessages, withNotes } from "./notes";

interface Props {
  channel: Channel;
  ts: string;
  notes: LocalNote[];
}

/** A message and its replies, at the right. */
export function ThreadPane({ channel, ts, notes }: Props) {
  const { me, state, goTo, place } = useSandbox();
  const loaded = useLoaded(`${me.id}:thread:${channel.id}:${ts}`, [`messages:${channel.id}`], () =>
    api.thread(me.id, channel.id, ts),
  );
  const at = { as: me.id, channel: place.channel, thread: ts };
  const messages = useMessages(loaded.value && withNotes(loaded.value.messages, notes, at));
  const replies = (messages ?? []).filter((message) => !message.is_ephemeral).length - 1;
  return (
    <aside className="thread" aria-label="Thread">
      <header className="main-head">
        <h2>
          Thread
          <span className="main-kind">{channel.kind === "dm" ? state.bot.name : `# ${channel.name}`}</span>
        </h2>
        <button
          type="button"
          className="plain-button"
          aria-label="Close thread"
          title="Close thread"
          onClick={() => goTo({ channel: place.channel })}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="thread-scroll" tabIndex={0} role="log" aria-label="Thread messages">
        {loaded.problem && (
          <p className="empty" role="alert">
            {loaded.problem}
          </p>
        )}
        {messages?.map((message, index) => (
          <div key={message.ts}>
            <MessageRow channel={channel} message={message} isContinued={false} inThread />
            {index === 0 && replies > 0 && (
              <div className="thread-count">
                <span>
                  {replies} {replies === 1 ? "reply" : "replies"}
                </span>
              </div>
            )}
          </div>
        ))}
        <Composer channel={channel} thread={ts} placeholder="Reply…" onSent={loaded.reload} />
      </div>
    </aside>
  );
}
