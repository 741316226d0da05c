import { useCallback, useEffect, useState } from "react";
import { hashOf, type Place, placeIn, placeOfLink } from "../model/location";

/** The place in the address, and a way to another one. A permalink that opened the page is followed first. */
export function usePlace(): [Place, (next: Partial<Place>) => void] {
  const [place, setPlace] = useState(() => {
    const permalink = placeOfLink(window.location.href, placeIn(window.location.hash).as);
    if (permalink) window.history.replaceState(null, "", `./${hashOf(permalink)}`);
    return placeIn(window.location.hash);
  });
  useEffect(() => {
    const follow = () => setPlace(placeIn(window.location.hash));
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  const goTo = useCallback((next: Partial<Place>) => {
    const { as, channel } = placeIn(window.location.hash);
    // Tab, thread, draft and the message pointed at belong to the place that is left.
    window.location.hash = hashOf({ as, channel, ...next });
  }, []);
  return [place, goTo];
}
