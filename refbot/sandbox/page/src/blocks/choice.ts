import type { ReactNode } from "react";
import type { Option } from "../model/types";

/** One thing that a select offers: an option, a person, a conversation. */
export interface Choice {
  key: string;
  text: string;
  note?: string | undefined;
  icon?: ReactNode;
  option?: Option;
}

export interface ChoiceGroup {
  label: string | null;
  choices: Choice[];
}

export function isSameChoice(one: Choice): (other: Choice) => boolean {
  return (other) => other.key === one.key;
}
