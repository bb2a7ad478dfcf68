/** A value as it stands in the file: names and values, lists one below the other. */
export function SettingValue({ value }: { readonly value: unknown }) {
  if (Array.isArray(value)) {
    return (
      <ul className="settings-list">
        {value.map((each) => (
          <li key={JSON.stringify(each)}>
            <SettingValue value={each} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === "object" && value !== null) {
    return (
      <dl className="facts">
        {Object.entries(value).map(([name, each]) => (
          <div key={name}>
            <dt className="code">{name}</dt>
            <dd>
              <SettingValue value={each} />
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  return <bdi>{String(value)}</bdi>;
}
