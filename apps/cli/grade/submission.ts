/** One student of the class, as the roster has it. Without a roster, what the submissions' own names tell. */
export interface Student {
  /** Unique in the class: the roster's login, id or e-mail, or the name that the files carry. */
  key: string;
  /** As people read it, such as "Grace Hopper". */
  name: string;
  email?: string;
  /** The number that the learning-management system knows the student by. */
  id?: string;
}

/** One file that a student handed in for one exercise, read and bounded, never yet run. */
export interface Submission {
  student: Student;
  /** The exercise's slug. */
  exercise: string;
  /** The learner's file as it came, at most 256 KiB. */
  code: string;
  /** `digest` of the code. */
  codeHash: string;
  /** Where it came from, relative to the collected folder or zip, with `/`, for people. */
  source: string;
  /** When it was handed in, ISO 8601, where that can be told; else undefined, and nothing is late but what `markedLate` says. */
  at?: string;
  /** The system's own mark for a late one, such as Canvas's LATE. */
  markedLate: boolean;
  /** A later one of the same student's has a higher number, where no time tells: Canvas's number of the file. */
  attempt?: number;
  /** Receipts that came with it, as text: shown beside, never believed. */
  claimed?: string;
}

/** Something that was found and isn't graded: listed for the instructor, never dropped. */
export interface Unmatched {
  source: string;
  /** Why, and what to do about it, in a sentence each. */
  reason: string;
}

/** All that a folder or zip of submissions held. */
export interface Collected {
  /** In a fixed order: student's key, exercise, time, source. */
  submissions: readonly Submission[];
  unmatched: readonly Unmatched[];
  /** The whole roster, those without a submission too; the students found where there is no roster. */
  students: readonly Student[];
}
