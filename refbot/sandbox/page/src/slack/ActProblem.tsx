import { Icon } from "../ui/Icon";

/** What Slack says beside a message or in a modal when the app failed to answer. */
export function ActProblem({ problem }: { problem: string | null }) {
  if (!problem) return null;
  return (
    <p className="act-problem" role="alert">
      <Icon name="warning" size={15} /> {problem}
    </p>
  );
}
