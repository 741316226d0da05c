import { expect, test } from "vitest";
import { problemsOf } from "../src/model/problems";
import { holding } from "../src/model/state";
import type { Block, Element } from "../src/model/types";

function problemWith(element: Element, typed: string | null, block: Partial<Block> = {}) {
  const asked = { ...element, action_id: "value" };
  const input: Block = { type: "input", block_id: "field", element: asked, ...block };
  return problemsOf([input], { field: { value: holding(asked, typed) } }).field;
}

test.each<[string, Element, string | null, string | undefined]>([
  ["a required field left empty", { type: "plain_text_input" }, null, "Please complete this required field."],
  ["a filled field", { type: "plain_text_input" }, "Globex", undefined],
  ["too short", { type: "plain_text_input", min_length: 3 }, "ab", "Please enter at least 3 characters."],
  ["too long", { type: "plain_text_input", max_length: 3 }, "abcd", "Please enter 3 characters or fewer."],
  ["no e-mail address", { type: "email_text_input" }, "sam", "Please enter a valid email address."],
  ["an e-mail address", { type: "email_text_input" }, "sam@northbeam.example", undefined],
  ["no number", { type: "number_input" }, "many", "Please enter a number."],
  ["a part of a whole", { type: "number_input" }, "1.5", "Please enter a whole number."],
  ["a decimal where allowed", { type: "number_input", is_decimal_allowed: true }, "1.5", undefined],
  ["too little", { type: "number_input", min_value: "1" }, "0", "Please enter 1 or more."],
  ["too much", { type: "number_input", max_value: "9" }, "10", "Please enter 9 or less."],
  ["no choice", { type: "radio_buttons" }, null, "Please select an option."],
])("%s", (_, element, typed, problem) => {
  expect(problemWith(element, typed)).toBe(problem);
});

test("an optional field may stay empty, but not be wrong", () => {
  expect(problemWith({ type: "email_text_input" }, null, { optional: true })).toBeUndefined();
  expect(problemWith({ type: "email_text_input" }, "sam", { optional: true })).toBeDefined();
});
