import { useId } from "react";
import { Icon } from "../ui/Icon";
import { ElementView } from "./ElementView";
import type { Block } from "../model/types";
import { PlainText } from "./Text";

interface Props {
  block: Block;
  blockId: string;
  error?: string | undefined;
}

/** A label, its element, a hint, and what is wrong with it. */
export function InputBlock({ block, blockId, error }: Props) {
  const id = useId();
  const { element } = block;
  if (!element) return null;
  const many = element.type === "radio_buttons" || element.type === "checkboxes";
  const Label = many ? "span" : "label";
  const described = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={`input ${error ? "input-wrong" : ""}`}>
      <Label id={`${id}-label`} {...(many ? {} : { htmlFor: `${id}-field` })} className="input-label">
        <PlainText text={block.label} />
        {block.optional && <span className="input-optional"> (optional)</span>}
      </Label>
      <ElementView
        spot={{ block, blockId, element }}
        field={{
          id: `${id}-field`,
          labelledBy: `${id}-label`,
          describedBy: described || undefined,
          wrong: Boolean(error),
        }}
      />
      {error && (
        <p id={`${id}-error`} className="input-error" role="alert">
          <Icon name="warning" size={14} /> {error}
        </p>
      )}
      {block.hint && (
        <p id={`${id}-hint`} className="input-hint">
          <PlainText text={block.hint} />
        </p>
      )}
    </div>
  );
}
