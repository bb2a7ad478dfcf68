import { createRoot } from "react-dom/client";
import { firstSpoken } from "./messages/use-speech.tsx";
import { App } from "./page/app.tsx";
import "./page/tokens.css";
import "./page/layout.css";
import "./elements/elements.css";
import "./events/events.css";
import "./stops/stops.css";
import "./cameras/cameras.css";
import "./account/account.css";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App first={await firstSpoken()} />);
