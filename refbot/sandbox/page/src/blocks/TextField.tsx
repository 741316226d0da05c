import { type ChangeEvent, type KeyboardEvent, useEffect, useRef } from "react";
import { holding } from "../model/state";
import type { StatefulProps } from "./ElementView";
import { useSurfaceAround } from "./surface";
import { plainOf } from "./Text";

const INPUT_TYPE: Record<string, string> = {
  number_input: "number",
  email_text_input: "email",
  url_text_input: "url",
};

const DISPATCH_PAUSE_MS = 400;

/** Text, number, e-mail and url inputs. Sends the app what is typed where the input dispatches. */
export function TextField({ spot, state, named }: StatefulProps) {
  const surface = useSurfaceAround();
  const { element, block } = spot;
  const pause = useRef<number | undefined>(undefined);
  useEffect(() => () => window.clearTimeout(pause.current), []);
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const dispatches = (trigger: string) => block.dispatch_action && triggers.includes(trigger);
  const value = state.value ?? "";

  const onChange = (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    const typed = event.target.value || null;
    surface.keep(spot, holding(element, typed));
    if (!dispatches("on_character_entered")) return;
    window.clearTimeout(pause.current);
    pause.current = window.setTimeout(() => void surface.tell(spot, { value: typed }), DISPATCH_PAUSE_MS);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || !dispatches("on_enter_pressed")) return;
    event.preventDefault();
    void surface.tell(spot, { value: value || null });
  };
  const shared = {
    ...named,
    className: "text-field",
    value,
    onChange,
    onKeyDown,
    placeholder: plainOf(element.placeholder) || undefined,
    "data-autofocus": element.focus_on_load || undefined,
  };
  const most = element.max_length;
  return (
    <div className="text-field-box">
      {element.multiline ? (
        <textarea {...shared} rows={4} />
      ) : (
        <input
          {...shared}
          type={INPUT_TYPE[element.type] ?? "text"}
          step={element.is_decimal_allowed ? "any" : undefined}
          autoComplete="off"
        />
      )}
      {most !== undefined && value.length > most * 0.8 && (
        <span className={`text-left ${value.length > most ? "is-over" : ""}`} aria-live="polite">
          {most - value.length}
        </span>
      )}
    </div>
  );
}
