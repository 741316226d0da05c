import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from "react";
import { useFloating } from "./useFloating";

export interface MenuItem {
  key: string;
  label: ReactNode;
  /** Small second line. */
  note?: ReactNode;
  checked?: boolean;
  onChoose: () => void;
}

interface MenuLook {
  /** What a screen reader says of the button and of the menu. */
  label: string;
  menuClassName?: string;
  items: MenuItem[];
  heading?: string;
  empty?: string;
}

interface Props extends MenuLook {
  className?: string;
  disabled?: boolean;
  busy?: boolean;
  /** The button's face. */
  children: ReactNode;
}

/** A button that opens a menu. */
export function MenuButton(props: Props) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
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
      {open && <Menu {...props} id={id} button={button} onShut={() => setOpen(false)} />}
    </>
  );
}

interface MenuProps extends MenuLook {
  id: string;
  button: RefObject<HTMLButtonElement | null>;
  onShut: () => void;
}

/** The open menu: arrows move, Enter chooses, Escape closes and gives the focus back. */
function Menu({ id, button, onShut, ...look }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const style = useFloating(true, button, menu);

  useEffect(() => {
    const checked = menu.current?.querySelector<HTMLElement>("[aria-checked=true]");
    (checked ?? rowsOf(menu)[0] ?? menu.current)?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const away = (event: MouseEvent) => {
      const target = event.target as Node;
      if (!menu.current?.contains(target) && !button.current?.contains(target)) onShut();
    };
    document.addEventListener("mousedown", away);
    return () => document.removeEventListener("mousedown", away);
  });

  const shut = () => {
    onShut();
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const rows = rowsOf(menu);
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      rows[(next + rows.length) % rows.length]?.focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      shut();
    } else if (event.key === "Tab") onShut();
  };

  return (
    <div
      ref={menu}
      id={id}
      role="menu"
      aria-label={look.label}
      tabIndex={-1}
      className={`menu ${look.menuClassName ?? ""}`}
      style={style}
      onKeyDown={onKeyDown}
    >
      {look.heading && <p className="menu-heading">{look.heading}</p>}
      {look.items.length === 0 && <p className="menu-empty">{look.empty}</p>}
      {look.items.map((item) => (
        <MenuRow key={item.key} item={item} onChosen={shut} />
      ))}
    </div>
  );
}

function rowsOf(menu: RefObject<HTMLDivElement | null>): HTMLElement[] {
  return [...(menu.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
}

function MenuRow({ item, onChosen }: { item: MenuItem; onChosen: () => void }) {
  return (
    <button
      type="button"
      role={item.checked === undefined ? "menuitem" : "menuitemradio"}
      aria-checked={item.checked}
      tabIndex={-1}
      className="menu-item"
      onClick={() => {
        onChosen();
        item.onChoose();
      }}
    >
      <span className="menu-label">{item.label}</span>
      {item.note && <span className="menu-note">{item.note}</span>}
    </button>
  );
}
