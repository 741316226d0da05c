import { expect, test } from "vitest";
import { type Inline, richText } from "../src/model/mrkdwn";

const noDates = () => "a date";

function read(text: string): Inline[] {
  const parts = richText(text, noDates);
  expect(parts.map((part) => part.type)).toEqual(["rich_text_section"]);
  return parts[0]?.elements ?? [];
}

const text = (words: string, style?: object) => ({
  type: "text",
  text: words,
  ...(style ? { style } : {}),
});

test.each<[string, object[]]>([
  ["plain", [text("plain")]],
  ["*bold* and _it_", [text("bold", { bold: true }), text(" and "), text("it", { italic: true })]],
  ["*Acme*: ~no~", [text("Acme", { bold: true }), text(": "), text("no", { strike: true })]],
  ["*a _b_*", [text("a ", { bold: true }), text("b", { bold: true, italic: true })]],
  ["`a*b*`", [text("a*b*", { code: true })]],
  // Marks inside words and with blanks around are letters like others.
  ["2 * 3 * 4", [text("2 * 3 * 4")]],
  ["snake_case_name", [text("snake_case_name")]],
  ["5*6* and a_b_", [text("5*6* and a_b_")]],
  ["*open", [text("*open")]],
  ["*two\nlines*", [text("*two\nlines*")]],
  ["a &lt;b&gt; &amp;amp;", [text("a <b> &amp;")]],
  // Lines that Markdown would take for a title, a list or a rule.
  ["# of seats\n- one\n1. two\n---", [text("# of seats\n- one\n1. two\n---")]],
  ["10:30:45", [text("10:30:45")]],
  [":wave: :nobody_knows:", [{ type: "emoji", name: "wave" }, text(" :nobody_knows:")]],
  ["<@U0RILEY> <@U0SAM|sam>", [{ type: "user", user_id: "U0RILEY" }, text(" "), { type: "user", user_id: "U0SAM" }]],
  ["<#C0SALES|sales>", [{ type: "channel", channel_id: "C0SALES" }]],
  ["<!here>", [{ type: "broadcast", range: "here" }]],
  ["<https://a.example/?x=1&amp;y=2|A &amp; B>", [{ type: "link", url: "https://a.example/?x=1&y=2", text: "A & B" }]],
  ["see https://a.example/b_c_d.", [text("see "), { type: "link", url: "https://a.example/b_c_d" }, text(".")]],
  ["<javascript:alert(1)|x>", [text("<javascript:alert(1)|x>")]],
  ["[x](https://a.example)", [text("[x]("), { type: "link", url: "https://a.example" }, text(")")]],
])("%j", (source, elements) => {
  expect(read(source)).toEqual(elements);
});

test("a quote and code stand apart from the text around them", () => {
  const parts = richText("before\n&gt; said\n&gt; so\nafter\n```\na * b\n```\nend", noDates);
  expect(parts.map(({ type, elements }) => [type, elements])).toEqual([
    ["rich_text_section", [text("before")]],
    ["rich_text_quote", [text("said\nso")]],
    ["rich_text_section", [text("after\n")]],
    ["rich_text_preformatted", [text("a * b")]],
    ["rich_text_section", [text("end")]],
  ]);
});

test("a date is written by the one who knows the zone, and may be a link", () => {
  const asked: unknown[] = [];
  const writeDate = (...what: unknown[]) => {
    asked.push(what);
    return "Nov 24";
  };
  const [part] = richText("<!date^1795250000^{date_short} at {time}^https://a.example|soon>", writeDate);
  expect(asked).toEqual([[1795250000, "{date_short} at {time}", "soon"]]);
  expect(part?.elements).toEqual([{ type: "link", url: "https://a.example", text: "Nov 24" }]);
});
