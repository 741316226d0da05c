import { useEffect, useRef, useState } from "react";
import type { EditsBelow } from "../blocks/surface";
import { api } from "../live/api";
import { useLoaded } from "../live/useLoaded";
import type { View } from "../model/types";
import { useSandbox } from "../Sandbox";
import { Modal } from "./Modal";

const NONE: View[] = [];

/** The top of the shown person's stack of open modals. */
export function ModalHost() {
  const { me, act } = useSandbox();
  const loaded = useLoaded(`view:${me.id}`, ["view"], () => api.views(me.id));
  const [closing, setClosing] = useState<string | null>(null);
  const stack = loaded.value?.stack ?? NONE;
  const below = useRef<EditsBelow>(new Map());
  useEffect(() => {
    if (stack.length === 0) below.current.clear();
  }, [stack]);
  const top = stack.at(-1);
  if (!top || closing === top.id) return null;

  // Gone from the screen at once; the app hears of it meanwhile.
  const close = async (ids: string[]) => {
    setClosing(top.id);
    for (const id of ids) await act({ kind: "close", view_id: id });
    loaded.reload();
    setClosing(null);
  };
  return (
    <Modal
      key={top.id}
      view={top}
      depth={stack.length}
      below={below.current}
      onClose={() => void close([top.id])}
      onCloseAll={() => void close(stack.map((view) => view.id).reverse())}
    />
  );
}
