import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// The sandbox serves the page at "/" and its files at "/static/", so the
// addresses in index.html start with "static/" and all others are relative.
const SANDBOX = process.env.SANDBOX_URL ?? "http://127.0.0.1:3000";

const own = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: "./",
  plugins: [react()],
  resolve: {
    // Parts of the drawing library that the page has no use for, and that would double its size.
    alias: {
      "node-emoji": own("./src/drawing/emojiNames.ts"),
      "react-markdown": own("./src/drawing/markdownText.tsx"),
      "remark-gfm": own("./src/drawing/noPlugin.ts"),
    },
  },
  build: {
    outDir: "../static",
    emptyOutDir: true,
    sourcemap: false,
    target: "es2022",
    chunkSizeWarningLimit: 1000,
    license: { fileName: "licenses.md" },
  },
  experimental: {
    renderBuiltUrl: (filename, { hostType }) =>
      hostType === "html" ? `static/${filename}` : { relative: true },
  },
  server: {
    proxy: {
      "/page/ws": { target: SANDBOX, ws: true },
      "/page/api": { target: SANDBOX },
    },
  },
});
