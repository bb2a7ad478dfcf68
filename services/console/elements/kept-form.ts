/** The texts of a form's fields by their names, as they are kept; empty where nothing is typed. */
export function typedIn(form: HTMLFormElement): string {
  const typed = [...new FormData(form)].filter(
    (field): field is [string, string] => typeof field[1] === "string" && field[1] !== "",
  );
  return typed.length === 0 ? "" : JSON.stringify(Object.fromEntries(typed));
}

/** Puts back what was typed; fields that are no longer there, and a text that is none of ours, are passed over. */
export function fillForm(form: HTMLFormElement, text: string): void {
  for (const [name, value] of fieldsOf(text)) {
    const field = form.elements.namedItem(name);
    if (
      field instanceof HTMLInputElement ||
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement
    ) {
      field.value = value;
    }
  }
}

/** Reads what was kept. */
export function fieldsOf(text: string): readonly (readonly [name: string, value: string])[] {
  try {
    const kept: unknown = JSON.parse(text);
    return Object.entries(Object(kept)).filter(
      (field): field is [string, string] => typeof field[1] === "string",
    );
  } catch {
    return [];
  }
}
