import type { ReactNode } from "react";
import { useSandbox } from "../Sandbox";
import { hashOf } from "../model/location";
import type { Channel } from "../model/types";
import { Avatar, BotAvatar } from "../ui/Avatar";
import { ChannelIcon, channelKind } from "../ui/ChannelIcon";

/** Channels, direct messages and the app, with what is unread for the person shown. */
export function Sidebar({ app, shown }: { app: Channel; shown: string | undefined }) {
  const { state, me } = useSandbox();
  const channels = state.channels.filter((channel) => channel.kind !== "dm");
  const direct = state.channels.filter(
    (channel) => channel.kind === "dm" && channel.id !== app.id && channel.name !== state.bot.name,
  );
  return (
    <nav className="sidebar" aria-label="Channels and apps">
      <header className="sidebar-head">
        <span className="sidebar-team">Northbeam</span>
      </header>
      <div className="sidebar-scroll">
        <Group title="Channels">
          {channels.map((channel) => (
            <Row key={channel.id} channel={channel} name={channel.name} isShown={channel.id === shown}>
              <ChannelIcon kind={channel.kind} />
            </Row>
          ))}
        </Group>
        {direct.length > 0 && (
          <Group title="Direct messages">
            {direct.map((channel) => (
              <Row key={channel.id} channel={channel} name={channel.name} isShown={channel.id === shown}>
                <ChannelIcon kind="dm" />
              </Row>
            ))}
          </Group>
        )}
        <Group title="Apps">
          <Row channel={app} name={state.bot.name} isShown={app.id === shown}>
            <BotAvatar size={20} />
          </Row>
        </Group>
      </div>
      <footer className="sidebar-me">
        <Avatar person={me} size={32} />
        <span>
          <strong>{me.real_name}</strong>
          <small>{me.title}</small>
        </span>
      </footer>
    </nav>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="sidebar-group">
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

interface RowProps {
  channel: Channel;
  name: string;
  isShown: boolean;
  children: ReactNode;
}

function Row({ channel, name, isShown, children }: RowProps) {
  const { me } = useSandbox();
  const unread = isShown ? 0 : channel.unread;
  return (
    <li>
      <a
        href={hashOf({ as: me.id, channel: channel.id })}
        className={`sidebar-row ${isShown ? "is-shown" : ""} ${unread ? "is-unread" : ""}`}
        aria-current={isShown ? "page" : undefined}
        title={channelKind(channel.kind)}
      >
        {children}
        <span className="sidebar-name">{name}</span>
        {unread > 0 && (
          <span className="badge" aria-label={`${unread} unread`}>
            {unread}
          </span>
        )}
      </a>
    </li>
  );
}
