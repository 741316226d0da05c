/** The shapes that the sandbox's page API speaks, and Block Kit as loosely as a drawer needs it. */

export interface Person {
  id: string;
  name: string;
  real_name: string;
  title: string;
  tz: string;
  role_note: string;
  color: string;
  is_guest: boolean;
  is_deleted?: boolean;
  is_stranger?: boolean;
}

export type ChannelKind = "public" | "private" | "dm" | "shared";

export interface Channel {
  id: string;
  name: string;
  kind: ChannelKind;
  is_member_bot: boolean;
  unread: number;
}

export interface Command {
  command: string;
  description: string;
  usage_hint: string;
}

export interface Shortcut {
  name: string;
  type: "global" | "message";
  callback_id: string;
}

export type Faults = Record<string, boolean>;

export interface SandboxState {
  me: Person;
  people: Person[];
  channels: Channel[];
  bot: {
    connected: boolean;
    name: string;
    commands: Command[];
    shortcuts: Shortcut[];
  };
  clock: { now: string; skipped_seconds: number; skipping: boolean };
  faults: Faults;
  mail_unread: number;
}

export interface Message {
  ts: string;
  user?: string;
  bot_id?: string;
  username?: string;
  text: string;
  blocks?: Block[];
  edited?: unknown;
  is_ephemeral?: boolean;
  reply_count?: number;
  latest_reply?: string;
  thread_ts?: string;
  files?: SlackFile[];
  when: string;
}

export interface SlackFile {
  id?: string;
  name?: string;
  title?: string;
  mimetype?: string;
  size?: number;
  url_private?: string;
  url_private_download?: string;
  permalink?: string;
}

export interface View {
  id: string;
  type: "modal" | "home";
  hash?: string;
  title?: TextObject;
  submit?: TextObject;
  close?: TextObject;
  blocks: Block[];
  loading?: boolean;
}

export interface TextObject {
  type: "plain_text" | "mrkdwn";
  text: string;
  emoji?: boolean;
  verbatim?: boolean;
}

export interface Option {
  text: TextObject;
  value?: string;
  description?: TextObject;
  url?: string;
}

export interface OptionGroup {
  label: TextObject;
  options: Option[];
}

export interface OptionAnswer {
  options?: Option[];
  option_groups?: OptionGroup[];
}

export interface Confirm {
  title: TextObject;
  text: TextObject;
  confirm: TextObject;
  deny: TextObject;
  style?: "primary" | "danger";
}

/** Any Block Kit element: which of the fields are set depends on `type`. */
export interface Element {
  type: string;
  action_id?: string;
  text?: TextObject | string;
  value?: string;
  url?: string;
  style?: "primary" | "danger";
  confirm?: Confirm;
  accessibility_label?: string;
  placeholder?: TextObject;
  options?: Option[];
  option_groups?: OptionGroup[];
  initial_option?: Option;
  initial_options?: Option[];
  initial_user?: string;
  initial_users?: string[];
  initial_conversation?: string;
  initial_conversations?: string[];
  initial_channel?: string;
  initial_channels?: string[];
  initial_date?: string;
  initial_time?: string;
  initial_date_time?: number;
  initial_value?: string;
  min_query_length?: number;
  max_selected_items?: number;
  multiline?: boolean;
  min_length?: number;
  max_length?: number;
  is_decimal_allowed?: boolean;
  min_value?: string;
  max_value?: string;
  focus_on_load?: boolean;
  dispatch_action_config?: { trigger_actions_on?: string[] };
  filter?: { include?: string[]; exclude_bot_users?: boolean };
  default_to_current_conversation?: boolean;
  image_url?: string;
  alt_text?: string;
}

/** Any layout block: which of the fields are set depends on `type`. */
export interface Block {
  type: string;
  block_id?: string;
  text?: TextObject;
  fields?: TextObject[];
  accessory?: Element;
  elements?: Element[];
  element?: Element;
  label?: TextObject;
  hint?: TextObject;
  optional?: boolean;
  dispatch_action?: boolean;
  image_url?: string;
  slack_file?: { id?: string; url?: string };
  alt_text?: string;
  title?: TextObject;
}

/** What a person has set in one element, as Slack reports it in `view.state.values`. */
export interface FieldState {
  type: string;
  value?: string | null;
  selected_option?: Option | null;
  selected_options?: Option[];
  selected_user?: string | null;
  selected_users?: string[];
  selected_conversation?: string | null;
  selected_conversations?: string[];
  selected_channel?: string | null;
  selected_channels?: string[];
  selected_date?: string | null;
  selected_time?: string | null;
  selected_date_time?: number | null;
}

export type FieldValues = Record<string, Record<string, FieldState>>;

export type Container =
  | { type: "message"; channel: string; ts: string }
  | { type: "view"; view_id: string };

export interface ActAnswer {
  ok: boolean;
  error?: string;
  message?: string;
  errors?: Record<string, string>;
  ack_ms?: number;
}

export interface Mail {
  id: string | number;
  from: string;
  to: string | string[];
  subject: string;
  text: string;
  html?: string | null;
  when: string;
  read: boolean;
  attachments?: string[];
}

export interface TrafficEntry {
  n: number;
  when: string;
  direction: string;
  what: string;
  ok: boolean;
  error?: string | null;
  ms: number | null;
  summary: string;
  payload: unknown;
  answer?: unknown;
}
