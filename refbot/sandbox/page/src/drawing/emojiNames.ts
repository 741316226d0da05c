import { emojiOf } from "../model/emoji";

/**
 * Stands in for the emoji package that the drawing library asks for, which would bring 200 kB of keywords along.
 * The library hands over names that it doesn't know itself.
 */
export function emojify(text: string): string {
  return text.replace(/:([^:\s]+):/g, (whole, name: string) => emojiOf(name) ?? whole);
}
