import { useCallback, useEffect, useRef, useState } from "react";
import { EVERYTHING, feed } from "./feed";

export interface Loaded<T> {
  value: T | undefined;
  problem: string | null;
  reload: () => void;
}

/**
 * Loads something once and again whenever the feed says that one of `topics` changed. A change of `key` starts
 * afresh; calls that come while one is under way are bundled into one more.
 */
export function useLoaded<T>(key: string, topics: string[], load: () => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<{ key: string; value: T } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef({ key, load });
  latest.current = { key, load };
  const running = useRef<string | null>(null);
  const stale = useRef(false);

  const reload = useCallback(async () => {
    const wanted = latest.current.key;
    if (running.current === wanted) {
      stale.current = true;
      return;
    }
    running.current = wanted;
    try {
      do {
        stale.current = false;
        const value = await latest.current.load();
        if (latest.current.key !== wanted) return;
        setLoaded({ key: wanted, value });
        setProblem(null);
      } while (stale.current);
    } catch (error) {
      if (latest.current.key === wanted) setProblem(String((error as Error).message));
    } finally {
      if (running.current === wanted) running.current = null;
    }
  }, []);

  const joined = topics.join(" ");
  useEffect(() => {
    if (!key) return undefined;
    void reload();
    const wanted = new Set([...joined.split(" "), EVERYTHING]);
    return feed.listen((what) => {
      if (what.some((topic) => wanted.has(topic))) void reload();
    });
  }, [key, joined, reload]);

  return { value: loaded?.key === key ? loaded.value : undefined, problem, reload };
}
