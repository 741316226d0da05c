import { type FormEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { Blocks } from "../blocks/Blocks";
import { type EditsBelow, useSurface } from "../blocks/surface";
import { PlainText } from "../blocks/Text";
import { problemsOf } from "../model/problems";
import type { Block, View } from "../model/types";
import { useSandbox } from "../Sandbox";
import { BotAvatar } from "../ui/Avatar";
import { Dialog } from "../ui/Dialog";
import { Icon } from "../ui/Icon";
import { ActProblem } from "./ActProblem";

interface Props {
  view: View;
  depth: number;
  below: EditsBelow;
  /** Back to the view below, or out when there is none. */
  onClose: () => void;
  onCloseAll: () => void;
}

/** A modal: title, blocks, Close and Submit, with what is wrong at its field. */
export function Modal({ view, depth, below, onClose, onCloseAll }: Props) {
  const id = useId();
  const body = useRef<HTMLDivElement>(null);
  const same = JSON.stringify(view.blocks);
  const blocks = useMemo(() => JSON.parse(same) as Block[], [same]);
  const surface = useSurface({ type: "view", view_id: view.id }, blocks, below);
  const { errors, problem, submitting, submit } = useSubmit(view, blocks, surface.values);

  useEffect(() => {
    body.current?.querySelector(".input-wrong")?.scrollIntoView({ block: "center" });
    body.current
      ?.querySelector<HTMLElement>(".input-wrong input, .input-wrong textarea")
      ?.focus({ preventScroll: true });
  }, [errors]);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (view.submit) void submit();
  };
  return (
    <Dialog labelledBy={id} className="dialog-modal" onEscape={onClose}>
      <form className="modal-form" onSubmit={onSubmit} noValidate aria-busy={submitting || view.loading}>
        <header className="dialog-head">
          {depth > 1 ? (
            <button type="button" className="plain-button" aria-label="Back" onClick={onClose}>
              <Icon name="back" />
            </button>
          ) : (
            <BotAvatar size={28} />
          )}
          <h2 id={id}>
            <PlainText text={view.title} />
          </h2>
          <button type="button" className="plain-button" aria-label="Close dialog" onClick={onCloseAll}>
            <Icon name="close" />
          </button>
        </header>
        <div ref={body} className="dialog-body" tabIndex={-1}>
          <ActProblem problem={problem ?? surface.problem} />
          {view.loading && blocks.length === 0 ? (
            <p className="modal-loading" role="status">
              <span className="spinner" aria-hidden="true" /> Loading …
            </p>
          ) : (
            <Blocks blocks={blocks} surface={surface} errors={errors} />
          )}
        </div>
        <Foot view={view} submitting={submitting} onClose={onClose} />
      </form>
    </Dialog>
  );
}

interface FootProps {
  view: View;
  submitting: boolean;
  onClose: () => void;
}

function Foot({ view, submitting, onClose }: FootProps) {
  return (
    <footer className="dialog-foot">
      <button type="button" className="button" onClick={onClose}>
        {view.close ? <PlainText text={view.close} /> : view.submit ? "Cancel" : "Close"}
      </button>
      {view.submit && (
        <button
          type="submit"
          className={`button button-primary ${submitting ? "is-busy" : ""}`}
          aria-disabled={submitting || undefined}
        >
          <span className="button-face">
            <PlainText text={view.submit} />
          </span>
          {submitting && <span className="spinner" aria-hidden="true" />}
        </button>
      )}
    </footer>
  );
}

const NONE: Record<string, string> = {};

function useSubmit(view: View, blocks: Block[], values: Parameters<typeof problemsOf>[1]) {
  const { act } = useSandbox();
  const [errors, setErrors] = useState(NONE);
  const [problem, setProblem] = useState<string | null>(null);
  const [submitting, setSubmitting] = useState(false);

  // A new version of the view starts without the old one's errors.
  useEffect(() => {
    setErrors(NONE);
    setProblem(null);
  }, [view.hash, blocks]);

  const submit = async () => {
    if (submitting) return;
    const found = problemsOf(blocks, values);
    setErrors(found);
    setProblem(null);
    if (Object.keys(found).length > 0) return;
    setSubmitting(true);
    const answer = await act({ kind: "submit", view_id: view.id, values });
    setSubmitting(false);
    setErrors(answer.errors ?? NONE);
    if (!answer.ok && !answer.errors) {
      setProblem(answer.message ?? "We had some trouble connecting. Try again?");
    }
  };
  return { errors, problem, submitting, submit };
}
