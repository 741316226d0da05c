import { emojiOf } from "./emoji";

/**
 * Slack's mrkdwn as rich_text, which the drawing library shows exactly. Its own mrkdwn reader takes the text for
 * Markdown: it loses lines such as "# of seats" and "10:30:45" and reads plain text as mrkdwn, so it isn't used.
 */

export interface Style {
  bold?: boolean;
  italic?: boolean;
  strike?: boolean;
  code?: boolean;
}

export type Inline =
  | { type: "text"; text: string; style?: Style }
  | { type: "link"; url: string; text?: string; style?: Style }
  | { type: "user"; user_id: string; style?: Style }
  | { type: "channel"; channel_id: string; style?: Style }
  | { type: "usergroup"; usergroup_id: string; style?: Style }
  | { type: "broadcast"; range: string; style?: Style }
  | { type: "emoji"; name: string };

export interface RichPart {
  type: "rich_text_section" | "rich_text_quote" | "rich_text_preformatted";
  elements: Inline[];
}

export type DateWriter = (seconds: number, format: string, fallback: string) => string;

const STYLE_OF = { "*": "bold", _: "italic", "~": "strike" } as const;
const WORD = /[\p{L}\p{N}_]/u;

export function unescape(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

export function richText(mrkdwn: string, writeDate: DateWriter): RichPart[] {
  const parts: RichPart[] = [];
  mrkdwn.split(/```/).forEach((piece, index, all) => {
    const isCode = index % 2 === 1 && index < all.length - 1;
    if (isCode) parts.push(preformatted(piece));
    else parts.push(...linesOf(index % 2 === 1 ? "```" + piece : piece, writeDate, index > 0));
  });
  return parts;
}

function preformatted(code: string): RichPart {
  const text = unescape(code.replace(/^\n|\n$/g, ""));
  return { type: "rich_text_preformatted", elements: [{ type: "text", text }] };
}

function linesOf(text: string, writeDate: DateWriter, afterCode: boolean): RichPart[] {
  const runs: { quoted: boolean; lines: string[] }[] = [];
  for (const line of (afterCode ? text.replace(/^\n/, "") : text).split("\n")) {
    const quoted = /^(?:&gt;|>)/.test(line);
    const bare = quoted ? line.replace(/^(?:&gt;|>) ?/, "") : line;
    const last = runs.at(-1);
    if (last?.quoted === quoted) last.lines.push(bare);
    else runs.push({ quoted, lines: [bare] });
  }
  return runs
    .filter((run) => run.lines.some((line) => line !== "") || runs.length > 1)
    .map((run) => ({
      type: run.quoted ? "rich_text_quote" : "rich_text_section",
      elements: inline(run.lines.join("\n"), {}, writeDate),
    }));
}

/** Reads one run of text; `style` is what the text around it already is. */
function inline(source: string, style: Style, writeDate: DateWriter): Inline[] {
  const out: Inline[] = [];
  let plain = "";
  const styled = Object.keys(style).length > 0 ? { style } : {};
  const flush = () => {
    if (plain) out.push({ type: "text", text: unescape(plain), ...styled });
    plain = "";
  };
  let at = 0;
  while (at < source.length) {
    const found = nextPiece(source, at, style, writeDate);
    if (found) {
      flush();
      out.push(...found.pieces);
      at = found.end;
    } else {
      plain += source[at];
      at += 1;
    }
  }
  flush();
  return out;
}

interface Found {
  pieces: Inline[];
  end: number;
}

function nextPiece(source: string, at: number, style: Style, writeDate: DateWriter): Found | null {
  const char = source[at];
  switch (char) {
    case "<":
      return angled(source, at, style, writeDate);
    case "`":
      return codeSpan(source, at, style);
    case "*":
    case "_":
    case "~":
      return styledSpan(source, at, char, style, writeDate);
    case ":":
      return emoji(source, at);
    case "h":
      return bareLink(source, at, style);
    default:
      return null;
  }
}

function codeSpan(source: string, at: number, style: Style): Found | null {
  const end = source.indexOf("`", at + 1);
  const code = source.slice(at + 1, end);
  if (end < 0 || code === "" || code.includes("\n")) return null;
  return {
    pieces: [{ type: "text", text: unescape(code), style: { ...style, code: true } }],
    end: end + 1,
  };
}

function styledSpan(
  source: string,
  at: number,
  marker: "*" | "_" | "~",
  style: Style,
  writeDate: DateWriter,
): Found | null {
  const before = source[at - 1];
  const after = source[at + 1];
  if ((before && WORD.test(before)) || !after || /\s/.test(after) || after === marker) return null;
  const end = closing(source, at, marker);
  if (end < 0) return null;
  const inner = { ...style, [STYLE_OF[marker]]: true };
  return { pieces: inline(source.slice(at + 1, end), inner, writeDate), end: end + 1 };
}

/** Where the marker opened at `at` is closed on its line; -1 when it is not. */
function closing(source: string, at: number, marker: string): number {
  for (let here = at + 1; here < source.length; here += 1) {
    const char = source[here];
    if (char === "\n") return -1;
    if (char === "<" && source.indexOf(">", here) > 0) here = source.indexOf(">", here);
    if (char === "`" && source.indexOf("`", here + 1) > 0) here = source.indexOf("`", here + 1);
    if (char !== marker || here === at + 1 || /\s/.test(source[here - 1] ?? " ")) continue;
    const next = source[here + 1];
    if (!next || !WORD.test(next)) return here;
  }
  return -1;
}

function emoji(source: string, at: number): Found | null {
  const name = /^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/.exec(source.slice(at, at + 80));
  if (!name?.[1] || !emojiOf(name[1])) return null;
  return { pieces: [{ type: "emoji", name: name[1] }], end: at + name[0].length };
}

function bareLink(source: string, at: number, style: Style): Found | null {
  const before = source[at - 1];
  if (before && WORD.test(before)) return null;
  const link = /^https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)'"*_~]/.exec(source.slice(at));
  if (!link) return null;
  return {
    pieces: [{ type: "link", url: unescape(link[0]), ...(hasAny(style) ? { style } : {}) }],
    end: at + link[0].length,
  };
}

function hasAny(style: Style): boolean {
  return Object.keys(style).length > 0;
}

function angled(source: string, at: number, style: Style, writeDate: DateWriter): Found | null {
  const end = source.indexOf(">", at);
  if (end < 0) return null;
  const body = source.slice(at + 1, end);
  const piece = token(body, hasAny(style) ? { style } : {}, writeDate);
  return piece ? { pieces: [piece], end: end + 1 } : null;
}

function token(body: string, styled: { style?: Style }, writeDate: DateWriter): Inline | null {
  const [head = "", label] = splitOnce(body, "|");
  const id = head.slice(1);
  if (head.startsWith("@")) return { type: "user", user_id: id, ...styled };
  if (head.startsWith("#")) return { type: "channel", channel_id: id, ...styled };
  if (head.startsWith("!subteam^")) {
    return { type: "usergroup", usergroup_id: head.slice("!subteam^".length), ...styled };
  }
  if (head.startsWith("!date^")) return date(head, label ?? "", styled, writeDate);
  if (/^!(here|channel|everyone)$/.test(head)) return { type: "broadcast", range: id, ...styled };
  if (/^(https?:|mailto:|tel:)/i.test(head)) {
    const text = label ? unescape(label) : undefined;
    return { type: "link", url: unescape(head), ...(text ? { text } : {}), ...styled };
  }
  return null;
}

function date(
  head: string,
  fallback: string,
  styled: { style?: Style },
  writeDate: DateWriter,
): Inline {
  const [, seconds = "", format = "", url] = head.split("^");
  const text = writeDate(Number(seconds || "x"), unescape(format), unescape(fallback));
  return url ? { type: "link", url, text, ...styled } : { type: "text", text, ...styled };
}

function splitOnce(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
