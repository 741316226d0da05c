import { type RefObject, useLayoutEffect } from "react";

/** Keeps a style variable at the lower edge of an element, so that what is laid over the page can begin below it. */
export function useEdge(
  element: RefObject<HTMLElement | null>,
  variable: string,
  isThere: boolean,
): void {
  useLayoutEffect(() => {
    const watchedElement = element.current;
    if (!isThere || !watchedElement) return undefined;
    const measure = () => {
      const { bottom } = watchedElement.getBoundingClientRect();
      document.documentElement.style.setProperty(variable, `${bottom}px`);
    };
    measure();
    const watched = new ResizeObserver(measure);
    watched.observe(watchedElement);
    return () => watched.disconnect();
  }, [element, variable, isThere]);
}
