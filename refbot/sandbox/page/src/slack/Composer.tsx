import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { commandIn } from "../model/typed";
import type { Channel } from "../model/types";
import { useSandbox } from "../Sandbox";
import { Icon } from "../ui/Icon";
import { MenuButton } from "../ui/MenuButton";
import { Suggestions } from "./Suggestions";
import { useSuggestions } from "./useSuggestions";

interface Props {
  channel: Channel;
  thread: string | null;
  placeholder: string;
  onSent: () => void;
}

/** Where a person writes: Enter sends, Shift+Enter breaks the line, "/" offers commands, "@" people. */
export function Composer({ channel, thread, placeholder, onSent }: Props) {
  const { place, goTo } = useSandbox();
  const [typed, setTyped] = useState("");
  const [cursor, setCursor] = useState(0);
  const box = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const { send, sending } = useSend(channel, thread, onSent);

  const write = (text: string) => {
    setTyped(text);
    setCursor(text.length);
    box.current?.focus();
  };
  const suggested = useSuggestions(thread ? "" : typed, typed, cursor, write);

  // A link of the guide lays its text in here, once.
  useEffect(() => {
    if (thread || !place.draft) return;
    write(place.draft);
    goTo({ channel: place.channel, tab: place.tab, thread: place.thread });
  }, [place, thread, goTo]);

  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 220)}px`;
  }, [typed]);

  const submit = async () => {
    const text = typed.trim();
    if (!text || sending) return;
    write("");
    // What the app never got is given back to be sent again.
    if (!(await send(text))) write(text);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (suggested.onKeyDown(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void submit();
    }
  };

  return (
    <div className="composer-area">
      <Suggestions id={listId} suggested={suggested} />
      <div className={`composer ${sending ? "is-busy" : ""}`}>
        <textarea
          ref={box}
          rows={1}
          value={typed}
          placeholder={placeholder}
          aria-label={placeholder}
          aria-controls={suggested.items.length > 0 ? listId : undefined}
          aria-activedescendant={
            suggested.items.length > 0 ? `${listId}-${suggested.active}` : undefined
          }
          aria-autocomplete="list"
          onChange={(event) => {
            setTyped(event.target.value);
            setCursor(event.target.selectionStart);
          }}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <div className="composer-tools">
          {!thread && <ShortcutsMenu />}
          <span className="composer-hint">
            {sending ? (
              <span role="status">
                <span className="spinner" aria-hidden="true" /> Sending …
              </span>
            ) : (
              typed && (
                <>
                  <kbd>Enter</kbd> sends · <kbd>Shift</kbd>+<kbd>Enter</kbd> new line
                </>
              )
            )}
          </span>
          <button
            type="button"
            className="send"
            aria-label="Send"
            title="Send"
            aria-disabled={!typed.trim() || sending}
            onClick={() => void submit()}
          >
            <Icon name="send" size={17} />
          </button>
        </div>
      </div>
    </div>
  );
}

/** Sends a message or a command; a false answer means that it reached nobody. */
function useSend(channel: Channel, thread: string | null, onSent: () => void) {
  const { act, note } = useSandbox();
  const [sending, setSending] = useState(false);

  const send = async (text: string): Promise<boolean> => {
    const command = commandIn(text);
    if (command && thread) {
      note(`\`${command}\` is not supported in threads. Sorry!`);
      return true;
    }
    setSending(true);
    const answer = await act({
      kind: "message",
      channel: channel.id,
      text,
      ...(thread ? { thread_ts: thread } : {}),
    });
    setSending(false);
    onSent();
    const lost = answer.error === "unreachable";
    // Of a command that failed the workspace's Slackbot tells already.
    if (!answer.ok && (!command || lost)) {
      note(answer.message ?? `The message was not sent (${answer.error}).`);
    }
    return !lost;
  };
  return { send, sending };
}

function ShortcutsMenu() {
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
