/** Line icons, drawn here so that the page needs no icon font. */
const PATHS = {
  hash: "M8 4 6 20M18 4l-2 16M4 9h17M3 15h17",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  shared: "M9 9 7 7a3 3 0 0 0-4 4l3 3a3 3 0 0 0 4 0M15 15l2 2a3 3 0 0 0 4-4l-3-3a3 3 0 0 0-4 0M9 15l6-6",
  home: "M4 11 12 4l8 7v9h-5v-6H9v6H4z",
  chat: "M4 5h16v11H11l-4 4v-4H4z",
  bolt: "M13 3 5 14h6l-1 7 8-11h-6z",
  send: "m4 4 17 8-17 8 3-8zM7 12h14",
  plus: "M12 5v14M5 12h14",
  close: "m6 6 12 12M18 6 6 18",
  back: "m14 5-7 7 7 7",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  dots: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  reply: "M4 5h16v11H11l-4 4v-4H4zM8 9h8M8 12h5",
  eye: "M2.5 12S6 6 12 6s9.5 6 9.5 6S18 18 12 18s-9.5-6-9.5-6zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  down: "m6 9 6 6 6-6",
  right: "m9 6 6 6-6 6",
  menu: "M4 7h16M4 12h16M4 17h16",
  mail: "M3 6h18v12H3zM3 7l9 7 9-7",
  traffic: "M4 8h13m-4-4 4 4-4 4M20 16H7m4-4-4 4 4 4",
  fault: "M12 4 2.5 20h19zM12 10v5M12 17.5v.01",
  guide: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .9-1 1.7M12 16.8v.01",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  copy: "M8 8h12v12H8zM16 8V4H4v12h4",
  warning: "M12 4 2.5 20h19zM12 10v5M12 17.5v.01",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" || name === "dots" ? 3 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
