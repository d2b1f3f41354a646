import { alike } from "../give/gradebook-form.ts";
import { readable } from "../give/readable.ts";
import type { Student } from "../submission.ts";
import type { Origin } from "./origin.ts";
import type { Roster } from "./roster.ts";

/** Says whose each file is, and keeps who was found. */
export interface StudentBody {
  /** @throws Error whose message goes behind "it": nobody's, or it could be several students' */
  ownerOf(origin: Origin): Student;
  /** The whole roster, or without one those found, in the order of their keys. */
  students(): readonly Student[];
}

export function studentBody(roster: Roster | undefined): StudentBody {
  return roster === undefined ? asNamed() : ofRoster(roster);
}

function ofRoster(roster: Roster): StudentBody {
  return {
    ownerOf: ({ owners }) => {
      for (const owner of owners) {
        const exact = roster.matches(owner);
        const found = exact.length > 0 ? exact : afterHyphen(roster, owner.name);
        if (found.length > 1) throw new Error(`could be of ${found.map(shown).join(" or ")}. ${TELL_APART}`);
        if (found.length === 1) return found[0];
      }
      const names = owners.map(({ name }) => `"${readable(name, 60)}"`);
      if (names.length === 0) throw new Error(`doesn't tell whose it is. ${NAME_IT}`);
      throw new Error(
        `is of nobody in the roster: ${names.join(", ")} is no key, id, address or name there. ${ADD_TO_IT}`,
      );
    },
    students: () => sorted(roster.students),
  };
}

const TELL_APART = "Name its folder or file after the student's key in the roster.";
const NAME_IT = "Name its folder or file after the student.";
const ADD_TO_IT = "Add it to the roster, or rename the folder or file.";

/** GitHub Classroom's folder is the assignment's name, whatever it is, then the user's. */
function afterHyphen(roster: Roster, name: string): readonly Student[] {
  const parts = name.split("-");
  for (let start = 1; start < parts.length; start++) {
    const user = parts.slice(start).join("-");
    // A number alone is as likely the homework's.
    const found = /[a-z]/i.test(user) ? roster.called(user) : [];
    if (found.length > 0) return found;
  }
  return [];
}

/** Without a roster a student is who the files name; equal names with other ids are other students. */
function asNamed(): StudentBody {
  const found = new Map<string, Student>();
  return {
    ownerOf: ({ owners }) => {
      const owner = owners.at(0);
      if (owner === undefined) throw new Error(`doesn't tell whose it is. ${NAME_IT}`);
      const name = readable(owner.name, 120).trim();
      const plain = alike(name);
      const { id } = owner;
      const known = found.get(plain);
      const key = known !== undefined && known.id !== id ? `${plain} ${id ?? ""}`.trim() : plain;
      const student = found.get(key) ?? { key, name, ...(id === undefined ? {} : { id }) };
      found.set(key, student);
      return student;
    },
    students: () => sorted([...found.values()]),
  };
}

function shown({ name, key }: Student): string {
  return name === key ? `"${readable(name, 60)}"` : `"${readable(name, 60)}" (${readable(key, 60)})`;
}

function sorted(students: readonly Student[]): Student[] {
  return [...students].sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
}
