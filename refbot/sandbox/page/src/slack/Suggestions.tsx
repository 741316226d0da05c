import { Avatar, BotAvatar } from "../ui/Avatar";
import type { Suggested } from "./useSuggestions";

/** The list over the message box with what can be completed. */
export function Suggestions({ id, suggested }: { id: string; suggested: Suggested }) {
  const { items, active, take, point, kind } = suggested;
  if (items.length === 0) return null;
  return (
    <div className="suggestions">
      <p className="menu-heading">{kind === "command" ? "Commands" : "People"}</p>
      <div id={id} role="listbox" aria-label={kind === "command" ? "Commands" : "People"}>
        {items.map((item, index) => (
          <div
            key={item.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className={`suggestion ${index === active ? "is-active" : ""}`}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => index !== active && point(index)}
            onClick={() => take(item)}
          >
            {item.person ? <Avatar person={item.person} size={24} /> : <BotAvatar size={32} />}
            <span className="suggestion-text">
              <span>
                <strong>{item.title}</strong> <span className="suggestion-hint">{item.hint}</span>
              </span>
              <small>{item.note}</small>
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
