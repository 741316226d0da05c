import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import type { Channel } from "../model/types";
import { useSandbox } from "../Sandbox";
import { Icon } from "../ui/Icon";
import { AttachButton, ShortcutsMenu } from "./ComposerTools";
import { Suggestions } from "./Suggestions";
import { useSend } from "./useSend";
import { useSuggestions } from "./useSuggestions";

interface Props {
  channel: Channel;
  thread: string | null;
  placeholder: string;
  onSent: () => void;
}

/** What was typed and not sent, by person and place, while the page is open. */
const drafts = new Map<string, string>();

/** Where a person writes: Enter sends, Shift+Enter breaks the line, "/" offers commands, "@" people. */
export function Composer({ channel, thread, placeholder, onSent }: Props) {
  const { me, place, goTo } = useSandbox();
  const draftKey = `${me.id} ${channel.id} ${thread ?? ""}`;
  const [typed, setTyped] = useState(drafts.get(draftKey) ?? "");
  const [cursor, setCursor] = useState(0);
  const [file, setFile] = useState<File | null>(null);
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

  useEffect(() => {
    drafts.set(draftKey, typed);
  }, [draftKey, typed]);

  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 220)}px`;
  }, [typed]);

  const submit = async () => {
    const text = typed.trim();
    if ((!text && !file) || sending) return;
    write("");
    setFile(null);
    // What reached nobody is given back to be sent again.
    if (!(await send(text, file))) {
      write(text);
      setFile(file);
    }
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
        {file && (
          <div className="staged">
            <Icon name="file" size={18} />
            {file.name}
            <button
              type="button"
              className="plain-button"
              aria-label={`Remove ${file.name}`}
              onClick={() => setFile(null)}
            >
              <Icon name="close" size={14} />
            </button>
          </div>
        )}
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
          {!thread && <AttachButton onChosen={setFile} />}
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
            aria-disabled={(!typed.trim() && !file) || sending}
            onClick={() => void submit()}
          >
            <Icon name="send" size={17} />
          </button>
        </div>
      </div>
    </div>
  );
}
