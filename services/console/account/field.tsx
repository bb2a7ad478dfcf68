/** One line of a form. Names say what browsers and password managers fill in. */
export function Field({
  name,
  label,
  complete,
}: {
  readonly name: string;
  readonly label: string;
  readonly complete: string;
}) {
  const isCode = name === "code";
  return (
    <label className="field">
      {label}
      <input
        name={name}
        type={complete.endsWith("password") ? "password" : "text"}
        autoComplete={complete}
        required
        {...(isCode && { pattern: CODE, maxLength: 19, autoCapitalize: "none", spellCheck: false })}
        {...(name === "login" && { autoCapitalize: "none", spellCheck: false })}
      />
    </label>
  );
}

/** What the app shows, or one of the codes for a lost phone. */
const CODE = "\\d{6}|[A-Za-z2-7]{4}([ \\-]?[A-Za-z2-7]{4}){3}";
