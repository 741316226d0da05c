import { expect, test } from "vitest";
import { sameMembers, sameOr } from "../src/live/same";

const message = (ts: string, text: string) => ({ ts, text });

test("only what changed is new", () => {
  const old = [message("1", "a"), message("2", "b")];
  const fresh = [message("1", "a"), message("2", "edited"), message("3", "c")];
  const kept = sameMembers(old, fresh, ({ ts }) => ts);
  expect(kept).toEqual(fresh);
  expect(kept[0]).toBe(old[0]);
  expect(kept[1]).toBe(fresh[1]);
});

test("a list in which nothing changed is the old list, and one that lost its end is not", () => {
  const old = [message("1", "a"), message("2", "b")];
  expect(sameMembers(old, structuredClone(old), ({ ts }) => ts)).toBe(old);
  expect(sameMembers(old, [message("1", "a")], ({ ts }) => ts)).toEqual([message("1", "a")]);
});

test("what does not count may differ", () => {
  const old = { now: "10:00", skipping: false };
  const withoutNow = ({ skipping }: typeof old) => skipping;
  expect(sameOr(old, { now: "10:01", skipping: false }, withoutNow)).toBe(old);
  expect(sameOr(old, { now: "10:01", skipping: true }, withoutNow).now).toBe("10:01");
});
