import { writeFile } from "node:fs/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import { LANGUAGES, type Language } from "@yardline/events/event-type";
import { csvOf, markdownOf, type PlainDocument } from "@yardline/privacy/document";
import { impactAssessment } from "@yardline/privacy/impact";
import { processingRegister, registerDocument } from "@yardline/privacy/processing-register";
import { documentPdf } from "@yardline/publishing/pdf/document-pdf";
import { signPdf } from "@yardline/publishing/pdf/sign-pdf";
import { recordOf } from "@yardline/town/camera-config";
import { townFacts } from "@yardline/town/town-facts";
import { factsOf } from "@yardline/town/works/signs";
import { readSettings } from "../start-settings.ts";
import { defineVerb, optionalFlag, textFlag, UsageError, type World } from "../verb.ts";

const text = { type: "string" } as const;

/** The papers that belong to a town's cameras, out of the settings that they run on. */
export const privacy = defineVerb({
  name: "privacy",
  summary:
    "Writes the papers about a town's cameras: signs, the impact assessment, the register of processing.",
  usage: "sign|impact|register --config town.yaml --output FILE [--camera ID] [--language uk|ru|en]",
  example: "./yardline privacy sign --config town.yaml --camera yard --output yard.pdf",
  flags: {
    config: { ...text, help: "The town.yaml that the town runs on." },
    output: { ...text, help: "sign: a .pdf; impact: a .md or .pdf; register: a .csv, .md or .pdf." },
    camera: { ...text, help: "sign: which camera's." },
    language: { ...text, help: "uk (unless it says so), ru or en." },
  },
  positionals: { min: 1, max: 1 },
  async run(given, world) {
    const [what = ""] = given.positionals;
    const work = { sign, impact, register }[what];
    if (!work) throw new UsageError(`privacy: there is sign, impact and register, no "${what}"`);
    const output = textFlag(given, "output");
    const config = await readSettings(textFlag(given, "config"));
    const paper = await work({ config, output, given, language: languageOf(given), world });
    await written(output, paper);
    world.stderr.write(`yardline: written to ${output}\n`);
    return 0;
  },
});

type Given = Parameters<typeof privacy.run>[0];
type Work = {
  readonly config: Awaited<ReturnType<typeof readSettings>>;
  readonly output: string;
  readonly given: Given;
  readonly language: Language;
  readonly world: World;
};

async function sign({ config, output, given, language, world }: Work): Promise<Uint8Array> {
  if (formOf(output) !== "pdf") throw new UsageError("privacy sign: --output is a .pdf");
  const id = optionalFlag(given, "camera");
  const camera = config.cameras?.find((each) => each.id === id);
  if (!camera)
    throw new UsageError(`privacy sign: name one of the settings' cameras with --camera, not "${id ?? ""}"`);
  const facts = factsOf(camera.id, recordOf(camera), config.privacy);
  return signPdf(facts, { language, name: camera.name, made_ms: world.clock.now_ms() });
}

async function impact({ config, output, language, world }: Work): Promise<string | Uint8Array> {
  return paperOf(impactAssessment(townFacts(config), language), { output, language, world });
}

async function register({ config, output, language, world }: Work): Promise<string | Uint8Array> {
  const facts = townFacts(config);
  if (formOf(output) === "csv") return csvOf(processingRegister(facts, language));
  return paperOf(registerDocument(facts, language), { output, language, world });
}

async function paperOf(
  document: PlainDocument,
  { output, language, world }: Pick<Work, "output" | "language" | "world">,
): Promise<string | Uint8Array> {
  const form = formOf(output);
  if (form === "md") return markdownOf(document);
  if (form === "pdf") return documentPdf(document, { language, made_ms: world.clock.now_ms() });
  throw new UsageError(`privacy: ${output} is neither a .md nor a .pdf`);
}

function formOf(output: string): string {
  return /\.([a-z]+)$/i.exec(output)?.[1]?.toLowerCase() ?? "";
}

function languageOf(given: Given): Language {
  const asked = optionalFlag(given, "language") ?? "uk";
  const language = LANGUAGES.find((each) => each === asked);
  if (language) return language;
  throw new UsageError(`privacy: --language is ${LANGUAGES.join(", ")}, not "${asked}"`);
}

async function written(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (cause) {
    throw new AppError("OUTPUT_UNWRITABLE", `${path} cannot be written (${messageOf(cause)}).`, { cause });
  }
}
