/**
 * Stands in for the Markdown packages that the drawing library asks for: RefBot sends no `markdown` block, so 170 kB
 * of reader are left out and such a block is shown as it is written.
 */
export default function MarkdownText({ children }: { children?: string }) {
  return <span className="plain-text">{children}</span>;
}
