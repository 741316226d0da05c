import { useEffect, useState } from "react";
import { appChannelOf, useSandbox } from "../Sandbox";
import type { Channel } from "../model/types";
import { AppPane } from "./AppPane";
import { ChannelPane } from "./ChannelPane";
import type { LocalNote } from "./notes";
import { Sidebar } from "./Sidebar";
import { ThreadPane } from "./ThreadPane";

/** The frame that looks like Slack: side bar, the open channel or app, and a thread beside it. */
export function Workspace({ notes }: { notes: LocalNote[] }) {
  const { state, me, place } = useSandbox();
  const app = appChannelOf(me, state.channels, state.bot.name);
  const channel = shownChannel(place.channel, app, state.channels);
  const [barOpen, setBarOpen] = useState(false);
  const isApp = channel?.id === app.id;

  useEffect(() => setBarOpen(false), [place]);

  return (
    <div className={`workspace ${place.thread ? "has-thread" : ""} ${barOpen ? "bar-open" : ""}`}>
      <Sidebar app={app} shown={channel?.id} />
      {barOpen && (
        <button
          type="button"
          className="bar-shade"
          aria-label="Close the channel list"
          onClick={() => setBarOpen(false)}
        />
      )}
      <main className="main" aria-label={isApp ? state.bot.name : (channel?.name ?? "Channel")}>
        {!channel && <NotThere onMenu={() => setBarOpen(true)} />}
        {channel && isApp && (
          <AppPane key={me.id} channel={app} notes={notes} onMenu={() => setBarOpen(true)} />
        )}
        {channel && !isApp && (
          <ChannelPane
            key={`${me.id}:${channel.id}`}
            channel={channel}
            notes={notes}
            onMenu={() => setBarOpen(true)}
          />
        )}
      </main>
      {channel && place.thread && (
        <ThreadPane
          key={`${me.id}:${channel.id}:${place.thread}`}
          channel={channel}
          ts={place.thread}
          notes={notes}
        />
      )}
    </div>
  );
}

function shownChannel(wanted: string, app: Channel, channels: Channel[]): Channel | undefined {
  if (wanted === "refbot" || wanted === app.id) return app;
  return channels.find((channel) => channel.id === wanted || channel.name === wanted);
}

/** A link into a channel that this person is not in. */
function NotThere({ onMenu }: { onMenu: () => void }) {
  const { me, state, goTo } = useSandbox();
  const first = state.channels.find((channel) => channel.kind !== "dm");
  return (
    <section className="empty empty-page">
      <button type="button" className="button only-narrow" onClick={onMenu}>
        Channels
      </button>
      <h2>{me.real_name} can't see this channel</h2>
      <p>It is private, or another person's. Choose a channel on the left, or act as somebody else.</p>
      {first && (
        <button type="button" className="button" onClick={() => goTo({ channel: first.id })}>
          Go to #{first.name}
        </button>
      )}
    </section>
  );
}
