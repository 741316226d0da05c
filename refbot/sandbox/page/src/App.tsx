import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { GuideStrip } from "./bar/GuideStrip";
import { TopBar } from "./bar/TopBar";
import { ConfirmDialog, type Question } from "./blocks/ConfirmDialog";
import { DrawingContext, useDrawingOf } from "./blocks/drawing";
import { api } from "./live/api";
import { feed } from "./live/feed";
import { sameOr } from "./live/same";
import { useLoaded } from "./live/useLoaded";
import { FIRST_PLACE, hashOf, placeIn, placeOfLink, type Place } from "./model/location";
import type { ActAnswer, SandboxState } from "./model/types";
import { type Sandbox, SandboxContext } from "./Sandbox";
import { useEdge } from "./ui/useEdge";
import { ModalHost } from "./slack/ModalHost";
import { Workspace } from "./slack/Workspace";
import type { LocalNote } from "./slack/notes";

function usePlace(): [Place, (next: Partial<Place>) => void] {
  const [place, setPlace] = useState(() => {
    const permalink = placeOfLink(window.location.href, placeIn(window.location.hash).as);
    if (permalink) window.history.replaceState(null, "", `./${hashOf(permalink)}`);
    return placeIn(window.location.hash);
  });
  useEffect(() => {
    const follow = () => setPlace(placeIn(window.location.hash));
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  const goTo = useCallback((next: Partial<Place>) => {
    const now = placeIn(window.location.hash);
    // An open thread and a laid-in draft belong to the channel they were opened in.
    const there = { ...now, thread: null, draft: null, at: null, tab: "messages" as const, ...next };
    window.location.hash = hashOf(there);
  }, []);
  return [place, goTo];
}

/** Keeps the difference between the sandbox's clock and this computer's. */
function useSandboxNow(clockNow: string | undefined): () => Date {
  const ahead = useRef(0);
  const seen = useRef<string | undefined>(undefined);
  if (clockNow && seen.current !== clockNow) {
    seen.current = clockNow;
    ahead.current = Date.parse(clockNow) - Date.now();
  }
  return useCallback(() => new Date(Date.now() + ahead.current), []);
}

function withoutNow(state: SandboxState) {
  return { ...state, clock: { ...state.clock, now: null } };
}

export function App() {
  const [place, goTo] = usePlace();
  const { as } = place;
  const loaded = useLoaded(as, ["state"], () => api.state(as));
  // The last state stays on screen while another person's is loading, so that nothing flickers; and one that says
  // the same stays the same, so that no message is drawn anew because a second has passed.
  const last = useRef(loaded.value);
  if (loaded.value) last.current = sameOr(last.current, loaded.value, withoutNow);
  const state = last.current;
  const now = useSandboxNow(loaded.value?.clock.now);
  const drawing = useDrawingOf(state, now);
  // The person on the screen, who for a moment is still the one before.
  const shown = state?.me.id ?? as;
  const top = useRef<HTMLDivElement>(null);
  useEdge(top, "--frame-top", state !== undefined);
  const [question, setQuestion] = useState<Question | null>(null);
  const [notes, setNotes] = useState<LocalNote[]>([]);

  useEffect(() => feed.open(as), [as]);
  useEffect(() => {
    document.title = `${state?.me.real_name ?? "RefBot"} – RefBot sandbox`;
  }, [state?.me.real_name]);

  const act = useCallback<Sandbox["act"]>(
    async (what) => {
      try {
        const answer: ActAnswer = await api.act({ as: shown, ...what });
        feed.say(["view"]);
        return answer;
      } catch (error) {
        return { ok: false, error: "unreachable", message: (error as Error).message };
      }
    },
    [shown],
  );
  const note = useCallback(
    (text: string) => {
      const { channel, thread } = placeIn(window.location.hash);
      const when = now().toISOString();
      setNotes((all) => [...all, { as: shown, channel, thread, text, when }]);
    },
    [shown, now],
  );
  const confirm = useCallback<Sandbox["confirm"]>(
    (dialog) => new Promise((answer) => setQuestion({ dialog, answer })),
    [],
  );

  const sandbox = useMemo<Sandbox | null>(
    () => (state ? { state, me: state.me, place, goTo, now, act, note, confirm } : null),
    [state, place, goTo, now, act, note, confirm],
  );

  if (!sandbox) return <Waiting problem={loaded.problem} />;
  return (
    <SandboxContext value={sandbox}>
      <DrawingContext value={drawing}>
        <div className="page">
          <div ref={top} className="page-top">
            <TopBar />
            <GuideStrip />
            {loaded.problem && (
              <p className="page-problem" role="alert">
                {loaded.problem}
              </p>
            )}
          </div>
          <Workspace notes={notes} />
        </div>
        <ModalHost />
        {question && <ConfirmDialog question={question} onDone={() => setQuestion(null)} />}
      </DrawingContext>
    </SandboxContext>
  );
}

function Waiting({ problem }: { problem: string | null }) {
  return (
    <main className="waiting">
      {problem ? (
        <>
          <p role="alert">{problem}</p>
          <button type="button" className="button" onClick={() => window.location.reload()}>
            Try again
          </button>
          <a href={hashOf(FIRST_PLACE)}>Start as Riley in #sales</a>
        </>
      ) : (
        <p role="status">
          <span className="spinner" aria-hidden="true" /> Opening the sandbox …
        </p>
      )}
    </main>
  );
}
