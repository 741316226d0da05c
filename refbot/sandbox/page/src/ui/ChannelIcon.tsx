import type { ChannelKind } from "../model/types";
import { Icon, type IconName } from "./Icon";

const ICONS: Record<ChannelKind, IconName> = {
  public: "hash",
  private: "lock",
  shared: "shared",
  dm: "chat",
};

const WORDS: Record<ChannelKind, string> = {
  public: "channel",
  private: "private channel",
  shared: "channel shared with another organisation",
  dm: "direct message",
};

export function ChannelIcon({ kind, size = 16 }: { kind: ChannelKind; size?: number }) {
  return <Icon name={ICONS[kind]} size={size} />;
}

/** What the icon means, in words. */
export function channelKind(kind: ChannelKind): string {
  return WORDS[kind];
}
