import { type KeyboardEvent, useId, useState } from "react";
import type { Channel } from "../model/types";
import { AttachButton, SendButton, ShortcutsMenu, StagedFile } from "./ComposerTools";
import { Suggestions } from "./Suggestions";
import { useDraft } from "./useDraft";
import { useSend } from "./useSend";
import { useSuggestions } from "./useSuggestions";

interface Props {
  channel: Channel;
  thread: string | null;
  placeholder: string;
  onSent: () => void;
}

/** Where a person writes: Enter sends, Shift+Enter breaks the line, "/" offers commands, "@" people. */
export function Composer({ channel, thread, placeholder, onSent }: Props) {
  const draft = useDraft(channel.id, thread);
  const { typed, write } = draft;
  const [file, setFile] = useState<File | null>(null);
  const listId = useId();
  const { send, sending } = useSend(channel, thread, onSent);
  const suggested = useSuggestions(thread ? "" : typed, draft);
  const text = typed.trim();
  const canSend = (text !== "" || file !== null) && !sending;

  const submit = async () => {
    if (!canSend) return;
    write("");
    setFile(null);
    // What reached nobody is given back to be sent again.
    if (await send(text, file)) return;
    write(text);
    setFile(file);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (suggested.onKeyDown(event)) return;
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void submit();
  };

  const offers = suggested.items.length > 0;
  return (
    <div className="composer-area">
      <Suggestions id={listId} suggested={suggested} />
      <div className={`composer ${sending ? "is-busy" : ""}`}>
        {file && <StagedFile file={file} onRemove={() => setFile(null)} />}
        <textarea
          ref={draft.box}
          rows={1}
          value={typed}
          placeholder={placeholder}
          aria-label={placeholder}
          aria-controls={offers ? listId : undefined}
          aria-activedescendant={offers ? `${listId}-${suggested.active}` : undefined}
          aria-autocomplete="list"
          onChange={({ target }) => draft.follow(target.value, target.selectionStart)}
          onSelect={({ currentTarget: box }) => draft.point(box.selectionStart)}
          onKeyDown={onKeyDown}
        />
        <div className="composer-tools">
          {!thread && <AttachButton onChosen={setFile} />}
          {!thread && <ShortcutsMenu />}
          <Hint sending={sending} hasText={typed !== ""} />
          <SendButton canSend={canSend} onSend={() => void submit()} />
        </div>
      </div>
    </div>
  );
}

function Hint({ sending, hasText }: { sending: boolean; hasText: boolean }) {
  return (
    <span className="composer-hint">
      {sending && (
        <span role="status">
          <span className="spinner" aria-hidden="true" /> Sending …
        </span>
      )}
      {!sending && hasText && (
        <>
          <kbd>Enter</kbd> sends · <kbd>Shift</kbd>+<kbd>Enter</kbd> new line
        </>
      )}
    </span>
  );
}
