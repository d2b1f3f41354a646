import terms from "../../../chapters/glossary/terms.json" with { type: "json" };

/** A word that the workbook explains. */
export interface Term {
  /** Its anchor on the glossary's page. */
  id: string;
  term: string;
  /** How it stands in a chapter where it is linked; empty where the word is too common to link. */
  forms: string[];
  definition: string;
  /** The page that tells more. */
  see: string;
}

export function glossaryTerms(): readonly Term[] {
  return terms;
}
