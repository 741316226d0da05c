import { type MouseEvent, useId } from "react";
import { Icon } from "../ui/Icon";
import type { Choice } from "./choice";
import { PickerList } from "./PickerList";
import { type PickerState, type PickerWishes, usePicker } from "./usePicker";

interface Props extends PickerWishes {
  named: Record<string, string | boolean | undefined>;
  clearable: boolean;
  placeholder: string;
}

/** A select as a combobox. With `multi` the chosen stand as chips. */
export function Picker(props: Props) {
  const picker = usePicker(props);
  const { held, isOpen } = picker;
  const listId = useId();
  const single = props.multi ? undefined : held.choices[0];
  const onClick = (event: MouseEvent) => {
    if ((event.target as HTMLElement).closest("button, [role=listbox]")) return;
    picker.input.current?.focus();
    picker.open();
  };
  return (
    <div
      ref={picker.box}
      className={`picker ${isOpen ? "is-open" : ""} ${props.named["aria-invalid"] ? "is-wrong" : ""}`}
      onClick={onClick}
    >
      {props.multi &&
        held.choices.map((choice) => <Chip key={choice.key} choice={choice} onDrop={picker.drop} />)}
      {single?.icon && !isOpen && <span className="picker-icon">{single.icon}</span>}
      <PickerInput {...props} picker={picker} listId={listId} single={single} />
      {single && props.clearable && !isOpen && (
        <button
          type="button"
          className="picker-clear"
          aria-label="Clear"
          onClick={() => props.onChosen([])}
        >
          <Icon name="close" size={14} />
        </button>
      )}
      <span className="picker-arrow">
        <Icon name="down" size={16} />
      </span>
      {isOpen && <PickerList id={listId} picker={picker} multi={props.multi} most={props.most} />}
    </div>
  );
}

function Chip({ choice, onDrop }: { choice: Choice; onDrop: (choice: Choice) => void }) {
  return (
    <span className="chip">
      {choice.icon}
      {choice.text}
      <button type="button" aria-label={`Remove ${choice.text}`} onClick={() => onDrop(choice)}>
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}

interface InputProps extends Props {
  picker: PickerState;
  listId: string;
  single: Choice | undefined;
}

function PickerInput({ picker, listId, single, named, multi, placeholder }: InputProps) {
  const { isOpen, active, flat, held } = picker;
  const shownPlaceholder = multi && held.choices.length > 0 ? "" : (single?.text ?? placeholder);
  return (
    <input
      {...named}
      ref={picker.input}
      role="combobox"
      aria-expanded={isOpen}
      aria-controls={isOpen ? listId : undefined}
      aria-autocomplete="list"
      aria-activedescendant={isOpen && flat[active] ? `${listId}-${active}` : undefined}
      autoComplete="off"
      value={isOpen ? picker.typed : (single?.text ?? "")}
      placeholder={shownPlaceholder}
      onChange={(event) => picker.type(event.target.value)}
      onKeyDown={picker.onKeyDown}
    />
  );
}
