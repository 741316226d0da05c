import { hashOf } from "../model/location";
import { STEPS } from "../model/guide";
import { Icon } from "../ui/Icon";
import { useGuide } from "./guideState";

/** A newcomer's path through the story: each step is a link that switches person and channel. */
export function GuideStrip() {
  const { isShown, step, goToStep, hide } = useGuide();
  const shown = STEPS[step] ?? STEPS[0];
  if (!isShown || !shown) return null;
  return (
    <section className="guide" aria-label="Guide">
      <ol className="guide-steps">
        {STEPS.map(({ title, place }, index) => (
          <li key={title}>
            <a
              href={hashOf(place)}
              className={`guide-step ${index === step ? "is-shown" : ""}`}
              aria-current={index === step ? "step" : undefined}
              onClick={() => goToStep(index)}
            >
              <span className="guide-number">{index + 1}</span> <span className="guide-title">{title}</span>
            </a>
          </li>
        ))}
      </ol>
      <p className="guide-does">
        {step === 0 && <strong>Welcome! </strong>}
        {withCode(shown.does)}
      </p>
      <a className="button guide-go" href={hashOf(shown.place)}>
        Take me there
      </a>
      <button
        type="button"
        className="button"
        disabled={step >= STEPS.length - 1}
        onClick={() => {
          const next = STEPS[step + 1];
          if (!next) return;
          goToStep(step + 1);
          window.location.hash = hashOf(next.place);
        }}
      >
        Next step
      </button>
      <button type="button" className="plain-button" aria-label="Close the guide" title="Close the guide" onClick={hide}>
        <Icon name="close" size={16} />
      </button>
    </section>
  );
}

/** A sentence whose `marked` parts are to be typed or pressed. */
function withCode(text: string) {
  return text
    .split("`")
    .map((piece, index) => (index % 2 === 1 ? <code key={index}>{piece}</code> : piece));
}
