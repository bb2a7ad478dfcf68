import en from "../messages/en.json" with { type: "json" };
import ru from "../messages/ru.json" with { type: "json" };
import uk from "../messages/uk.json" with { type: "json" };

/** All three languages, so that a phone without a connection speaks them too. The build leaves only what passengers' pages say (`vite.config.ts`). */
export const TEXTS = { uk, ru, en };
