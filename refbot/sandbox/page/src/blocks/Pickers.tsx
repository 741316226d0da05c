import { secondsAtWallTime, wallTime } from "../model/dates";
import { holding } from "../model/state";
import { useSandbox } from "../Sandbox";
import type { StatefulProps } from "./ElementView";
import { useUnhurried } from "./useUnhurried";

// Without it a browser takes years of six digits.
const LAST_DAY = "9999-12-31";

export function DateField({ spot, state, named }: StatefulProps) {
  const { set, leaving } = useUnhurried(spot);
  return (
    <input
      type="date"
      max={LAST_DAY}
      className="text-field text-field-date"
      {...named}
      {...leaving}
      value={state.selected_date ?? ""}
      onChange={(event) => set(holding(spot.element, event.target.value || null))}
    />
  );
}

export function TimeField({ spot, state, named }: StatefulProps) {
  const { set, leaving } = useUnhurried(spot);
  return (
    <input
      type="time"
      className="text-field text-field-date"
      {...named}
      {...leaving}
      value={state.selected_time ?? ""}
      onChange={(event) => set(holding(spot.element, event.target.value || null))}
    />
  );
}

/** Date and time where the person is; the app gets the instant in Unix seconds. */
export function DateTimeField({ spot, state, named }: StatefulProps) {
  const { set, leaving } = useUnhurried(spot);
  const { me } = useSandbox();
  const held = state.selected_date_time;
  const instant = (wall: string) => (wall ? secondsAtWallTime(wall, me.tz) : null);
  return (
    <span className="date-time">
      <input
        type="datetime-local"
        max={`${LAST_DAY}T23:59`}
        className="text-field text-field-date"
        {...named}
        {...leaving}
        value={held == null ? "" : wallTime(held, me.tz)}
        onChange={(event) => set(holding(spot.element, instant(event.target.value)))}
      />
      <span className="date-time-zone">{me.tz.replaceAll("_", " ")} time</span>
    </span>
  );
}
