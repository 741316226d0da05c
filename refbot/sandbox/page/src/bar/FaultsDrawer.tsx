import { useEffect, useState } from "react";
import { api } from "../live/api";
import { feed } from "../live/feed";
import { useSandbox } from "../Sandbox";
import { Drawer } from "./Drawer";

/** Each fault, with what it does while it is on. */
const FAULTS: { kind: string; name: string; does: string }[] = [
  {
    kind: "rate_limited",
    name: "Rate limited",
    does: "Slack answers the bot's calls with 429 and asks it to wait; messages come late, none is lost.",
  },
  {
    kind: "server_error",
    name: "Server errors",
    does: "Slack answers the bot's calls with 500; the bot tries again later.",
  },
  {
    kind: "drop_before",
    name: "Connection drops before",
    does: "The connection breaks before Slack has done what the bot asked for.",
  },
  {
    kind: "drop_after",
    name: "Connection drops after",
    does: "Slack does it, but the connection breaks before the bot hears so; the bot must not do it twice.",
  },
  {
    kind: "late_answer",
    name: "Slow answers",
    does: "Slack takes several seconds for each of the bot's calls.",
  },
  {
    kind: "duplicate_delivery",
    name: "Everything twice",
    does: "Slack delivers each click and command to the bot twice; it must have one effect.",
  },
];

export function FaultsDrawer({ onClose }: { onClose: () => void }) {
  const { state } = useSandbox();
  const [problem, setProblem] = useState<string | null>(null);
  // A switch moves at once; what the sandbox says then has the last word.
  const [faults, setFaults] = useState(state.faults);
  useEffect(() => setFaults(state.faults), [state.faults]);
  const set = async (changes: Record<string, boolean>) => {
    const wanted = { ...faults, ...changes };
    setProblem(null);
    setFaults(wanted);
    try {
      await api.faults(wanted);
    } catch (error) {
      setProblem((error as Error).message);
    }
    feed.say(["state"]);
  };
  const anyOn = FAULTS.some(({ kind }) => faults[kind]);
  const allOff = () => set(Object.fromEntries(FAULTS.map(({ kind }) => [kind, false])));
  return (
    <Drawer
      title="Faults"
      about="Let the sandbox's Slack misbehave, and see how RefBot takes it."
      className="drawer-faults"
      onClose={onClose}
    >
      {problem && <p role="alert">{problem}</p>}
      <ul className="fault-list">
        {FAULTS.map(({ kind, name, does }) => (
          <li key={kind}>
            <label className="fault">
              <input
                type="checkbox"
                role="switch"
                checked={Boolean(faults[kind])}
                aria-label={name}
                aria-describedby={`fault-${kind}`}
                onChange={(event) => void set({ [kind]: event.target.checked })}
              />
              <span>
                <strong>{name}</strong>
                <small id={`fault-${kind}`}>{does}</small>
              </span>
            </label>
          </li>
        ))}
      </ul>
      <button type="button" className="button fault-off" disabled={!anyOn} onClick={() => void allOff()}>
        Switch all off
      </button>
    </Drawer>
  );
}
