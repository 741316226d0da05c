import { blockIdOf, heldBy, initialState, isEmpty } from "./state";
import type { Block, Element, FieldState, FieldValues } from "./types";

/** What Slack's own client refuses before it submits a modal: one sentence for each field, by block id. */
export function problemsOf(blocks: Block[], values: FieldValues): Record<string, string> {
  const problems: Record<string, string> = {};
  blocks.forEach((block, index) => {
    if (block.type !== "input" || !block.element?.action_id) return;
    const blockId = blockIdOf(block, index);
    const state = values[blockId]?.[block.element.action_id] ?? initialState(block.element);
    if (!state) return;
    const problem = isEmpty(state)
      ? missing(block)
      : wrongText(block.element, state) ?? wrongNumber(block.element, state);
    if (problem) problems[blockId] = problem;
  });
  return problems;
}

function missing(block: Block): string | null {
  if (block.optional) return null;
  return block.element?.type === "checkboxes" || block.element?.type === "radio_buttons"
    ? "Please select an option."
    : "Please complete this required field.";
}

function wrongText(element: Element, state: FieldState): string | null {
  const held = heldBy(state);
  if (typeof held !== "string") return null;
  const { min_length: least, max_length: most } = element;
  if (least && held.length < least) return `Please enter at least ${least} characters.`;
  if (most && held.length > most) return `Please enter ${most} characters or fewer.`;
  if (element.type === "email_text_input" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(held)) {
    return "Please enter a valid email address.";
  }
  if (element.type === "url_text_input" && !URL.canParse(held)) {
    return "Please enter a valid URL, for example https://example.com.";
  }
  return null;
}

function wrongNumber(element: Element, state: FieldState): string | null {
  if (element.type !== "number_input" || typeof state.value !== "string") return null;
  const number = Number(state.value);
  if (!Number.isFinite(number)) return "Please enter a number.";
  if (!element.is_decimal_allowed && !Number.isInteger(number)) {
    return "Please enter a whole number.";
  }
  if (element.min_value !== undefined && number < Number(element.min_value)) {
    return `Please enter ${element.min_value} or more.`;
  }
  if (element.max_value !== undefined && number > Number(element.max_value)) {
    return `Please enter ${element.max_value} or less.`;
  }
  return null;
}
