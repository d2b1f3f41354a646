import type { ClassGrades } from "../graded.ts";
import { html } from "./readable.ts";
import { columnsSvg, distributionSvg, shareSvg } from "./report-charts.ts";
import { similarPart } from "./report-similar.ts";
import { REPORT_STYLES } from "./report-styles.ts";
import type { SimilarSubmissions } from "./similar.ts";
import { checkStatistics, commonFailures, gradingTimes, handInTimes } from "./statistics.ts";
import type { ClassSummary } from "./summary.ts";

export interface ReportInput {
  grades: ClassGrades;
  summary: ClassSummary;
  similar: SimilarSubmissions;
  titleOf(slug: string): string;
}

const MOST_FAILURES = 12;

/** The class on one page for the instructor: no script, nothing fetched, hidden checks by name. */
export function reportHtml(input: ReportInput): string {
  const { summary, similar, titleOf } = input;
  const title = html(summary.assignment.title, 200);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${title}: class report</title>
<style>${REPORT_STYLES}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="lead">Class report. It names students and hidden checks: it is for the instructor alone.</p>
${numbersPart(summary)}
${distributionPart(summary)}
${attentionPart(input)}
${checksPart(input)}
${failuresPart(input)}
${timePart(input)}
${similarPart(similar, titleOf, nameOf(input.grades))}
${studentsPart(summary)}
<footer>Assignment ${html(summary.assignment.hash.slice(0, 12))}. Figures count what each student's grade is made of.</footer>
</main>
</body>
</html>
`;
}

function numbersPart({ statistics }: ClassSummary): string {
  const { students, handedIn, mean, median, lowest, highest } = statistics;
  const shown: [string, string | number][] = [
    ["students", students],
    ["handed in", handedIn],
    ["mean", percentText(mean)],
    ["median", percentText(median)],
    ["lowest", percentText(lowest)],
    ["highest", percentText(highest)],
  ];
  const items = shown.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`);
  return `<dl class="numbers">${items.join("")}</dl>`;
}

function distributionPart({ distribution, statistics }: ClassSummary): string {
  if (statistics.handedIn === 0) return section("Distribution", "<p>Nobody handed in anything.</p>");
  const rows = distribution.map(({ from, to, students }) => [`${from} to ${to}%`, students]);
  return section(
    "Distribution",
    `<p>Of the ${statistics.handedIn} who handed in something.</p>
${distributionSvg(distribution, statistics.median)}
<details><summary>As a table</summary>${table("Students by percentage", ["Percentage", "Students"], rows)}</details>`,
  );
}

/** What a person must look at before the grades go out. */
function attentionPart({ grades, titleOf }: ReportInput): string {
  const items = grades.students.flatMap(({ student, exercises }) =>
    exercises.flatMap(({ exercise, counted, pending }) => {
      const who = `<b>${html(student.name, 80)}</b>, ${html(titleOf(exercise), 120)}: `;
      const told: string[] = [];
      if (pending.length > 0) told.push(`${who}pending, yours to decide: ${html(pending.join(", "), 400)}`);
      if (counted?.refused !== undefined) told.push(`${who}not graded. ${html(counted.refused, 400)}`);
      for (const what of counted?.stopped ?? []) told.push(`${who}kept from something. ${html(what, 200)}`);
      return told;
    }),
  );
  const unmatched = grades.unmatched.map(
    ({ source, reason }) => `<code>${html(source, 200)}</code>: ${html(reason, 400)}`,
  );
  const all = [...unmatched, ...items];
  if (all.length === 0) return section("Yours to look at", "<p>Nothing: all was matched, graded and decided.</p>");
  return section("Yours to look at", `<ul>${all.map((item) => `<li>${item}</li>`).join("\n")}</ul>`);
}

function checksPart({ grades, titleOf }: ReportInput): string {
  const checks = checkStatistics(grades);
  const decided = checks.filter(({ graded }) => graded > 0);
  if (decided.length === 0) return "";
  const [hardest] = decided;
  const rows = checks.map(({ exercise, name, isHidden, graded, share, passed, partial, failed, pending }) => [
    raw(
      `${html(name, 120)}${isHidden ? ' <span class="tag">hidden</span>' : ""}<small>${html(titleOf(exercise), 120)}</small>`,
    ),
    raw(
      graded === 0
        ? "pending"
        : `${percentText(share * 100)}${shareSvg(share, name === hardest.name && exercise === hardest.exercise)}`,
    ),
    passed,
    partial,
    failed,
    pending,
  ]);
  return section(
    "Checks, the hardest first",
    `<p>The hardest is <b>${html(hardest.name, 120)}</b> of ${html(titleOf(hardest.exercise), 120)}: the class earned ${percentText(hardest.share * 100)} of its points.</p>
${table("Share of each check's points that the class earned", ["Check", "Earned", "Passed", "Partly", "Failed", "Pending"], rows, "checks")}`,
  );
}

function failuresPart({ grades, titleOf }: ReportInput): string {
  const failures = commonFailures(grades, MOST_FAILURES);
  if (failures.length === 0) return section("Most common failures", "<p>None: every check was passed by all.</p>");
  const items = failures.map(({ exercise, check, reason, students }) => {
    const names = students.slice(0, 30).map((name) => html(name, 60));
    const more = students.length > 30 ? ` and ${students.length - 30} more` : "";
    const what = check === "all" ? "not graded" : html(check, 120);
    return `<li><p><span class="count">${students.length}×</span> <b>${what}</b> <small>${html(titleOf(exercise), 120)}</small></p>
<p>${html(reason, 600)}</p>
<details><summary>${students.length === 1 ? "1 student" : `${students.length} students`}</summary><p>${names.join(", ")}${more}</p></details></li>`;
  });
  return section("Most common failures", `<ol class="failures">${items.join("\n")}</ol>`);
}

function timePart({ grades, titleOf }: ReportInput): string {
  const steps = handInTimes(grades);
  const times = gradingTimes(grades);
  const handIn =
    steps.length === 0
      ? "<p>When work was handed in can't be told: there is no deadline, or the files carry no time.</p>"
      : `<h3>Handed in before the deadline</h3>
${columnsSvg("Submissions by the time left", steps, "time left at the student's own deadline")}
<details><summary>As a table</summary>${table(
          "Submissions by the time left",
          ["When", "Submissions"],
          steps.map(({ name, value }) => [name, value]),
        )}</details>`;
  const rows = times.map(({ exercise, submissions, medianMs, longestMs }) => [
    titleOf(exercise),
    submissions,
    seconds(medianMs),
    seconds(longestMs),
  ]);
  const grading =
    times.length === 0
      ? ""
      : `<h3>Grading took</h3>${table("Time to grade a submission", ["Exercise", "Submissions", "Median", "Longest"], rows)}`;
  return section("Time", `${handIn}\n${grading}`);
}

function studentsPart({ assignment, students }: ClassSummary): string {
  const rows = students.map(({ name, key, percent, handedIn, exercises }) => [
    raw(`${html(name, 80)}${name === key ? "" : `<small>${html(key, 80)}</small>`}`),
    handedIn ? percentText(percent) : "nothing handed in",
    ...exercises.map(({ points, of, daysLate, handedIn: isThere }) =>
      isThere ? `${points} of ${of}${daysLate > 0 ? `, ${daysLate} d late` : ""}` : "–",
    ),
  ]);
  const heads = ["Student", "Total", ...assignment.exercises.map(({ title }) => title)];
  return section("Students", table("Grades", heads, rows));
}

interface Raw {
  html: string;
}

function raw(text: string): Raw {
  return { html: text };
}

function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly (string | number | Raw)[])[],
  kind = "",
): string {
  const cell = (value: string | number | Raw) => (typeof value === "object" ? value.html : html(value, 200));
  const head = heads.map((name) => `<th scope="col">${html(name, 120)}</th>`).join("");
  const body = rows.map(
    ([first, ...rest]) =>
      `<tr><th scope="row">${cell(first)}</th>${rest.map((value) => `<td>${cell(value)}</td>`).join("")}</tr>`,
  );
  return `<div class="scroll" role="region" aria-label="${html(caption)}" tabindex="0"><table class="${kind}"><caption>${html(caption)}</caption><thead><tr>${head}</tr></thead><tbody>
${body.join("\n")}
</tbody></table></div>`;
}

function section(title: string, body: string): string {
  return `<section><h2>${title}</h2>
${body}
</section>`;
}

function nameOf({ students }: ClassGrades): (key: string) => string {
  const names = new Map(students.map(({ student }) => [student.key, student.name]));
  return (key) => names.get(key) ?? key;
}

function percentText(value: number | null): string {
  return value === null ? "–" : `${Math.round(value * 10) / 10}%`;
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)}\u00a0ms` : `${(ms / 1000).toFixed(1)}\u00a0s`;
}
