import { useEffect, useState } from "react";
import { api } from "../live/api";
import { feed } from "../live/feed";
import { useSandbox } from "../Sandbox";
import { Icon } from "../ui/Icon";

const LEAPS = ["hour", "day", "week"] as const;
const LOOK_AGAIN_MS = 1000;

/** The sandbox's clock, and the buttons that skip ahead so that nudges fall due. */
export function ClockTools() {
  const { state, me, now } = useSandbox();
  const [asked, setAsked] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [, tick] = useState(0);
  const skipping = state.clock.skipping || asked !== null;

  useEffect(() => {
    const timer = window.setInterval(() => tick((n) => n + 1), 5000);
    return () => window.clearInterval(timer);
  }, []);
  useEffect(() => {
    if (!skipping) return undefined;
    // In case a word of the sandbox was missed: the buttons must not stay asleep.
    const timer = window.setInterval(() => feed.say(["state"]), LOOK_AGAIN_MS);
    return () => window.clearInterval(timer);
  }, [skipping]);

  const skip = async (leap: (typeof LEAPS)[number]) => {
    setAsked(leap);
    setProblem(null);
    try {
      await api.skip(leap);
      feed.say(["state"]);
    } catch (error) {
      setProblem((error as Error).message);
    }
    setAsked(null);
  };
  const face = new Intl.DateTimeFormat("en-GB", {
    timeZone: me.tz,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(now());
  const place = me.tz.split("/").at(-1)?.replaceAll("_", " ");

  return (
    <div className="clock" role="group" aria-label="Clock">
      <Icon name="clock" size={16} />
      <time className="clock-face" dateTime={now().toISOString()}>
        <strong>{face}</strong>
        <small>
          in {place}
          {aheadBy(state.clock.skipped_seconds)}
        </small>
      </time>
      <span className="clock-word" aria-live="polite">
        {skipping ? (
          <>
            <span className="spinner" aria-hidden="true" /> Skipping …
          </>
        ) : (
          "Skip ahead"
        )}
      </span>
      {LEAPS.map((leap) => (
        <button
          key={leap}
          type="button"
          className="topbar-button clock-button"
          aria-label={`Skip ahead 1 ${leap}`}
          disabled={skipping}
          onClick={() => void skip(leap)}
        >
          1 {leap}
        </button>
      ))}
      {problem && (
        <span className="clock-problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}

function aheadBy(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.round((seconds % 86_400) / 3600);
  if (days + hours === 0) return "";
  return ` · ${[days && `${days} d`, hours && `${hours} h`].filter(Boolean).join(" ")} ahead`;
}
