import { useEffect, useState } from "react";
import { api } from "../live/api";
import { feed } from "../live/feed";
import { useSandbox } from "../Sandbox";
import { Icon } from "../ui/Icon";

const LEAPS = ["hour", "day", "week"] as const;
const LOOK_AGAIN_MS = 1000;
const TICK_MS = 5000;

/** The sandbox's clock, and the buttons that skip ahead so that nudges fall due. */
export function ClockTools() {
  const { skipping, problem, skip } = useSkip();
  return (
    <div className="clock" role="group" aria-label="Clock">
      <Icon name="clock" size={16} />
      <ClockFace />
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

/** Asks the sandbox to skip, and knows until when it does. */
function useSkip() {
  const { state } = useSandbox();
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const skipping = state.clock.skipping || asked;

  useEffect(() => {
    if (!skipping) return undefined;
    // In case a word of the sandbox was missed: the buttons must not stay asleep.
    const timer = window.setInterval(() => feed.say(["state"]), LOOK_AGAIN_MS);
    return () => window.clearInterval(timer);
  }, [skipping]);

  const skip = async (leap: (typeof LEAPS)[number]) => {
    setAsked(true);
    setProblem(null);
    try {
      await api.skip(leap);
      feed.say(["state"]);
    } catch (error) {
      setProblem((error as Error).message);
    }
    setAsked(false);
  };
  return { skipping, problem, skip };
}

function ClockFace() {
  const { state, me, now } = useSandbox();
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => tick((n) => n + 1), TICK_MS);
    return () => window.clearInterval(timer);
  }, []);
  const face = new Intl.DateTimeFormat("en-GB", {
    timeZone: me.tz,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(now());
  return (
    <time className="clock-face" dateTime={now().toISOString()}>
      <strong>{face}</strong>
      <small>
        in {me.tz.split("/").at(-1)?.replaceAll("_", " ")}
        {aheadBy(state.clock.skipped_seconds)}
      </small>
    </time>
  );
}

function aheadBy(seconds: number): string {
  // Rounded first: a week less a second is 7 d, not 6 d 24 h.
  const allHours = Math.round(seconds / 3600);
  const days = Math.floor(allHours / 24);
  const hours = allHours % 24;
  if (days + hours === 0) return "";
  return ` · ${[days && `${days} d`, hours && `${hours} h`].filter(Boolean).join(" ")} ahead`;
}
