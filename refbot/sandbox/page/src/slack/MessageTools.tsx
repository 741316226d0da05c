import { useState } from "react";
import type { Channel, Message } from "../model/types";
import { useSandbox } from "../Sandbox";
import { Icon } from "../ui/Icon";
import { MenuButton } from "../ui/MenuButton";

interface Props {
  channel: Channel;
  message: Message;
  inThread?: boolean | undefined;
}

/** The small bar over a message: reply in thread, and the apps' message shortcuts. */
export function MessageTools({ channel, message, inThread }: Props) {
  const { state, act, note, goTo, place } = useSandbox();
  const [busy, setBusy] = useState(false);
  const shortcuts = state.bot.shortcuts.filter((shortcut) => shortcut.type === "message");

  const use = async (callbackId: string) => {
    setBusy(true);
    const answer = await act({
      kind: "message_shortcut",
      callback_id: callbackId,
      channel: channel.id,
      ts: message.ts,
    });
    setBusy(false);
    if (!answer.ok) note(answer.message ?? `The shortcut failed (${answer.error}).`);
  };

  return (
    <div className={`message-tools ${busy ? "is-busy" : ""}`} role="toolbar" aria-label="Message actions">
      {!inThread && (
        <button
          type="button"
          className="tool"
          aria-label="Reply in thread"
          title="Reply in thread"
          onClick={() => goTo({ channel: place.channel, tab: "messages", thread: message.ts })}
        >
          <Icon name="reply" size={17} />
        </button>
      )}
      <MenuButton
        label="More actions"
        className="tool"
        busy={busy}
        disabled={busy}
        heading="Message shortcuts"
        empty="No app has a message shortcut."
        items={shortcuts.map((shortcut) => ({
          key: shortcut.callback_id,
          label: shortcut.name,
          note: state.bot.name,
          onChoose: () => void use(shortcut.callback_id),
        }))}
      >
        {busy ? <span className="spinner" aria-hidden="true" /> : <Icon name="more" size={17} />}
      </MenuButton>
    </div>
  );
}
