import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as format from "./bundle-format.ts";
import * as verifier from "./verify-bundle.ts";

const PLACE = "/* the verifier */";

export type VerifierPage = {
  readonly html: string;
  /** For whoever serves it: nothing runs but its own script, and it asks nobody anything. */
  readonly content_security_policy: string;
};

/**
 * One page, alone: it verifies a bundle in a browser, also from a disk and without a network. The functions in it are those of
 * `verify-bundle.ts` themselves, as text: Node has taken the types out of them already.
 */
export async function verifierPage(): Promise<VerifierPage> {
  const shell = await readFile(new URL("./verifier-page.html", import.meta.url), "utf8");
  const functions = [...Object.values(format), ...Object.values(verifier)].map(String).join("\n");
  const unsafe = shell.replace(PLACE, () => functions);
  const [, script = ""] = /<script type="module">([\s\S]*)<\/script>/.exec(unsafe) ?? [];
  const [, style = ""] = /<style>([\s\S]*)<\/style>/.exec(unsafe) ?? [];
  const digestOf = (text: string) => `'sha256-${hash("sha256", text, "base64")}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${digestOf(script)}`,
    `style-src ${digestOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return { html: unsafe.replace("{policy}", () => policy), content_security_policy: policy };
}
