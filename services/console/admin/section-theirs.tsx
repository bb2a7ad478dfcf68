import { useSpeech } from "../messages/use-speech.tsx";
import { MineOrTheirs } from "./mine-or-theirs.tsx";
import type { Difference } from "./section-difference.ts";

/** Somebody was there before: both versions, field by field, and the choice between the two. */
export function Theirs({
  by,
  differences,
  onTake,
  onKeep,
}: {
  readonly by: string;
  readonly differences: readonly Difference[];
  onTake(): void;
  onKeep(): void;
}) {
  const { t } = useSpeech();
  return (
    <div className="boxed boxed-bad" role="alert">
      <p>
        <strong>
          {t("sec.theirs")} <bdi>{by}</bdi>
        </strong>
      </p>
      <DifferenceTable differences={differences} mine={t("sec.mine")} theirs={t("sec.as-theirs")} />
      <MineOrTheirs onTake={onTake} onKeep={onKeep} />
    </div>
  );
}

/** Two versions beside each other. */
export function DifferenceTable({
  differences,
  mine,
  theirs,
}: {
  readonly differences: readonly Difference[];
  readonly mine: string;
  readonly theirs: string;
}) {
  const { t } = useSpeech();
  if (differences.length === 0) return <p>{t("sec.same")}</p>;
  return (
    <div className="setting-versions">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("sec.field")}</th>
            <th scope="col">{mine}</th>
            <th scope="col">{theirs}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ labels, item, mine: own, theirs: other }) => (
            <tr key={`${item} ${labels.join(" ")}`}>
              <th scope="row">
                {item !== "" && (
                  <>
                    <bdi>{item}</bdi>:{" "}
                  </>
                )}
                {labels.map((label) => t(label)).join(" · ")}
              </th>
              <td dir="auto">{own || "–"}</td>
              <td dir="auto">{other || "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
