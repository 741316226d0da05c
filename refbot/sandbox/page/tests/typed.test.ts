import { expect, test } from "vitest";
import { hashOf, placeIn, placeOfLink } from "../src/model/location";
import { commandIn, commandsFor, mentionAt } from "../src/model/typed";
import { withNotes } from "../src/slack/notes";

const known = [{ command: "/reference", description: "", usage_hint: "" }];

test("a command is offered while its word is being typed, and not once arguments follow", () => {
  expect(commandsFor("/", known)).toEqual(known);
  expect(commandsFor("/ref", known)).toEqual(known);
  expect(commandsFor("/reference ", known)).toEqual([]);
  expect(commandsFor("a /ref", known)).toEqual([]);
  expect(commandsFor("/remind", known)).toEqual([]);
});

test("only a line that begins with a slash is a command", () => {
  expect(commandIn("/reference banking")).toBe("/reference");
  expect(commandIn("see /reference")).toBeNull();
});

test("a name is being typed between an @ and the cursor", () => {
  expect(mentionAt("ask @ri", 7)).toEqual({ from: 4, name: "ri" });
  expect(mentionAt("ask @riley now", 14)).toBeNull();
  expect(mentionAt("mail sam@northbeam", 18)).toBeNull();
});

test("a place survives the address", () => {
  const place = {
    as: "U0CASEY",
    channel: "refbot",
    tab: "home" as const,
    thread: "1795250000.000100",
    at: "1795250001.000100",
    draft: "/reference bank & more",
  };
  expect(placeIn(hashOf(place))).toEqual(place);
});

test("an empty address shows Riley in #sales", () => {
  expect(placeIn("")).toMatchObject({ as: "U0RILEY", channel: "C0SALES", tab: "messages" });
});

test("a note stands at its time, and in its own place only", () => {
  const at = { as: "U0RILEY", channel: "C0SALES", thread: null };
  const messages = ["10", "12"].map((hour) => ({ ts: hour, text: "", when: `2026-11-24T${hour}:00:00Z` }));
  const note = { ...at, text: "Sorry!", when: "2026-11-24T11:00:00Z" };
  const texts = withNotes(messages, [note, { ...note, as: "U0SAM" }], at).map((m) => m.text);
  expect(texts).toEqual(["", "Sorry!", ""]);
});

test("a permalink leads to its message, and other addresses nowhere", () => {
  const here = "http://127.0.0.1:3000";
  expect(placeOfLink(`${here}/archives/C0PROGRAM/p1795250000000100`, "U0CASEY")).toMatchObject({
    as: "U0CASEY",
    channel: "C0PROGRAM",
    at: "1795250000.000100",
  });
  expect(placeOfLink(`${here}/?channel=C0SALES&ts=1.000002`, "U0SAM")).toMatchObject({
    as: "U0SAM",
    channel: "C0SALES",
    at: "1.000002",
  });
  expect(placeOfLink(`${here}/#as=U0SAM`, "U0SAM")).toBeNull();
  expect(placeOfLink("https://a.example/reports/?channel=x", "U0SAM")).toBeNull();
  expect(placeOfLink("no address", "U0SAM")).toBeNull();
});
