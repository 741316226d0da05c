import { type RefObject, useEffect, useRef } from "react";
import { useFloating } from "../ui/useFloating";
import type { Choice } from "./Picker";
import type { Found } from "./useFound";

interface Props {
  id: string;
  anchor: RefObject<HTMLDivElement | null>;
  multi: boolean;
  found: Found;
  active: number;
  isChosen: (choice: Choice) => boolean;
  note: string | null;
  onPick: (choice: Choice) => void;
  onPoint: (index: number) => void;
}

/** The open list of a select, with its groups. */
export function PickerList(props: Props) {
  const list = useRef<HTMLDivElement>(null);
  const style = useFloating(true, props.anchor, list);
  const { found, active, id } = props;

  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [active, id, found.groups]);

  let at = -1;
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-multiselectable={props.multi || undefined}
      aria-busy={found.busy}
      className="picker-list"
      style={style}
      // The focus stays in the input, or its list would close.
      onMouseDown={(event) => event.preventDefault()}
    >
      {props.note && <p className="picker-word">{props.note}</p>}
      {found.word && (
        <p className="picker-word" role="status">
          {found.word}
        </p>
      )}
      {found.groups.map((group, place) => (
        <div key={group.label ?? place} role="group" aria-label={group.label ?? undefined}>
          {group.label && <p className="picker-group">{group.label}</p>}
          {group.choices.map((choice) => {
            at += 1;
            const index = at;
            const chosen = props.isChosen(choice);
            return (
              <div
                key={choice.key}
                id={`${id}-${index}`}
                role="option"
                aria-selected={chosen}
                className={`picker-option ${index === active ? "is-active" : ""} ${chosen ? "is-chosen" : ""}`}
                onMouseMove={() => index !== active && props.onPoint(index)}
                onClick={() => props.onPick(choice)}
              >
                {choice.icon}
                <span className="picker-text">{choice.text}</span>
                {choice.note && <span className="picker-note">{choice.note}</span>}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
