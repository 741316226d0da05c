import { useId } from "react";
import { holding } from "../model/state";
import type { Option } from "../model/types";
import type { StatefulProps } from "./ElementView";
import { useSurfaceAround } from "./surface";
import { Text } from "./Text";

function ChoiceText({ option, id }: { option: Option; id: string }) {
  return (
    <span className="choice-text">
      <span id={`${id}-text`}>
        <Text text={option.text} />
      </span>
      {option.description && (
        <span id={`${id}-note`} className="choice-note">
          <Text text={option.description} />
        </span>
      )}
    </span>
  );
}

export function RadioButtons({ spot, state, named }: StatefulProps) {
  const surface = useSurfaceAround();
  const group = useId();
  return (
    <div role="radiogroup" className="choices" {...named}>
      {spot.element.options?.map((option, index) => (
        <label key={option.value ?? index} className="choice">
          <input
            type="radio"
            name={group}
            aria-labelledby={`${group}-${index}-text`}
            aria-describedby={option.description && `${group}-${index}-note`}
            checked={state.selected_option?.value === option.value}
            onChange={() => void surface.choose(spot, holding(spot.element, option))}
          />
          <ChoiceText option={option} id={`${group}-${index}`} />
        </label>
      ))}
    </div>
  );
}

export function Checkboxes({ spot, state, named }: StatefulProps) {
  const surface = useSurfaceAround();
  const group = useId();
  const chosen = state.selected_options ?? [];
  const isChosen = (option: Option) => chosen.some((one) => one.value === option.value);
  const flip = (option: Option) => {
    const wanted = (spot.element.options ?? []).filter((one) =>
      one.value === option.value ? !isChosen(one) : isChosen(one),
    );
    void surface.choose(spot, holding(spot.element, wanted));
  };
  return (
    <div role="group" className="choices" {...named}>
      {spot.element.options?.map((option, index) => (
        <label key={option.value ?? index} className="choice">
          <input
            type="checkbox"
            aria-labelledby={`${group}-${index}-text`}
            aria-describedby={option.description && `${group}-${index}-note`}
            checked={isChosen(option)}
            onChange={() => flip(option)}
          />
          <ChoiceText option={option} id={`${group}-${index}`} />
        </label>
      ))}
    </div>
  );
}
