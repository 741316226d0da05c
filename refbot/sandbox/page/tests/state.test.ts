import { describe, expect, test } from "vitest";
import { holding, initialState, stillThere, valuesOf, withField } from "../src/model/state";
import type { Block, Element, FieldState } from "../src/model/types";

const option = { text: { type: "plain_text" as const, text: "Banking" }, value: "banking" };
const label = { type: "plain_text" as const, text: "Label" };

function input(blockId: string, element: Element): Block {
  return { type: "input", block_id: blockId, label, element: { action_id: "value", ...element } };
}

describe("what an element holds before anybody touches it", () => {
  test.each<[Element, FieldState]>([
    [{ type: "plain_text_input" }, { type: "plain_text_input", value: null }],
    [
      { type: "number_input", initial_value: "5" },
      { type: "number_input", value: "5" },
    ],
    [
      { type: "static_select", initial_option: option },
      { type: "static_select", selected_option: option },
    ],
    [{ type: "external_select" }, { type: "external_select", selected_option: null }],
    [
      { type: "multi_external_select", initial_options: [option] },
      { type: "multi_external_select", selected_options: [option] },
    ],
    [{ type: "multi_static_select" }, { type: "multi_static_select", selected_options: [] }],
    [{ type: "checkboxes" }, { type: "checkboxes", selected_options: [] }],
    [{ type: "radio_buttons" }, { type: "radio_buttons", selected_option: null }],
    [
      { type: "datepicker", initial_date: "2026-12-01" },
      { type: "datepicker", selected_date: "2026-12-01" },
    ],
    [{ type: "timepicker" }, { type: "timepicker", selected_time: null }],
    [
      { type: "datetimepicker", initial_date_time: 1_795_000_000 },
      { type: "datetimepicker", selected_date_time: 1_795_000_000 },
    ],
    [
      { type: "users_select", initial_user: "U0SAM" },
      { type: "users_select", selected_user: "U0SAM" },
    ],
    [
      { type: "multi_users_select" },
      { type: "multi_users_select", selected_users: [] },
    ],
    [
      { type: "conversations_select" },
      { type: "conversations_select", selected_conversation: null },
    ],
  ])("%o", (element, state) => {
    expect(initialState(element)).toEqual(state);
  });

  test("a button holds nothing", () => {
    expect(initialState({ type: "button" })).toBeNull();
  });
});

describe("the values of a view", () => {
  const blocks = [
    input("prospect", { type: "plain_text_input" }),
    { type: "actions", block_id: "row", elements: [{ type: "button", action_id: "go" }] },
    {
      type: "section",
      block_id: "pick",
      accessory: { type: "datepicker", action_id: "day", initial_date: "2026-12-01" },
    },
  ];

  test("hold every stateful element by block and action, touched or not", () => {
    const typed = holding({ type: "plain_text_input" }, "Globex");
    expect(valuesOf(blocks, withField({}, "prospect", "value", typed))).toEqual({
      prospect: { value: { type: "plain_text_input", value: "Globex" } },
      pick: { day: { type: "datepicker", selected_date: "2026-12-01" } },
    });
  });

  test("start afresh in a block whose id an update changed", () => {
    const edits = withField({}, "prospect", "value", holding({ type: "plain_text_input" }, "Globex"));
    const renamed = [input("prospect-2", { type: "plain_text_input", initial_value: "Acme" })];
    expect(valuesOf(renamed, edits)).toEqual({
      "prospect-2": { value: { type: "plain_text_input", value: "Acme" } },
    });
  });

  test("keep what was typed when an update brings another first value", () => {
    const edits = withField({}, "prospect", "value", holding({ type: "plain_text_input" }, "Globex"));
    const updated = [input("prospect", { type: "plain_text_input", initial_value: "Acme" })];
    expect(valuesOf(updated, edits).prospect?.value?.value).toBe("Globex");
  });

  test("forget what stood in a field of another type", () => {
    const edits = withField({}, "prospect", "value", holding({ type: "plain_text_input" }, "Globex"));
    const changed = [input("prospect", { type: "external_select" })];
    expect(stillThere(changed, edits)).toEqual({});
    expect(stillThere(blocks, edits)).toEqual(edits);
  });
});
