import { useRef } from "react";
import { linkTo } from "../model/location";
import { useSandbox } from "../Sandbox";
import { placeOf, type Spot, useSurfaceAround } from "./surface";
import { plainOf } from "./Text";

/** A button; with a url it opens that too. While the app is thinking it shows so and takes no second press. */
export function ButtonElement({ spot }: { spot: Spot }) {
  const surface = useSurfaceAround();
  const { me } = useSandbox();
  const { element } = spot;
  const face = plainOf(element.text);
  const busy = surface.busy === placeOf(spot);
  const shared = {
    className: `button ${element.style ? `button-${element.style}` : ""} ${busy ? "is-busy" : ""}`,
    "aria-label": element.accessibility_label,
    "aria-busy": busy || undefined,
  };
  const isPressed = useRef(false);
  const press = async () => {
    if (isPressed.current) return;
    isPressed.current = true;
    await surface.tell(spot, { value: element.value, text: element.text });
    isPressed.current = false;
  };
  if (element.url) {
    return (
      <a {...shared} {...linkTo(element.url, me.id)} onClick={() => void press()}>
        {face}
      </a>
    );
  }
  return (
    <button {...shared} type="button" onClick={() => void press()}>
      <span className="button-face">{face}</span>
      {busy && <span className="spinner" aria-hidden="true" />}
    </button>
  );
}
