import { useRef, useState } from "react";
import { api } from "../live/api";
import { useLoaded } from "../live/useLoaded";
import type { TrafficEntry } from "../model/types";
import { useSandbox } from "../Sandbox";
import { Drawer } from "./Drawer";

const KEPT = 500;

/** What went over the wire between the bot and the sandbox's Slack, newest first. */
export function TrafficDrawer({ onClose }: { onClose: () => void }) {
  const entries = useEntries();
  const [wanted, setWanted] = useState("");
  const [onlyErrors, setOnlyErrors] = useState(false);
  const word = wanted.toLowerCase();
  const shown = entries
    .filter((entry) => !onlyErrors || !entry.ok)
    .filter((entry) =>
      `${entry.what} ${entry.summary} ${entry.error ?? ""}`.toLowerCase().includes(word),
    );
  return (
    <Drawer
      title="Traffic"
      about="Every call between RefBot and the sandbox's Slack, newest first."
      className="drawer-traffic"
      onClose={onClose}
    >
      <div className="traffic-tools">
        <input
          type="search"
          className="text-field"
          placeholder="Filter, for example chat.update"
          aria-label="Filter"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
        <label className="choice">
          <input
            type="checkbox"
            checked={onlyErrors}
            onChange={(event) => setOnlyErrors(event.target.checked)}
          />
          Errors only
        </label>
      </div>
      {shown.length === 0 ? (
        <p className="drawer-empty">
          {entries.length === 0 ? "Nothing has gone over the wire yet." : "Nothing fits the filter."}
        </p>
      ) : (
        <ul className="traffic-list">
          {shown.map((entry) => (
            <li key={entry.n}>
              <Entry entry={entry} />
            </li>
          ))}
        </ul>
      )}
    </Drawer>
  );
}

/** Asks only for what is new, and keeps the last few hundred. */
function useEntries(): TrafficEntry[] {
  const known = useRef<TrafficEntry[]>([]);
  const loaded = useLoaded("traffic", ["traffic"], async () => {
    const after = known.current[0]?.n ?? 0;
    const { entries } = await api.traffic(after);
    const fresh = entries.filter((entry) => entry.n > after).sort((a, b) => b.n - a.n);
    known.current = [...fresh, ...known.current].slice(0, KEPT);
    return known.current;
  });
  return loaded.value ?? known.current;
}

function Entry({ entry }: { entry: TrafficEntry }) {
  const { me } = useSandbox();
  const [open, setOpen] = useState(false);
  const toBot = entry.direction.endsWith("bot");
  const time = new Intl.DateTimeFormat("en-GB", {
    timeZone: me.tz,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).format(new Date(entry.when));
  return (
    <>
      <button
        type="button"
        className={`traffic-row ${entry.ok ? "" : "is-error"}`}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <time dateTime={entry.when}>{time}</time>
        <span className={`traffic-way ${toBot ? "to-bot" : "to-slack"}`}>
          {toBot ? "→ bot" : "→ Slack"}
        </span>
        <code>{entry.what}</code>
        <span className="traffic-ok" title={entry.error ?? undefined}>
          {entry.ok ? "ok" : (entry.error ?? "error")}
        </span>
        <span className="traffic-ms">{entry.ms == null ? "" : `${Math.round(entry.ms)} ms`}</span>
        <span className="traffic-summary">{entry.summary}</span>
      </button>
      {open && (
        <pre className="traffic-payload" tabIndex={0}>
          {written(entry.payload)}
          {entry.answer !== undefined && `\n\nAnswer:\n${written(entry.answer)}`}
        </pre>
      )}
    </>
  );
}

function written(payload: unknown): string {
  return typeof payload === "string" ? payload : JSON.stringify(payload, null, 2);
}
