import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { GuideStrip } from "./bar/GuideStrip";
import { TopBar } from "./bar/TopBar";
import { ConfirmDialog, type Question } from "./blocks/ConfirmDialog";
import { DrawingContext, useDrawingOf } from "./blocks/drawing";
import { feed } from "./live/feed";
import { useAct, useNotes } from "./live/useActs";
import { usePlace } from "./live/usePlace";
import { useSandboxState } from "./live/useSandboxState";
import { FIRST_PLACE, hashOf } from "./model/location";
import { type Sandbox, SandboxContext } from "./Sandbox";
import { ModalHost } from "./slack/ModalHost";
import { Workspace } from "./slack/Workspace";
import { useEdge } from "./ui/useEdge";

export function App() {
  const [place, goTo] = usePlace();
  const { state, problem, now } = useSandboxState(place.as);
  // Who is on the screen, who for a moment is still the one before.
  const shown = state?.me.id ?? place.as;
  const drawing = useDrawingOf(state, now);
  const act = useAct(shown);
  const [notes, note] = useNotes(shown, now);
  const [question, confirm, settle] = useQuestion(shown);
  const top = useRef<HTMLDivElement>(null);
  useEdge(top, "--frame-top", state !== undefined);
  useEffect(() => feed.open(place.as), [place.as]);
  useEffect(() => {
    document.title = `${state?.me.real_name ?? "RefBot"} – RefBot sandbox`;
  }, [state?.me.real_name]);

  const sandbox = useMemo<Sandbox | null>(
    () => (state ? { state, me: state.me, place, goTo, now, act, note, confirm } : null),
    [state, place, goTo, now, act, note, confirm],
  );
  if (!sandbox) return <Waiting problem={problem} />;
  return (
    <SandboxContext value={sandbox}>
      <DrawingContext value={drawing}>
        <div className="page">
          <div ref={top} className="page-top">
            <TopBar />
            <GuideStrip />
            <Problem problem={problem} />
          </div>
          <Workspace notes={notes} />
        </div>
        <ModalHost />
        {question && <ConfirmDialog question={question} onAnswer={settle} />}
      </DrawingContext>
    </SandboxContext>
  );
}

/** The question that stands open. It is answered with no when another person comes to the screen. */
function useQuestion(shown: string) {
  const [question, setQuestion] = useState<Question | null>(null);
  const open = useRef(question);
  open.current = question;
  const settle = useCallback((confirmed: boolean) => {
    open.current?.answer(confirmed);
    setQuestion(null);
  }, []);
  const confirm = useCallback<Sandbox["confirm"]>(
    (dialog) => new Promise((answer) => setQuestion({ dialog, answer })),
    [],
  );
  useEffect(() => () => settle(false), [shown, settle]);
  return [question, confirm, settle] as const;
}

function Problem({ problem }: { problem: string | null }) {
  if (!problem) return null;
  return (
    <p className="page-problem" role="alert">
      {problem}
    </p>
  );
}

function Waiting({ problem }: { problem: string | null }) {
  if (!problem) {
    return (
      <main className="waiting">
        <p role="status">
          <span className="spinner" aria-hidden="true" /> Opening the sandbox …
        </p>
      </main>
    );
  }
  return (
    <main className="waiting">
      <p role="alert">{problem}</p>
      <button type="button" className="button" onClick={() => window.location.reload()}>
        Try again
      </button>
      <a href={hashOf(FIRST_PLACE)}>Start as Riley in #sales</a>
    </main>
  );
}
