import type { Person } from "../model/types";

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return `${words[0]?.[0] ?? "?"}${words.length > 1 ? (words.at(-1)?.[0] ?? "") : ""}`.toUpperCase();
}

function colorOf(person: Person): string {
  return person.color.startsWith("#") ? person.color : `#${person.color || "5b5b5b"}`;
}

/** A person's initials in their colour. The name stands beside it everywhere, so it is silent to screen readers. */
export function Avatar({ person, size = 36 }: { person: Person; size?: number }) {
  return (
    <span
      className="avatar"
      style={{ background: colorOf(person), width: size, height: size, fontSize: size * 0.42 }}
      aria-hidden="true"
    >
      {initials(person.real_name || person.name)}
    </span>
  );
}

/** RefBot's drawn sign: a speech bubble with a tick. */
export function BotAvatar({ size = 36 }: { size?: number }) {
  return (
    <svg className="avatar" width={size} height={size} viewBox="0 0 36 36" aria-hidden="true">
      <rect width="36" height="36" rx="8" fill="#0b4f4a" />
      <path d="M8 10.5h20a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1-1.5 1.5H17l-5.5 5v-5H8A1.5 1.5 0 0 1 6.5 22V12A1.5 1.5 0 0 1 8 10.5z" fill="#fff" />
      <path d="m13 17 3.5 3.5 7-7" fill="none" stroke="#0b4f4a" strokeWidth="2.8" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

export function SlackbotAvatar({ size = 36 }: { size?: number }) {
  return (
    <svg className="avatar" width={size} height={size} viewBox="0 0 36 36" aria-hidden="true">
      <rect width="36" height="36" rx="8" fill="#e8e8e8" />
      <rect x="9" y="12" width="18" height="13" rx="4" fill="#5b5b5b" />
      <path d="M18 12V8M14 17v2M22 17v2" stroke="#5b5b5b" strokeWidth="2" strokeLinecap="round" />
      <path d="M14 17v2M22 17v2" stroke="#fff" strokeWidth="2.2" strokeLinecap="round" />
    </svg>
  );
}
