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

/** What was set in modals that lie below another one, by their container. */
export type EditsBelow = Map<string, FieldValues>;

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurfaceAround(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error("a block stands outside a surface");
  return surface;
}

export const placeOf = (spot: Spot) => `${spot.blockId}/${spot.element.action_id ?? ""}`;

interface Edits {
  /** What the blocks hold now. */
  values: FieldValues;
  keep: Surface["keep"];
  /** The newest values, of which a callback made earlier can't know. */
  latest: () => FieldValues;
}

/** What the person set in these blocks. */
function useEdits(where: string, blocks: Block[], below: EditsBelow | undefined): Edits {
  const [edits, setEdits] = useState<FieldValues>(() => below?.get(where) ?? {});
  const newest = useRef({ edits, blocks });
  newest.current = { edits, blocks };

  useEffect(() => setEdits((old) => stillThere(blocks, old)), [blocks]);
  useEffect(() => {
    below?.set(where, edits);
  }, [below, where, edits]);

  const keep = useCallback<Surface["keep"]>((spot, state) => {
    if (!spot.element.action_id) return;
    const next = withField(newest.current.edits, spot.blockId, spot.element.action_id, state);
    newest.current = { ...newest.current, edits: next };
    setEdits(next);
  }, []);
  const latest = useCallback(() => valuesOf(newest.current.blocks, newest.current.edits), []);
  return { values: valuesOf(blocks, edits), keep, latest };
}

/**
 * One act after the other. Leaving a date field for a button makes two at once, and none of them may be lost or
 * overtake the other.
 */
function useTurns(): (act: () => Promise<void>) => Promise<void> {
  const last = useRef<Promise<void>>(Promise.resolve());
  return (act) => {
    last.current = last.current.then(act);
    return last.current;
  };
}

/**
 * The state of one surface. `container` says to the app where the act happened; it must not change. With `below`
 * what was set outlives the time that the surface is covered by another.
 */
export function useSurface(container: Container, blocks: Block[], below?: EditsBelow): Surface {
  const { act, confirm, me } = useSandbox();
  const where = JSON.stringify(container);
  const { values, keep, latest } = useEdits(where, blocks, below);
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const inTurn = useTurns();

  const send = (spot: Spot, extra: Record<string, unknown>) =>
    inTurn(async () => {
      setBusy(placeOf(spot));
      setProblem(null);
      const action = { ...idsOf(spot), ...extra };
      const answer = await act({ kind: "block_action", container, action, values: latest() });
      setBusy(null);
      if (!answer.ok) setProblem(answer.message ?? `That didn't work (${answer.error}).`);
    });
  const isMeant = async ({ element }: Spot) => !element.confirm || confirm(element.confirm);

  return {
    values,
    busy,
    problem,
    keep,
    tell: async (spot, extra) => {
      if (await isMeant(spot)) await send(spot, extra);
    },
    choose: async (spot, state) => {
      // Without a question the choice shows at once, not after a turn of waiting.
      if (spot.element.confirm && !(await isMeant(spot))) return;
      keep(spot, state);
      if (spot.block.type !== "input" || spot.block.dispatch_action) await send(spot, { ...state });
    },
    options: (spot, value) => {
      const { action_id, block_id } = idsOf(spot);
      return api.options({ as: me.id, container, action_id, block_id, value });
    },
  };
}

function idsOf({ element, blockId }: Spot): BlockAction {
  return { type: element.type, action_id: element.action_id ?? "", block_id: blockId };
}
