/**
 * The old value where the new one says the same, so that what is drawn from it stays as it is. `without` leaves out
 * what does not count.
 */
export function sameOr<T>(old: T | undefined, fresh: T, without: (value: T) => unknown = (v) => v): T {
  if (old === undefined) return fresh;
  return JSON.stringify(without(old)) === JSON.stringify(without(fresh)) ? old : fresh;
}

/** A list whose unchanged members are the old ones; the old list itself where none changed. */
export function sameMembers<T>(old: T[], fresh: T[], keyOf: (member: T) => string): T[] {
  const known = new Map(old.map((member) => [keyOf(member), member]));
  const kept = fresh.map((member) => sameOr(known.get(keyOf(member)), member));
  return kept.length === old.length && kept.every((member, at) => member === old[at]) ? old : kept;
}
