import { useState } from "react";
import type { Upload } from "../live/api";
import type { ActAnswer, Channel } from "../model/types";
import { commandIn } from "../model/typed";
import { useSandbox } from "../Sandbox";

/** Sends a message or a command; a false answer means that it reached nobody. */
export function useSend(channel: Channel, thread: string | null, onSent: () => void) {
  const { act, note } = useSandbox();
  const [sending, setSending] = useState(false);

  const send = async (text: string, file: File | null): Promise<boolean> => {
    const command = commandIn(text);
    if (command && thread) {
      note(`\`${command}\` is not supported in threads. Sorry!`);
      return true;
    }
    setSending(true);
    const to = { kind: "message", channel: channel.id, ...(thread ? { thread_ts: thread } : {}) } as const;
    let answer: ActAnswer = { ok: true };
    if (file) answer = await act({ ...to, text: "", file: await uploadOf(file) });
    if (answer.ok && text) answer = await act({ ...to, text });
    setSending(false);
    onSent();
    const lost = answer.error === "unreachable";
    // Of a command that failed the workspace's Slackbot tells already.
    if (!answer.ok && (!command || lost)) {
      note(answer.message ?? `The message was not sent (${answer.error}).`);
    }
    return !lost;
  };
  return { send, sending };
}

async function uploadOf(file: File): Promise<Upload> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  // Piece by piece: a call takes only so many arguments.
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return { name: file.name, content: btoa(binary) };
}
