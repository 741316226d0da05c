import { Icon } from "../ui/Icon";
import { MenuButton } from "../ui/MenuButton";
import { placeOf, type Spot, useSurfaceAround } from "./surface";
import { plainOf } from "./Text";

/** The "…" menu of a block. */
export function OverflowElement({ spot }: { spot: Spot }) {
  const surface = useSurfaceAround();
  const busy = surface.busy === placeOf(spot);
  return (
    <MenuButton
      label={spot.element.accessibility_label ?? "More options"}
      className={`button button-icon ${busy ? "is-busy" : ""}`}
      busy={busy}
      disabled={busy}
      items={(spot.element.options ?? []).map((option, index) => ({
        key: `${index}:${option.value}`,
        label: plainOf(option.text),
        note: option.description && plainOf(option.description),
        onChoose: () => {
          if (option.url) window.open(option.url, "_blank", "noreferrer");
          void surface.tell(spot, { selected_option: option });
        },
      }))}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : <Icon name="dots" />}
    </MenuButton>
  );
}
