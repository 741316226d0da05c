import { useRef, useState } from "react";
import { useSandbox } from "../Sandbox";
import { Icon } from "../ui/Icon";
import { MenuButton } from "../ui/MenuButton";

/** Chooses a file to send along, such as a sheet for the app. */
export function AttachButton({ onChosen }: { onChosen: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File to attach"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) onChosen(file);
          event.target.value = "";
        }}
      />
      <button
        type="button"
        className="tool"
        aria-label="Attach a file"
        title="Attach a file"
        onClick={() => input.current?.click()}
      >
        <Icon name="plus" size={17} />
      </button>
    </>
  );
}

/** The apps' global shortcuts. */
export function ShortcutsMenu() {
  const { state, act, note } = useSandbox();
  const [busy, setBusy] = useState(false);
  const shortcuts = state.bot.shortcuts.filter((shortcut) => shortcut.type === "global");
  const use = async (callbackId: string) => {
    setBusy(true);
    const answer = await act({ kind: "shortcut", callback_id: callbackId });
    setBusy(false);
    if (!answer.ok) note(answer.message ?? `The shortcut failed (${answer.error}).`);
  };
  return (
    <MenuButton
      label="Shortcuts"
      className="tool"
      busy={busy}
      disabled={busy}
      heading="Shortcuts"
      empty={`${state.bot.name} offers no shortcuts.`}
      items={shortcuts.map((shortcut) => ({
        key: shortcut.callback_id,
        label: shortcut.name,
        note: state.bot.name,
        onChoose: () => void use(shortcut.callback_id),
      }))}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : <Icon name="bolt" size={17} />}
    </MenuButton>
  );
}

export function SendButton({ canSend, onSend }: { canSend: boolean; onSend: () => void }) {
  return (
    <button
      type="button"
      className="send"
      aria-label="Send"
      title="Send"
      aria-disabled={!canSend}
      onClick={onSend}
    >
      <Icon name="send" size={17} />
    </button>
  );
}

/** A file that goes with the next message. */
export function StagedFile({ file, onRemove }: { file: File; onRemove: () => void }) {
  return (
    <div className="staged">
      <Icon name="file" size={18} />
      {file.name}
      <button
        type="button"
        className="plain-button"
        aria-label={`Remove ${file.name}`}
        onClick={onRemove}
      >
        <Icon name="close" size={14} />
      </button>
    </div>
  );
}
