import { createRoot } from "react-dom/client";
import { FIRST } from "../api/first-answers.ts";
import { noteServerTime } from "../api/server-clock.ts";
import { firstSpoken } from "../messages/use-speech.tsx";
import { loadTexts, ResidentApp } from "./resident-app.tsx";
import { keepPage } from "./worker-link.ts";
import "../page/tokens.css";
import "../elements/elements.css";
import "../stops/stops.css";
import "./resident.css";

/** The page of whoever waits for a bus: no account, no camera, little to load. */
export async function start(root: HTMLElement): Promise<void> {
  const { town } = FIRST;
  if (town) noteServerTime(town.value.now, town.at_ms);
  createRoot(root).render(<ResidentApp first={await firstSpoken(loadTexts)} />);
  keepPage();
}
