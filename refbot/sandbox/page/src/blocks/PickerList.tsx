import { useEffect, useRef } from "react";
import { useFloating } from "../ui/useFloating";
import type { Choice } from "./choice";
import type { PickerState } from "./usePicker";

interface Props {
  id: string;
  picker: PickerState;
  multi: boolean;
  most: number | undefined;
}

/** The open list of a select, with its groups. */
export function PickerList({ id, picker, multi, most }: Props) {
  const { found, active, flat, held } = picker;
  const list = useRef<HTMLDivElement>(null);
  const style = useFloating(true, picker.box, list);

  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [active, id, found.groups]);

  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-multiselectable={multi || undefined}
      aria-busy={found.busy}
      className="picker-list"
      style={style}
      // The focus stays in the input, or its list would close.
      onMouseDown={(event) => event.preventDefault()}
    >
      {held.isFull && <p className="picker-word">No more than {most} can be chosen.</p>}
      {found.word && (
        <p className="picker-word" role="status">
          {found.word}
        </p>
      )}
      {found.groups.map((group, place) => (
        <div key={group.label ?? place} role="group" aria-label={group.label ?? undefined}>
          {group.label && <p className="picker-group">{group.label}</p>}
          {group.choices.map((choice) => (
            <PickerOption
              key={choice.key}
              id={id}
              choice={choice}
              index={flat.indexOf(choice)}
              picker={picker}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

interface OptionProps {
  id: string;
  choice: Choice;
  index: number;
  picker: PickerState;
}

function PickerOption({ id, choice, index, picker }: OptionProps) {
  const isActive = index === picker.active;
  const isChosen = picker.held.has(choice);
  return (
    <div
      id={`${id}-${index}`}
      role="option"
      aria-selected={isChosen}
      className={`picker-option ${isActive ? "is-active" : ""} ${isChosen ? "is-chosen" : ""}`}
      onMouseMove={() => !isActive && picker.point(index)}
      onClick={() => picker.pick(choice)}
    >
      {choice.icon}
      <span className="picker-text">{choice.text}</span>
      {choice.note && <span className="picker-note">{choice.note}</span>}
    </div>
  );
}
