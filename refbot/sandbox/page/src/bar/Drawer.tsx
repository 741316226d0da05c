import { type ReactNode, useEffect, useId, useRef } from "react";
import { Icon } from "../ui/Icon";

interface Props {
  title: string;
  about: string;
  className?: string;
  tools?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** A panel of the sandbox over the right side of the page; Escape closes it. */
export function Drawer({ title, about, className = "", tools, onClose, children }: Props) {
  const id = useId();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.focus({ preventScroll: true });
    return () => before?.focus?.({ preventScroll: true });
  }, []);
  return (
    <section
      ref={box}
      className={`drawer ${className}`}
      role="dialog"
      aria-labelledby={id}
      tabIndex={-1}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <header className="drawer-head">
        <div>
          <h2 id={id}>{title}</h2>
          <p>{about}</p>
        </div>
        {tools}
        <button type="button" className="plain-button" aria-label={`Close ${title}`} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </section>
  );
}
