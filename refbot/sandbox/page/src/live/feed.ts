type Listener = (what: string[]) => void;

/** Everything may have changed: said after a connection was lost and found again. */
export const EVERYTHING = "*";

const AGAIN_AFTER_MS = 1000;

/** The sandbox's word on what changed, over one WebSocket that finds its way back. */
export class Feed {
  private readonly listeners = new Set<Listener>();
  private socket: WebSocket | null = null;
  private retry: number | undefined;
  private lost = false;

  /** Listens as this person; the returned function stops it. */
  open(as: string): () => void {
    const address = new URL(`page/ws?as=${encodeURIComponent(as)}`, document.baseURI);
    address.protocol = address.protocol.replace("http", "ws");
    address.hash = "";
    let stopped = false;
    const connect = () => {
      const socket = new WebSocket(address);
      this.socket = socket;
      socket.onopen = () => {
        if (this.lost) this.say([EVERYTHING]);
        this.lost = false;
      };
      socket.onmessage = (event: MessageEvent<string>) => {
        const said = JSON.parse(event.data) as { type?: string; what?: string[] };
        if (said.type === "changed") this.say(said.what ?? [EVERYTHING]);
      };
      socket.onclose = () => {
        if (stopped) return;
        // Who asks for the state now learns that the sandbox is gone, and says so.
        if (!this.lost) this.say(["state"]);
        this.lost = true;
        this.retry = window.setTimeout(connect, AGAIN_AFTER_MS);
      };
    };
    connect();
    return () => {
      stopped = true;
      window.clearTimeout(this.retry);
      this.socket?.close();
    };
  }

  say(what: string[]): void {
    for (const listener of this.listeners) listener(what);
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

export const feed = new Feed();
