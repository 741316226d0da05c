import { heldBy, holding } from "../model/state";
import type { Channel, Option, OptionAnswer } from "../model/types";
import { useSandbox } from "../Sandbox";
import { Avatar, BotAvatar } from "../ui/Avatar";
import { ChannelIcon } from "../ui/ChannelIcon";
import type { Choice, ChoiceGroup } from "./choice";
import type { StatefulProps } from "./ElementView";
import { Picker } from "./Picker";
import { useSurfaceAround } from "./surface";
import { plainOf } from "./Text";

const EXTERNAL_MIN_QUERY = 3;

function choiceOf(option: Option): Choice {
  return {
    key: option.value ?? plainOf(option.text),
    text: plainOf(option.text),
    note: option.description && plainOf(option.description),
    option,
  };
}

function groupsOf({ options, option_groups: groups }: OptionAnswer): ChoiceGroup[] {
  if (groups) {
    return groups.map((group) => ({
      label: plainOf(group.label),
      choices: group.options.map(choiceOf),
    }));
  }
  return [{ label: null, choices: (options ?? []).map(choiceOf) }];
}

/** Choices whose text or note has every word typed. */
function matching(groups: ChoiceGroup[], typed: string): ChoiceGroup[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (choice: Choice) => {
    const text = `${choice.text} ${choice.note ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return groups
    .map((group) => ({ ...group, choices: group.choices.filter(fits) }))
    .filter((group) => group.choices.length > 0);
}

/** Selects over options: listed in the element, or asked from the app while typing. */
export function OptionSelect({ spot, state, named }: StatefulProps) {
  const surface = useSurfaceAround();
  const { element } = spot;
  const multi = element.type.startsWith("multi_");
  const external = element.type.endsWith("external_select");
  const held = multi ? (state.selected_options ?? []) : [state.selected_option].filter(isOption);
  return (
    <Picker
      named={named}
      multi={multi}
      most={element.max_selected_items}
      clearable={Boolean(spot.block.optional)}
      placeholder={plainOf(element.placeholder) || "Select an option"}
      chosen={held.map(choiceOf)}
      leastTyped={external ? (element.min_query_length ?? EXTERNAL_MIN_QUERY) : 0}
      slow={external}
      find={(typed) =>
        external
          ? surface.options(spot, typed).then(groupsOf)
          : matching(groupsOf(element), typed)
      }
      onChosen={(choices) => {
        const options = choices.map((choice) => choice.option).filter(isOption);
        void surface.choose(spot, holding(element, multi ? options : (options[0] ?? null)));
      }}
    />
  );
}

function isOption(option: Option | null | undefined): option is Option {
  return Boolean(option);
}

/** Selects over people and conversations; what is held are their ids. */
export function PlaceSelect({ spot, state, named }: StatefulProps) {
  const surface = useSurfaceAround();
  const known = usePlaces(spot.element.type);
  const { element } = spot;
  const multi = element.type.startsWith("multi_");
  const held = heldBy(state);
  const ids = Array.isArray(held) ? (held as string[]) : typeof held === "string" ? [held] : [];
  return (
    <Picker
      named={named}
      multi={multi}
      most={element.max_selected_items}
      clearable={Boolean(spot.block.optional)}
      placeholder={plainOf(element.placeholder) || "Select"}
      chosen={ids.map((id) => known.find((choice) => choice.key === id) ?? { key: id, text: id })}
      leastTyped={0}
      slow={false}
      find={(typed) => matching([{ label: null, choices: known }], typed)}
      onChosen={(choices) => {
        const keys = choices.map((choice) => choice.key);
        void surface.choose(spot, holding(element, multi ? keys : (keys[0] ?? null)));
      }}
    />
  );
}

function usePlaces(type: string): Choice[] {
  const { state } = useSandbox();
  if (type.endsWith("users_select")) {
    return state.people.filter((person) => !person.is_deleted).map((person) => ({
      key: person.id,
      text: person.real_name,
      note: person.title,
      icon: <Avatar person={person} size={20} />,
    }));
  }
  const fits = (channel: Channel) => !type.endsWith("channels_select") || channel.kind === "public";
  return state.channels.filter(fits).map((channel) => ({
    key: channel.id,
    text: channel.kind === "dm" ? state.bot.name : channel.name,
    icon: channel.kind === "dm" ? <BotAvatar size={20} /> : <ChannelIcon kind={channel.kind} />,
  }));
}
