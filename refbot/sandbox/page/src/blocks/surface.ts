import { createContext, useCallback, useContext, useEffect, useRef, useState } from "react";
import { api, type BlockAction } from "../live/api";
import { stillThere, valuesOf, withField } from "../model/state";
import type {
  Block,
  Container,
  Element,
  FieldState,
  FieldValues,
  OptionAnswer,
} from "../model/types";
import { useSandbox } from "../Sandbox";

/** An element where it stands. */
export interface Spot {
  block: Block;
  blockId: string;
  element: Element;
}

/** A message, modal or Home whose elements a person uses. */
export interface Surface {
  values: FieldValues;
  /** The action that the app has not answered yet, as "block/action". */
  busy: string | null;
  /** What Slack would say because the last act failed. */
  problem: string | null;
  /** Keeps what was set, and tells nobody. */
  keep: (spot: Spot, state: FieldState) => void;
  /** Keeps what was chosen and tells the app where Slack does: outside inputs, and in those that dispatch. */
  choose: (spot: Spot, state: FieldState) => Promise<void>;
  /** Tells the app of a press or of what the element holds. */
  tell: (spot: Spot, extra: Record<string, unknown>) => Promise<void>;
  options: (spot: Spot, typed: string) => Promise<OptionAnswer>;
}

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurfaceAround(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error("a block stands outside a surface");
  return surface;
}

export const placeOf = (spot: Spot) => `${spot.blockId}/${spot.element.action_id ?? ""}`;

/** What was set in modals that lie below another one, by their container. */
export type EditsBelow = Map<string, FieldValues>;

/**
 * The state of one surface. `container` says to the app where the act happened; it must not change. With `below`
 * what was set outlives the time that the surface is covered by another.
 */
export function useSurface(container: Container, blocks: Block[], below?: EditsBelow): Surface {
  const { act, confirm, me } = useSandbox();
  const where = JSON.stringify(container);
  const [edits, setEdits] = useState<FieldValues>(() => below?.get(where) ?? {});
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  // Always the newest: an act right after typing must send what was typed.
  const newest = useRef({ edits, blocks });
  newest.current = { edits, blocks };

  useEffect(() => setEdits((old) => stillThere(blocks, old)), [blocks]);
  useEffect(() => {
    below?.set(where, edits);
  }, [below, where, edits]);

  const keep = useCallback((spot: Spot, state: FieldState) => {
    if (!spot.element.action_id) return;
    const next = withField(newest.current.edits, spot.blockId, spot.element.action_id, state);
    newest.current = { ...newest.current, edits: next };
    setEdits(next);
  }, []);

  const send = useCallback(
    async (spot: Spot, extra: Record<string, unknown>) => {
      setBusy(placeOf(spot));
      setProblem(null);
      const action: BlockAction = {
        type: spot.element.type,
        action_id: spot.element.action_id ?? "",
        block_id: spot.blockId,
        ...extra,
      };
      const { blocks: shown, edits: made } = newest.current;
      const answer = await act({
        kind: "block_action",
        container: JSON.parse(where) as Container,
        action,
        values: valuesOf(shown, made),
      });
      setBusy(null);
      if (!answer.ok) setProblem(answer.message ?? `That didn't work (${answer.error}).`);
    },
    [act, where],
  );

  const tell = useCallback(
    async (spot: Spot, extra: Record<string, unknown>) => {
      if (spot.element.confirm && !(await confirm(spot.element.confirm))) return;
      await send(spot, extra);
    },
    [confirm, send],
  );

  const choose = useCallback(
    async (spot: Spot, state: FieldState) => {
      if (spot.element.confirm && !(await confirm(spot.element.confirm))) return;
      keep(spot, state);
      if (spot.block.type !== "input" || spot.block.dispatch_action) await send(spot, { ...state });
    },
    [confirm, keep, send],
  );

  const options = useCallback(
    (spot: Spot, typed: string) =>
      api.options({
        as: me.id,
        container: JSON.parse(where) as Container,
        action_id: spot.element.action_id ?? "",
        block_id: spot.blockId,
        value: typed,
      }),
    [me.id, where],
  );

  return { values: valuesOf(blocks, edits), busy, problem, keep, choose, tell, options };
}
