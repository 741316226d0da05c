import names from "emojilib/simplemap.json";

const KNOWN: Record<string, string> = names;

/** Names that Slack uses and the list spells otherwise or lacks. */
const SLACK_NAMES: Record<string, string> = {
  black_square_for_stop: "⏹️",
  double_vertical_bar: "⏸️",
  email: "✉️",
  envelope: "✉️",
  "flag-us": "🇺🇸",
  hand: "✋",
  health_worker: "🧑‍⚕️",
  large_blue_circle: "🔵",
  large_blue_square: "🟦",
  large_brown_circle: "🟤",
  large_green_circle: "🟢",
  large_green_square: "🟩",
  large_orange_circle: "🟠",
  large_purple_circle: "🟣",
  large_red_square: "🟥",
  large_yellow_circle: "🟡",
  large_yellow_square: "🟨",
  shrug: "🤷",
  technologist: "🧑‍💻",
  thinking_face: "🤔",
  thumbsdown: "👎",
  thumbsup: "👍",
};

/** The emoji of a Slack name such as "wave" or "wave::skin-tone-3"; undefined for a name nobody knows. */
export function emojiOf(name: string): string | undefined {
  const [plain = name] = name.split("::");
  if (Object.hasOwn(SLACK_NAMES, plain)) return SLACK_NAMES[plain];
  return Object.hasOwn(KNOWN, plain) ? KNOWN[plain] : undefined;
}

/** A plain text with its `:names:` turned into emoji; an unknown name stays as it is written. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+'-]+):/g, (whole, name: string) => emojiOf(name) ?? whole);
}
