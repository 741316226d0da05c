import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useFloating } from "./useFloating";

export interface MenuItem {
  key: string;
  label: ReactNode;
  /** Small second line. */
  note?: ReactNode;
  checked?: boolean;
  onChoose: () => void;
}

interface Props {
  /** What a screen reader says of the button; its face is `children`. */
  label: string;
  className?: string;
  menuClassName?: string;
  disabled?: boolean;
  busy?: boolean;
  items: MenuItem[];
  heading?: string;
  empty?: string;
  children: ReactNode;
}

/** A button that opens a menu: arrows move, Enter chooses, Escape closes and gives the focus back. */
export function MenuButton(props: Props) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const id = useId();
  const style = useFloating(open, button, menu);

  useEffect(() => {
    if (!open) return undefined;
    const rows = menu.current?.querySelectorAll<HTMLElement>("[role^=menuitem]");
    const checked = menu.current?.querySelector<HTMLElement>("[aria-checked=true]");
    (checked ?? rows?.[0] ?? menu.current)?.focus({ preventScroll: true });
    const away = (event: MouseEvent) => {
      const target = event.target as Node;
      if (!menu.current?.contains(target) && !button.current?.contains(target)) setOpen(false);
    };
    document.addEventListener("mousedown", away);
    return () => document.removeEventListener("mousedown", away);
  }, [open]);

  const shut = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const rows = [...(menu.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      rows[(next + rows.length) % rows.length]?.focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      shut();
    } else if (event.key === "Tab") setOpen(false);
  };

  return (
    <>
      <button
        type="button"
        ref={button}
        className={props.className}
        aria-label={props.label}
        title={props.label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-busy={props.busy}
        // Not `disabled`: a button that is busy for a moment must not lose the focus.
        aria-disabled={props.disabled || undefined}
        onClick={() => !props.disabled && setOpen(!open)}
      >
        {props.children}
      </button>
      {open && (
        <div
          ref={menu}
          id={id}
          role="menu"
          aria-label={props.label}
          tabIndex={-1}
          className={`menu ${props.menuClassName ?? ""}`}
          style={style}
          onKeyDown={onKeyDown}
        >
          {props.heading && <p className="menu-heading">{props.heading}</p>}
          {props.items.length === 0 && <p className="menu-empty">{props.empty}</p>}
          {props.items.map((item) => (
            <button
              type="button"
              key={item.key}
              role={item.checked === undefined ? "menuitem" : "menuitemradio"}
              aria-checked={item.checked}
              tabIndex={-1}
              className="menu-item"
              onClick={() => {
                shut();
                item.onChoose();
              }}
            >
              <span className="menu-label">{item.label}</span>
              {item.note && <span className="menu-note">{item.note}</span>}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
