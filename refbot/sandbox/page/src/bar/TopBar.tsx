import { useRef, useState } from "react";
import { useSandbox } from "../Sandbox";
import { useEdge } from "../ui/useEdge";
import { Icon, type IconName } from "../ui/Icon";
import { ClockTools } from "./ClockTools";
import { FaultsDrawer } from "./FaultsDrawer";
import { useGuide } from "./guideState";
import { MailboxDrawer } from "./MailboxDrawer";
import { PersonSwitch } from "./PersonSwitch";
import { TrafficDrawer } from "./TrafficDrawer";

type Tool = "mailbox" | "traffic" | "faults";

/** The sandbox's own bar: plainly not a part of Slack. */
export function TopBar() {
  const { state } = useSandbox();
  const guide = useGuide();
  const [open, setOpen] = useState<Tool | null>(null);
  const bar = useRef<HTMLElement>(null);
  useEdge(bar, "--bar-bottom", true);
  const faultsOn = Object.values(state.faults).filter(Boolean).length;
  const flip = (tool: Tool) => setOpen(open === tool ? null : tool);
  const shut = () => setOpen(null);

  return (
    <>
      <header ref={bar} className="topbar" aria-label="Sandbox controls" role="banner">
        <p className="topbar-brand">
          <strong>RefBot</strong> sandbox
          <span
            className={`lamp ${state.bot.connected ? "is-on" : ""}`}
            role="status"
            title={state.bot.connected ? "The bot is connected" : "The bot is not connected"}
          >
            <span className="visually-hidden">
              {state.bot.connected ? "The bot is connected" : "The bot is not connected"}
            </span>
          </span>
        </p>
        <PersonSwitch />
        <ClockTools />
        <div className="topbar-tools">
          <ToolButton icon="mail" label="Mailbox" count={state.mail_unread} countWord="unread" isOpen={open === "mailbox"} onClick={() => flip("mailbox")} />
          <ToolButton icon="traffic" label="Traffic" isOpen={open === "traffic"} onClick={() => flip("traffic")} />
          <ToolButton icon="fault" label="Faults" count={faultsOn} countWord="on" isOpen={open === "faults"} onClick={() => flip("faults")} />
          <ToolButton icon="guide" label="Guide" isOpen={guide.isShown} onClick={guide.flip} />
        </div>
      </header>
      {open === "mailbox" && <MailboxDrawer onClose={shut} />}
      {open === "traffic" && <TrafficDrawer onClose={shut} />}
      {open === "faults" && <FaultsDrawer onClose={shut} />}
    </>
  );
}

interface ToolProps {
  icon: IconName;
  label: string;
  count?: number;
  countWord?: string;
  isOpen: boolean;
  onClick: () => void;
}

function ToolButton({ icon, label, count = 0, countWord, isOpen, onClick }: ToolProps) {
  return (
    <button
      type="button"
      className={`topbar-button ${isOpen ? "is-open" : ""}`}
      aria-expanded={isOpen}
      aria-label={count > 0 ? `${label}, ${count} ${countWord}` : label}
      title={label}
      onClick={onClick}
    >
      <Icon name={icon} size={16} />
      <span className="topbar-label">{label}</span>
      {count > 0 && <span className="badge">{count}</span>}
    </button>
  );
}
