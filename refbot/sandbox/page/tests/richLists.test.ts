import { expect, test } from "vitest";
import { listsApart } from "../src/blocks/richLists";
import type { Block } from "../src/model/types";

function kinds(styles: (string | null)[]): (string | undefined)[][] {
  const elements = styles.map((style) =>
    style ? { type: "rich_text_list", style } : { type: "rich_text_section" },
  );
  const parts = listsApart({ type: "rich_text", elements } as Block);
  return parts.map((part) => (part.elements ?? []).map((element) => element.style));
}

test("a numbered list after bullets begins a part of its own", () => {
  expect(kinds([null, "bullet", "bullet", "ordered"])).toEqual([
    [undefined, "bullet", "bullet"],
    ["ordered"],
  ]);
});

test("lists of one kind, or with text between, stay together", () => {
  expect(kinds(["ordered", "ordered", null, "bullet"])).toEqual([
    ["ordered", "ordered", undefined, "bullet"],
  ]);
});
