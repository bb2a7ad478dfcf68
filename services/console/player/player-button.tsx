import { Icon } from "../elements/icon.tsx";

/** One of the small buttons under a recording. */
export function PlayerButton({
  name,
  icon,
  onPress,
}: {
  readonly name: string;
  readonly icon: Parameters<typeof Icon>[0]["name"];
  onPress(): void;
}) {
  return (
    <button type="button" className="icon-button" aria-label={name} title={name} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}
