import { useState } from "react";
import { api } from "../live/api";
import { feed } from "../live/feed";
import { useLoaded } from "../live/useLoaded";
import { shortWhen } from "../model/dates";
import type { Mail } from "../model/types";
import { useSandbox } from "../Sandbox";
import { Icon } from "../ui/Icon";
import { Drawer } from "./Drawer";

/** The e-mails that RefBot sends to references and colleagues: none leaves this machine. */
export function MailboxDrawer({ onClose }: { onClose: () => void }) {
  const loaded = useLoaded("mails", ["mails"], api.mails);
  const [openId, setOpenId] = useState<Mail["id"] | null>(null);
  const mails = [...(loaded.value?.mails ?? [])].sort(
    (a, b) => Date.parse(b.when) - Date.parse(a.when),
  );
  const shown = mails.find((mail) => mail.id === openId);

  const open = async (mail: Mail) => {
    setOpenId(mail.id);
    if (mail.read) return;
    await api.readMail(mail.id).catch(() => null);
    feed.say(["mails", "state"]);
  };
  return (
    <Drawer
      title="Mailbox"
      about="The e-mails RefBot sends. They end here: none leaves this machine."
      className={`drawer-mail ${shown ? "has-shown" : ""}`}
      onClose={onClose}
    >
      {loaded.problem && <p role="alert">{loaded.problem}</p>}
      {loaded.value && mails.length === 0 && (
        <p className="drawer-empty">
          No e-mail yet. RefBot writes to references when they are invited and thanked.
        </p>
      )}
      <div className="mail-panes">
        <ul className="mail-list" aria-label="E-mails">
          {mails.map((mail) => (
            <li key={mail.id}>
              <MailRow mail={mail} isShown={mail.id === openId} onOpen={() => void open(mail)} />
            </li>
          ))}
        </ul>
        {shown && <ReadPane mail={shown} onBack={() => setOpenId(null)} />}
      </div>
    </Drawer>
  );
}

function MailRow({ mail, isShown, onOpen }: { mail: Mail; isShown: boolean; onOpen: () => void }) {
  const { me, now } = useSandbox();
  return (
    <button
      type="button"
      className={`mail-row ${mail.read ? "" : "is-unread"} ${isShown ? "is-shown" : ""}`}
      aria-pressed={isShown}
      onClick={onOpen}
    >
      <span className="mail-to">To {listed(mail.to)}</span>
      <time dateTime={mail.when}>{shortWhen(new Date(mail.when), now(), me.tz)}</time>
      <span className="mail-subject">{mail.subject || "(no subject)"}</span>
      {!mail.read && <span className="visually-hidden">unread</span>}
    </button>
  );
}

function ReadPane({ mail, onBack }: { mail: Mail; onBack: () => void }) {
  const { me, now } = useSandbox();
  const [asText, setAsText] = useState(false);
  return (
    <article className="mail-pane" aria-label={mail.subject}>
      <button type="button" className="plain-button only-narrow" aria-label="Back to the list" onClick={onBack}>
        <Icon name="back" />
      </button>
      <h3>{mail.subject || "(no subject)"}</h3>
      <dl>
        <dt>From</dt>
        <dd>{mail.from}</dd>
        <dt>To</dt>
        <dd>{listed(mail.to)}</dd>
        <dt>Sent</dt>
        <dd>{shortWhen(new Date(mail.when), now(), me.tz)}</dd>
        {mail.attachments && mail.attachments.length > 0 && (
          <>
            <dt>With</dt>
            <dd>{mail.attachments.join(", ")}</dd>
          </>
        )}
      </dl>
      {mail.html && (
        <button type="button" className="button" aria-pressed={asText} onClick={() => setAsText(!asText)}>
          {asText ? "Show as designed" : "Show plain text"}
        </button>
      )}
      {mail.html && !asText ? (
        <iframe
          title="E-mail"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={`<base target="_blank">${mail.html}`}
        />
      ) : (
        <pre className="mail-text">{linked(mail.text)}</pre>
      )}
    </article>
  );
}

function listed(to: Mail["to"]): string {
  return Array.isArray(to) ? to.join(", ") : to;
}

/** A plain text with its web addresses to click. */
function linked(text: string) {
  return text.split(/(https?:\/\/[^\s<>]+)/).map((piece, index) =>
    index % 2 === 1 ? (
      <a key={index} href={piece} target="_blank" rel="noreferrer">
        {piece}
      </a>
    ) : (
      piece
    ),
  );
}
