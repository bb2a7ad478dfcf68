import { createRoot } from "react-dom/client";
import { firstSpoken } from "../messages/use-speech.tsx";
import { App } from "./app.tsx";
import "./tokens.css";
import "./layout.css";
import "../elements/elements.css";
import "../events/events.css";
import "../stops/stops.css";
import "../cameras/cameras.css";
import "../account/account.css";

/** The page of whoever works here, and of residents who look at the whole town. */
export async function start(root: HTMLElement): Promise<void> {
  createRoot(root).render(<App first={await firstSpoken()} />);
}
