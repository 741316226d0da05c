import type { Block, Element } from "../model/types";

/**
 * A rich text cut where a list of another kind follows a list: the library counts on over both, so that the numbers
 * after two bullets would begin with 3.
 */
export function listsApart(block: Block): Block[] {
  const parts: Element[][] = [];
  let before: Element | undefined;
  for (const element of block.elements ?? []) {
    const last = parts.at(-1);
    if (last && !isOtherList(before, element)) last.push(element);
    else parts.push([element]);
    before = element;
  }
  return parts.map((elements) => ({ ...block, elements }));
}

function isOtherList(before: Element | undefined, element: Element): boolean {
  const lists = before?.type === "rich_text_list" && element.type === "rich_text_list";
  return lists && before.style !== element.style;
}
