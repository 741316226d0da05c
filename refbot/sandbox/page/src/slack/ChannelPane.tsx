import { useEffect } from "react";
import { api } from "../live/api";
import { useLoaded } from "../live/useLoaded";
import type { Channel } from "../model/types";
import { useSandbox } from "../Sandbox";
import { ChannelIcon, channelKind } from "../ui/ChannelIcon";
import { Icon } from "../ui/Icon";
import { Composer } from "./Composer";
import { MessageList } from "./MessageList";
import { type LocalNote, useMessages, withNotes } from "./notes";

interface Props {
  channel: Channel;
  notes: LocalNote[];
  onMenu: () => void;
}

export function ChannelPane({ channel, notes, onMenu }: Props) {
  return (
    <>
      <header className="main-head">
        <MenuToggle onMenu={onMenu} />
        <h1>
          <ChannelIcon kind={channel.kind} size={18} />
          {channel.name}
        </h1>
        {channel.kind !== "public" && <span className="main-kind">{channelKind(channel.kind)}</span>}
      </header>
      <Conversation channel={channel} notes={notes} />
    </>
  );
}

export function MenuToggle({ onMenu }: { onMenu: () => void }) {
  return (
    <button type="button" className="plain-button only-narrow" aria-label="Show the channel list" onClick={onMenu}>
      <Icon name="menu" />
    </button>
  );
}

/** The messages of a channel and the box to write in. */
export function Conversation({ channel, notes }: { channel: Channel; notes: LocalNote[] }) {
  const { me, state, act, place } = useSandbox();
  const key = `messages:${channel.id}`;
  const loaded = useLoaded(`${me.id}:${key}`, [key], () => api.messages(me.id, channel.id));
  const unread = state.me.id === me.id ? channel.unread : 0;

  useEffect(() => {
    if (unread > 0 && loaded.value) void act({ kind: "read", channel: channel.id });
  }, [unread, loaded.value, channel.id, act]);

  const at = { as: me.id, channel: place.channel, thread: null };
  const messages = useMessages(loaded.value && withNotes(loaded.value.messages, notes, at));
  const name = channel.kind === "dm" ? state.bot.name : `#${channel.name}`;
  return (
    <>
      <MessageList channel={channel} messages={messages} problem={loaded.problem}>
        <Beginning channel={channel} />
      </MessageList>
      <Composer channel={channel} thread={null} placeholder={`Message ${name}`} onSent={loaded.reload} />
    </>
  );
}

function Beginning({ channel }: { channel: Channel }) {
  const { state, me } = useSandbox();
  if (channel.kind === "dm") {
    return (
      <section className="empty">
        <h2>{channel.name === state.bot.name ? state.bot.name : channel.name}</h2>
        <p>
          This is the very beginning of your direct message history with <strong>{state.bot.name}</strong>.
          Only {me.real_name.split(" ")[0]} and the app can read it.
        </p>
      </section>
    );
  }
  return (
    <section className="empty">
      <h2>
        <ChannelIcon kind={channel.kind} size={26} />
        {channel.name}
      </h2>
      <p>
        This is the very beginning of the <strong>{channel.name}</strong> {channelKind(channel.kind)}.
      </p>
    </section>
  );
}
