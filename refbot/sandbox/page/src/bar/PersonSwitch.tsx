import { useSandbox } from "../Sandbox";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { MenuButton } from "../ui/MenuButton";

/** Chooses as whom to look and act. The channel stays when the other person can see it too. */
export function PersonSwitch() {
  const { state, me, goTo, place } = useSandbox();
  // Who has left can't sign in to Slack.
  const present = state.people.filter((person) => !person.is_deleted);
  const isApp = place.channel === "refbot" || place.channel.startsWith("D0");
  return (
    <MenuButton
      label={`Acting as ${me.real_name}`}
      className="topbar-button person-button"
      menuClassName="person-menu"
      heading="Act as"
      items={present.map((person) => ({
        key: person.id,
        checked: person.id === me.id,
        label: (
          <span className="person-row">
            <Avatar person={person} size={28} />
            <span>
              <strong>{person.real_name}</strong>
              <small>{person.role_note || person.title}</small>
            </span>
          </span>
        ),
        onChoose: () =>
          goTo({ as: person.id, channel: isApp ? "refbot" : place.channel, tab: place.tab }),
      }))}
    >
      <Avatar person={me} size={24} />
      <span className="person-face">
        <small>Acting as</small>
        <strong>{me.real_name}</strong>
      </span>
      <span className="person-note">{me.title}</span>
      <Icon name="down" size={14} />
    </MenuButton>
  );
}
