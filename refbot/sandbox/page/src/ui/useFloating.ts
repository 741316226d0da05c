import { type CSSProperties, type RefObject, useLayoutEffect, useState } from "react";

const GAP = 4;
const EDGE = 8;
// Unseen until it is placed, but able to take the focus.
const UNPLACED: CSSProperties = { position: "fixed", opacity: 0 };

/**
 * Where a pop-up stands, fixed on the screen, below its anchor or above it when there is more room. Fixed, so
 * that a scrolling modal or message list never cuts it off.
 */
export function useFloating(
  open: boolean,
  anchor: RefObject<HTMLElement | null>,
  popup: RefObject<HTMLElement | null>,
): CSSProperties {
  const [style, setStyle] = useState<CSSProperties>(UNPLACED);

  useLayoutEffect(() => {
    if (!open) return undefined;
    const place = () => {
      const box = anchor.current?.getBoundingClientRect();
      if (!box || !popup.current) return;
      const width = popup.current.offsetWidth;
      const below = window.innerHeight - box.bottom - GAP - EDGE;
      const above = box.top - GAP - EDGE;
      const up = below < Math.min(popup.current.scrollHeight, 240) && above > below;
      setStyle({
        position: "fixed",
        left: Math.max(EDGE, Math.min(box.left, window.innerWidth - width - EDGE)),
        minWidth: box.width,
        maxHeight: Math.min(420, up ? above : below),
        ...(up ? { bottom: window.innerHeight - box.top + GAP } : { top: box.bottom + GAP }),
      });
    };
    place();
    const watched = new ResizeObserver(place);
    if (popup.current) watched.observe(popup.current);
    window.addEventListener("scroll", place, true);
    window.addEventListener("resize", place);
    return () => {
      watched.disconnect();
      window.removeEventListener("scroll", place, true);
      window.removeEventListener("resize", place);
    };
  }, [open, anchor, popup]);

  return style;
}
