import { existsSync } from "node:fs";
import { runTool } from "./jars.ts";
import { caOf, KEY_STORE_PASSWORD, keyStoreOf } from "./properties.ts";

/** Makes the brokers' key and a certificate for 127.0.0.1 that vouches for itself, with Java's own tool; once a folder. */
export async function makeCertificate(folder: string): Promise<void> {
  if (existsSync(caOf(folder))) return;
  const store = ["-keystore", keyStoreOf(folder), "-storetype", "PKCS12", "-storepass", KEY_STORE_PASSWORD];
  const name = ["-alias", "broker", "-dname", "CN=yardline-test-broker", "-ext", "san=ip:127.0.0.1"];
  await runTool("keytool", ["-genkeypair", "-keyalg", "EC", "-validity", "3650", ...name, ...store]);
  await runTool("keytool", ["-exportcert", "-rfc", "-alias", "broker", "-file", caOf(folder), ...store]);
}
