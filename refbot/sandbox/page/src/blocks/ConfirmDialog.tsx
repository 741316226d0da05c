import { useId } from "react";
import type { Confirm } from "../model/types";
import { Dialog } from "../ui/Dialog";
import { PlainText, Text } from "./Text";

export interface Question {
  dialog: Confirm;
  answer: (confirmed: boolean) => void;
}

interface Props {
  question: Question;
  onAnswer: (confirmed: boolean) => void;
}

/** "Are you sure?", as an element's `confirm` words it. */
export function ConfirmDialog({ question, onAnswer }: Props) {
  const id = useId();
  const { dialog } = question;
  return (
    <Dialog role="alertdialog" labelledBy={id} className="dialog-confirm" onEscape={() => onAnswer(false)}>
      <header className="dialog-head">
        <h2 id={id}>
          <PlainText text={dialog.title} />
        </h2>
      </header>
      <div className="dialog-body">
        <Text text={dialog.text} />
      </div>
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={() => onAnswer(false)}>
          <PlainText text={dialog.deny} />
        </button>
        <button
          type="button"
          data-autofocus
          className={`button ${dialog.style === "danger" ? "button-danger" : "button-primary"}`}
          onClick={() => onAnswer(true)}
        >
          <PlainText text={dialog.confirm} />
        </button>
      </footer>
    </Dialog>
  );
}
