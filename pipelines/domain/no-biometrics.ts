/**
 * What nothing of ours may be called: words of who somebody is, by body or by looks (GDPR article 9, Ukraine's Law 2297-VI article 7, the AI
 * Act's article 5). A vocabulary cannot tell what a network sees, but what has no name here can be neither asked for nor told.
 */
const ANYWHERE = [
  ...["biometr", "embedding", "embedded-vector", "faceid", "facenet", "arcface", "retinaface", "sphereface"],
  ...["gait", "reid", "re-id", "re_id", "person-id", "person_id", "personid", "emotion", "ethnic", "cosface"],
] as const;
/** Parts of other words, and so forbidden as words alone: an interface is no face. */
const AS_WORDS = [
  ...["face", "faces", "facial", "iris", "fingerprint", "age", "gender", "sex", "race", "skin", "religion"],
  ...["identity", "identities", "plate", "plates", "anpr", "alpr", "lpr", "voice"],
] as const;

const anyCase = (word: string) =>
  [...word].map((each) => (/[a-z]/.test(each) ? `[${each}${each.toUpperCase()}]` : each)).join("");
const WORDS = AS_WORDS.map(anyCase).join("|");
const PARTS = ANYWHERE.map(anyCase).join("|");

/** For schemas: a regular expression that no text with such a word matches. JSON Schema knows no flags. */
export const WITHOUT_BIOMETRICS = `^(?!.*(?:${PARTS}))(?!(?:.*[^A-Za-z])?(?:${WORDS})(?:[^A-Za-z].*)?$)`;

const without = new RegExp(WITHOUT_BIOMETRICS);

export function isBiometric(text: string): boolean {
  return !without.test(text);
}
