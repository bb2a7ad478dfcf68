import type { QueryProblem } from "@yardline/index/query/problems";
import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";

/** What is wrong with a question and how to mend it, each leading to its place; else how it was understood. */
export function QueryProblems({
  id,
  problems,
  typed,
  understood,
  onGo,
}: {
  readonly id: string;
  readonly problems: readonly QueryProblem[];
  readonly typed: string;
  readonly understood: string | undefined;
  onGo(problem: QueryProblem): void;
}) {
  const { t, language } = useSpeech();
  return (
    <div id={id} className="query-told" role="status">
      {problems.map((problem) => (
        <button
          type="button"
          key={`${problem.at} ${problem.code}`}
          className="query-problem"
          onClick={() => onGo(problem)}
        >
          <Icon name="alert" size={16} />
          <span className="query-place">{t("search.character", { at: problem.at + 1 })}</span>
          <bdi>{problem.message[language]}</bdi>
        </button>
      ))}
      {problems.length === 0 && understood && understood !== typed.trim() && (
        <p className="query-understood">
          {t("search.understood")} <code dir="auto">{understood}</code>
        </p>
      )}
    </div>
  );
}
