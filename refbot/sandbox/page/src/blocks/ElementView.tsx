import type { FieldState } from "../model/types";
import { initialState } from "../model/state";
import { ButtonElement } from "./ButtonElement";
import { Checkboxes, RadioButtons } from "./Choices";
import { OverflowElement } from "./OverflowElement";
import { DateField, DateTimeField, TimeField } from "./Pickers";
import { OptionSelect, PlaceSelect } from "./Selects";
import { type Spot, useSurfaceAround } from "./surface";
import { plainOf } from "./Text";
import { TextField } from "./TextField";

/** How an input block names its element; elsewhere the element names itself. */
export interface FieldProps {
  id: string;
  labelledBy: string;
  describedBy: string | undefined;
  wrong: boolean;
}

export interface StatefulProps {
  spot: Spot;
  state: FieldState;
  /** Attributes that name and describe the control to a screen reader (and to a test). */
  named: Record<string, string | boolean | undefined>;
}

/** One interactive element, or the image of a section. */
export function ElementView({ spot, field }: { spot: Spot; field?: FieldProps }) {
  const surface = useSurfaceAround();
  const { element, blockId, block } = spot;
  const state = surface.values[blockId]?.[element.action_id ?? ""] ?? initialState(element);
  switch (element.type) {
    case "button":
    case "workflow_button":
      return <ButtonElement spot={spot} />;
    case "overflow":
      return <OverflowElement spot={spot} />;
    case "image":
      return <img className="accessory-image" src={element.image_url} alt={element.alt_text ?? ""} />;
  }
  if (!state) return <p className="unknown-element">(The sandbox can't draw {element.type}.)</p>;
  const named = field
    ? {
        id: field.id,
        "aria-labelledby": field.labelledBy,
        "aria-describedby": field.describedBy,
        "aria-invalid": field.wrong || undefined,
        "aria-required": !block.optional || undefined,
      }
    : { "aria-label": plainOf(element.placeholder) || plainOf(block.text) || element.action_id };
  return <Stateful spot={spot} state={state} named={named} />;
}

function Stateful(props: StatefulProps) {
  switch (props.spot.element.type) {
    case "static_select":
    case "external_select":
    case "multi_static_select":
    case "multi_external_select":
      return <OptionSelect {...props} />;
    case "users_select":
    case "multi_users_select":
    case "conversations_select":
    case "multi_conversations_select":
    case "channels_select":
    case "multi_channels_select":
      return <PlaceSelect {...props} />;
    case "datepicker":
      return <DateField {...props} />;
    case "timepicker":
      return <TimeField {...props} />;
    case "datetimepicker":
      return <DateTimeField {...props} />;
    case "radio_buttons":
      return <RadioButtons {...props} />;
    case "checkboxes":
      return <Checkboxes {...props} />;
    default:
      return <TextField {...props} />;
  }
}
