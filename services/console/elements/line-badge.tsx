import { lineColors } from "./line-color.ts";

/** A line's number on the line's colour, as on the bus itself. */
export function LineBadge({ name, color }: { readonly name: string; readonly color: string | undefined }) {
  const { ground, ink } = lineColors(color);
  return (
    <span className="line-badge" style={{ backgroundColor: ground, color: ink }}>
      {name}
    </span>
  );
}
