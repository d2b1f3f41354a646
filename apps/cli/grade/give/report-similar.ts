import { html, readable } from "./readable.ts";
import type { SimilarPair, SimilarSide, SimilarSubmissions } from "./similar.ts";

/** Lines of a file at most: the page must stay one that opens. */
const MOST_LINES = 400;

/** Submissions that are alike, side by side, with what they share marked. */
export function similarPart(
  { pairs, unread }: SimilarSubmissions,
  titleOf: (slug: string) => string,
  nameOf: (key: string) => string,
): string {
  const left = unread.map(
    ({ submission, why }) => `<li>${html(nameOf(submission.student.key), 80)}: ${html(why)}</li>`,
  );
  const skipped =
    left.length === 0
      ? ""
      : `<details><summary>Not compared: ${left.length}</summary><ul>${left.join("")}</ul></details>`;
  const found =
    pairs.length === 0
      ? "<p>No two submissions are alike beyond what the starter, the solution and much of the class have in common.</p>"
      : `<p>Likeness is a reason to look, and no finding: short exercises have few good answers. Starter, solution and what much of the class wrote are left out; names, types and comments don't count.</p>
${pairs.map((pair) => pairPart(pair, titleOf, nameOf)).join("\n")}`;
  return `<section><h2>Similar submissions</h2>
${found}
${skipped}
</section>`;
}

function pairPart(
  { exercise, left, right, similarity }: SimilarPair,
  titleOf: (slug: string) => string,
  nameOf: (key: string) => string,
) {
  const names = [left, right].map(({ submission }) => html(nameOf(submission.student.key), 80));
  return `<details class="pair"><summary><b>${Math.round(similarity * 100)}%</b> ${names.join(" and ")} <small>${html(titleOf(exercise), 120)}</small></summary>
<div class="sides">${sidePart(left, names[0])}${sidePart(right, names[1])}</div></details>`;
}

function sidePart({ submission, lines }: SimilarSide, name: string): string {
  const shared = new Set(lines);
  const code = readable(submission.code, Number.POSITIVE_INFINITY).split("\n");
  const shown = code.slice(0, MOST_LINES).map((text, index) => {
    const number = `<span class="line">${index + 1}</span>`;
    const marked = html(text, 400) || " ";
    return shared.has(index + 1) ? `<mark>${number}${marked}</mark>` : `<span>${number}${marked}</span>`;
  });
  const more = code.length > MOST_LINES ? `<p>${code.length - MOST_LINES} more lines are in the receipt.</p>` : "";
  return `<figure><figcaption>${name} <small>${html(submission.source, 200)}</small></figcaption><pre tabindex="0" role="region" aria-label="Code of ${name}; shared lines are marked">${shown.join("")}</pre>${more}</figure>`;
}
