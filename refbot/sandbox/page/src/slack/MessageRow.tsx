import { memo, useMemo } from "react";
import { Blocks } from "../blocks/Blocks";
import { useSurface } from "../blocks/surface";
import { Mrkdwn } from "../blocks/Text";
import { shortWhen, timeOf } from "../model/dates";
import { hashOf } from "../model/location";
import type { Block, Channel, Message, SlackFile } from "../model/types";
import { useSandbox } from "../Sandbox";
import { Avatar, BotAvatar, SlackbotAvatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { ActProblem } from "./ActProblem";
import { MessageTools } from "./MessageTools";

const NO_BLOCKS: Block[] = [];

interface Props {
  channel: Channel;
  message: Message;
  /** Stands under the name of the message before it. */
  isContinued: boolean;
  /** In the thread pane the bar that opens the thread is left out. */
  inThread?: boolean;
}

/** One message: who, when, what, and everything that can be done with it. */
export const MessageRow = memo(function MessageRow(props: Props) {
  const { channel, message, isContinued, inThread } = props;
  const { me, place } = useSandbox();
  const when = new Date(message.when);
  const isPointedAt = place.at === message.ts;
  const author = useAuthor(message);
  return (
    <article
      className={`message ${message.is_ephemeral ? "is-ephemeral" : ""} ${isContinued ? "is-continued" : ""} ${isPointedAt ? "is-pointed-at" : ""}`}
      aria-label={`${author.name}, ${timeOf(when, me.tz)}`}
      data-ts={message.ts}
    >
      {message.is_ephemeral && (
        <p className="only-you">
          <Icon name="eye" size={14} /> Only visible to you
        </p>
      )}
      <div className="message-row">
        <div className="message-side">
          {isContinued ? <time dateTime={message.when}>{timeOf(when, me.tz).replace(/ .*/, "")}</time> : author.avatar}
        </div>
        <div className="message-main">
          {!isContinued && (
            <header className="message-head">
              <strong className="message-name">{author.name}</strong>
              {author.isApp && <span className="app-badge">APP</span>}
              {author.isGuest && <span className="guest-badge">Guest</span>}
              <time dateTime={message.when} title={when.toISOString()}>
                {timeOf(when, me.tz)}
              </time>
            </header>
          )}
          <Body channel={channel} message={message} />
          {!inThread && <ThreadBar channel={channel} message={message} />}
        </div>
      </div>
      {!message.is_ephemeral && <MessageTools channel={channel} message={message} inThread={inThread} />}
    </article>
  );
});

function useAuthor(message: Message) {
  const { state } = useSandbox();
  const person = state.people.find((one) => one.id === message.user);
  if (person && !message.bot_id) {
    return {
      name: person.real_name,
      avatar: <Avatar person={person} />,
      isApp: false,
      isGuest: person.is_guest,
    };
  }
  if (message.username === "Slackbot") {
    return { name: "Slackbot", avatar: <SlackbotAvatar />, isApp: false, isGuest: false };
  }
  const name = message.username ?? state.bot.name;
  return { name, avatar: <BotAvatar />, isApp: true, isGuest: false };
}

function Body({ channel, message }: { channel: Channel; message: Message }) {
  const same = JSON.stringify(message.blocks ?? NO_BLOCKS);
  // The same while the blocks are: what a person chose in a message outlives a change elsewhere in it.
  const shown = useMemo(() => JSON.parse(same) as Block[], [same]);
  const surface = useSurface({ type: "message", channel: channel.id, ts: message.ts }, shown);
  return (
    <div className="message-body">
      {shown.length > 0 ? (
        <Blocks blocks={shown} surface={surface} />
      ) : (
        message.text && <Mrkdwn text={message.text} />
      )}
      {message.edited ? <span className="edited">(edited)</span> : null}
      {message.files?.map((file, index) => (
        <FileCard key={file.id ?? index} file={file} />
      ))}
      <ActProblem problem={surface.problem} />
    </div>
  );
}

function FileCard({ file }: { file: SlackFile }) {
  const name = file.title || file.name || "File";
  const address = file.url_private_download ?? file.url_private ?? file.permalink;
  if (file.mimetype?.startsWith("image/") && file.url_private) {
    return (
      <figure className="file-image">
        <figcaption>{name}</figcaption>
        <img src={file.url_private} alt={name} />
      </figure>
    );
  }
  return (
    <a className="file" href={address} download={file.name} target="_blank" rel="noreferrer">
      <Icon name="file" size={28} />
      <span>
        <strong>{name}</strong>
        <small>{file.size ? `${Math.ceil(file.size / 1024)} KB` : (file.mimetype ?? "File")}</small>
      </span>
    </a>
  );
}

function ThreadBar({ channel, message }: { channel: Channel; message: Message }) {
  const { me, now } = useSandbox();
  if (!message.reply_count) return null;
  const last = message.latest_reply ? new Date(Number(message.latest_reply) * 1000) : null;
  return (
    <a
      className="thread-bar"
      href={hashOf({ as: me.id, channel: channel.id, thread: message.ts })}
    >
      <strong>
        {message.reply_count} {message.reply_count === 1 ? "reply" : "replies"}
      </strong>
      {last && <span className="thread-last">Last reply {shortWhen(last, now(), me.tz)}</span>}
      <span className="thread-view">View thread</span>
    </a>
  );
}
