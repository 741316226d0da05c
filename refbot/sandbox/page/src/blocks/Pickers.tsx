import { secondsAtWallTime, wallTime } from "../model/dates";
import { holding } from "../model/state";
import { useSandbox } from "../Sandbox";
import type { StatefulProps } from "./ElementView";
import { useSurfaceAround } from "./surface";

export function DateField({ spot, state, named }: StatefulProps) {
  const surface = useSurfaceAround();
  return (
    <input
      type="date"
      className="text-field text-field-date"
      {...named}
      value={state.selected_date ?? ""}
      onChange={(event) => void surface.choose(spot, holding(spot.element, event.target.value || null))}
    />
  );
}

export function TimeField({ spot, state, named }: StatefulProps) {
  const surface = useSurfaceAround();
  return (
    <input
      type="time"
      className="text-field text-field-date"
      {...named}
      value={state.selected_time ?? ""}
      onChange={(event) => void surface.choose(spot, holding(spot.element, event.target.value || null))}
    />
  );
}

/** Date and time where the person is; the app gets the instant in Unix seconds. */
export function DateTimeField({ spot, state, named }: StatefulProps) {
  const surface = useSurfaceAround();
  const { me } = useSandbox();
  const held = state.selected_date_time;
  const choose = (wall: string) =>
    surface.choose(spot, holding(spot.element, wall ? secondsAtWallTime(wall, me.tz) : null));
  return (
    <span className="date-time">
      <input
        type="datetime-local"
        className="text-field text-field-date"
        {...named}
        value={held == null ? "" : wallTime(held, me.tz)}
        onChange={(event) => void choose(event.target.value)}
      />
      <span className="date-time-zone">{me.tz.replaceAll("_", " ")} time</span>
    </span>
  );
}
