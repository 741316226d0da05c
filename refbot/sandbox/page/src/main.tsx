import "slack-blocks-to-jsx/dist/style.css";
import "./styles/base.css";
import "./styles/bar.css";
import "./styles/workspace.css";
import "./styles/messages.css";
import "./styles/blocks.css";
import "./styles/dialogs.css";
import "./styles/narrow.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
