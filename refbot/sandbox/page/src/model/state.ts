import type { Block, Element, FieldState, FieldValues } from "./types";

type Slot = Exclude<keyof FieldState, "type">;

/** Where each stateful element keeps what was chosen, where its first value stands, and what "nothing" is. */
const SLOTS: Record<string, { slot: Slot; initial: keyof Element; none: null | [] }> = {
  plain_text_input: { slot: "value", initial: "initial_value", none: null },
  number_input: { slot: "value", initial: "initial_value", none: null },
  email_text_input: { slot: "value", initial: "initial_value", none: null },
  url_text_input: { slot: "value", initial: "initial_value", none: null },
  static_select: { slot: "selected_option", initial: "initial_option", none: null },
  external_select: { slot: "selected_option", initial: "initial_option", none: null },
  radio_buttons: { slot: "selected_option", initial: "initial_option", none: null },
  multi_static_select: { slot: "selected_options", initial: "initial_options", none: [] },
  multi_external_select: { slot: "selected_options", initial: "initial_options", none: [] },
  checkboxes: { slot: "selected_options", initial: "initial_options", none: [] },
  users_select: { slot: "selected_user", initial: "initial_user", none: null },
  multi_users_select: { slot: "selected_users", initial: "initial_users", none: [] },
  conversations_select: {
    slot: "selected_conversation",
    initial: "initial_conversation",
    none: null,
  },
  multi_conversations_select: {
    slot: "selected_conversations",
    initial: "initial_conversations",
    none: [],
  },
  channels_select: { slot: "selected_channel", initial: "initial_channel", none: null },
  multi_channels_select: { slot: "selected_channels", initial: "initial_channels", none: [] },
  datepicker: { slot: "selected_date", initial: "initial_date", none: null },
  timepicker: { slot: "selected_time", initial: "initial_time", none: null },
  datetimepicker: { slot: "selected_date_time", initial: "initial_date_time", none: null },
};

/** What an element holds before anybody touches it; null for elements that hold nothing (buttons, menus). */
export function initialState(element: Element): FieldState | null {
  const kind = SLOTS[element.type];
  if (!kind) return null;
  return { type: element.type, [kind.slot]: element[kind.initial] ?? kind.none };
}

/** The one thing an element's state holds: a text, an option, a list of ids … */
export function heldBy(state: FieldState): FieldState[Slot] {
  const kind = SLOTS[state.type];
  return kind ? state[kind.slot] : undefined;
}

/** A new state of an element that now holds `held`. */
export function holding(element: Element, held: FieldState[Slot]): FieldState {
  const kind = SLOTS[element.type];
  if (!kind) throw new Error(`${element.type} holds no value`);
  return { type: element.type, [kind.slot]: held ?? kind.none };
}

export function isEmpty(state: FieldState): boolean {
  const held = heldBy(state);
  return held == null || held === "" || (Array.isArray(held) && held.length === 0);
}

/** Every element of a block, the accessory and the input's element included. */
export function elementsOf(block: Block): Element[] {
  const listed = block.type === "actions" ? (block.elements ?? []) : [];
  return [...listed, block.accessory, block.element].filter((e): e is Element => Boolean(e));
}

/** Slack names blocks without an id itself; the sandbox's server does too, this is for those it left alone. */
export function blockIdOf(block: Block, index: number): string {
  return block.block_id ?? `block-${index}`;
}

/**
 * `view.state.values` for these blocks: what the person set where the same block and action are still there,
 * the element's own first value otherwise. So a `views.update` with new block ids starts fresh.
 */
export function valuesOf(blocks: Block[], edits: FieldValues): FieldValues {
  const values: FieldValues = {};
  blocks.forEach((block, index) => {
    const blockId = blockIdOf(block, index);
    for (const element of elementsOf(block)) {
      const initial = initialState(element);
      if (!initial || !element.action_id) continue;
      const kept = edits[blockId]?.[element.action_id];
      const state = kept && kept.type === element.type ? kept : initial;
      values[blockId] = { ...values[blockId], [element.action_id]: state };
    }
  });
  return values;
}

/** `edits` with one more field set. */
export function withField(
  edits: FieldValues,
  blockId: string,
  actionId: string,
  state: FieldState,
): FieldValues {
  return { ...edits, [blockId]: { ...edits[blockId], [actionId]: state } };
}

/** The edits whose fields are still in the blocks; the others are forgotten, as in Slack. */
export function stillThere(blocks: Block[], edits: FieldValues): FieldValues {
  const values = valuesOf(blocks, edits);
  const kept: FieldValues = {};
  for (const [blockId, fields] of Object.entries(edits)) {
    for (const [actionId, state] of Object.entries(fields)) {
      if (values[blockId]?.[actionId] === state) {
        kept[blockId] = { ...kept[blockId], [actionId]: state };
      }
    }
  }
  return kept;
}
