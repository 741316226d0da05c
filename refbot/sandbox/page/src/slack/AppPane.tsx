import { useEffect, useState } from "react";
import { Blocks } from "../blocks/Blocks";
import { useSurface } from "../blocks/surface";
import { api } from "../live/api";
import { useLoaded } from "../live/useLoaded";
import { hashOf } from "../model/location";
import type { Channel, View } from "../model/types";
import { useSandbox } from "../Sandbox";
import { BotAvatar } from "../ui/Avatar";
import { ActProblem } from "./ActProblem";
import { Conversation, MenuToggle } from "./ChannelPane";
import type { LocalNote } from "./notes";

interface Props {
  channel: Channel;
  notes: LocalNote[];
  onMenu: () => void;
}

/** The app: its Home, and the direct messages with it. */
export function AppPane({ channel, notes, onMenu }: Props) {
  const { state, me, place } = useSandbox();
  const tabs = [
    { tab: "home", label: "Home" },
    { tab: "messages", label: "Messages" },
  ] as const;
  return (
    <>
      <header className="main-head main-head-app">
        <MenuToggle onMenu={onMenu} />
        <h1>
          <BotAvatar size={24} />
          {state.bot.name}
        </h1>
        {!state.bot.connected && <span className="main-kind">not connected</span>}
        <div role="tablist" aria-label={state.bot.name} className="tabs">
          {tabs.map(({ tab, label }) => (
            <a
              key={tab}
              role="tab"
              aria-selected={place.tab === tab}
              className="tab"
              href={hashOf({ as: me.id, channel: channel.id, tab })}
            >
              {label}
            </a>
          ))}
        </div>
      </header>
      {place.tab === "home" ? <Home /> : <Conversation channel={channel} notes={notes} />}
    </>
  );
}

const WAIT_FOR_HOME_MS = 2500;

function Home() {
  const { me, act, state } = useSandbox();
  const loaded = useLoaded(`home:${me.id}`, ["home"], () => api.home(me.id));
  const { reload } = loaded;
  const [waited, setWaited] = useState(false);

  useEffect(() => {
    void act({ kind: "open_home" }).then(reload);
    const timer = window.setTimeout(() => setWaited(true), WAIT_FOR_HOME_MS);
    return () => window.clearTimeout(timer);
  }, [act, reload]);

  const view = loaded.value?.view;
  if (view) return <HomeView key={view.id} view={view} />;
  return (
    <section className="empty empty-page" role="status">
      {loaded.problem ?? (
        <>
          <h2>{waited ? "Nothing here yet" : "Opening Home …"}</h2>
          {waited && (
            <p>
              {state.bot.connected
                ? `${state.bot.name} has not published a Home for ${me.real_name}.`
                : `${state.bot.name} is not connected to the sandbox at the moment.`}
            </p>
          )}
        </>
      )}
    </section>
  );
}

function HomeView({ view }: { view: View }) {
  const surface = useSurface({ type: "view", view_id: view.id }, view.blocks);
  return (
    <section className="home" role="tabpanel" aria-label="Home">
      <div className="home-blocks">
        <ActProblem problem={surface.problem} />
        <Blocks blocks={view.blocks} surface={surface} />
      </div>
    </section>
  );
}
