import type { Level } from "../../../engines/contract/engine.ts";
import { camelCase, insertBefore, type Made, type ReadProjectFile } from "./made.ts";

const REGISTRY = "engines/registry.ts";

/** A new engine that passes nothing, and its two lines of the registry. @throws Error where the registry has changed its form */
export function newEngine(name: string, language: string, level: Level, read: ReadProjectFile): Made {
  const folder = `engines/${name}`;
  const manifest = {
    name,
    title: `${language}, a first version`,
    language,
    level,
    door: "objects",
    unsupported: [],
    artefacts: [],
    sources: [],
  };
  const imported = `import ${camelCase(name)} from "./${name}/engine.json" with { type: "json" };`;
  const entry = `  register(${camelCase(name)}, () => import("./${name}/engine.ts")),`;
  const withImport = registryWithImport(read(REGISTRY), name, imported);
  return {
    files: {
      [`${folder}/engine.json`]: `${JSON.stringify(manifest, null, 2)}\n`,
      [`${folder}/engine.ts`]: ENGINE,
      [`${folder}/README.md`]: readme(name, language, level),
    },
    changed: { [REGISTRY]: insertBefore(withImport, /^\];$/, entry, REGISTRY) },
    check: ["apps/cli/main.ts", "conform", "--engine", name, "--level", "core"],
    next: `Write addOrder in ${folder}/engine.ts, with this beside it: npm run conform -- --engine ${name} --level core --watch`,
  };
}

/** Imports stand in the order of their files' names, as the linter wants them. */
function registryWithImport(registry: string, name: string, imported: string): string {
  const imports = registry.split("\n").filter((line) => line.startsWith("import "));
  const pathOf = (line: string) => line.split('"')[1];
  const after = imports.find((line) => pathOf(line) > `./${name}/engine.json`);
  if (after !== undefined) return registry.replace(`${after}\n`, `${imported}\n${after}\n`);
  const last = imports.at(-1);
  if (last === undefined) throw new Error(`${REGISTRY} has no imports: add this one by hand: ${imported}`);
  return registry.replace(`${last}\n`, `${last}\n${imported}\n`);
}

const ENGINE = `import { withBinaryDoor } from "../contract/binary-adapter.ts";
import type { NewOrder, OwnerLimits } from "../contract/commands.ts";
import type { CreateEngine, ObjectDoor, ReadArtefact } from "../contract/engine.ts";
import type { BookEvent, EngineEvent, RejectedEvent } from "../contract/events.ts";

/** This engine's maker, for the registry; \`readArtefact\` gives the bytes of what \`engine.json\` lists as built. */
export async function load(_readArtefact: ReadArtefact): Promise<CreateEngine> {
  return () => withBinaryDoor(new Book());
}

class Book implements ObjectDoor {
  addOrder(_order: NewOrder): EngineEvent[] {
    throw new Error("Write addOrder first: the first case asks for one accepted order.");
  }

  cancelOrder(_id: number): EngineEvent[] {
    throw new Error("Write cancelOrder.");
  }

  replaceOrder(_id: number, _price: number, _size: number): EngineEvent[] {
    throw new Error("Write replaceOrder; at level core it is unsupported.");
  }

  getBook(_depth?: number): BookEvent | RejectedEvent {
    throw new Error("Write getBook.");
  }

  setLimits(_limits: OwnerLimits): EngineEvent[] {
    throw new Error("Write setLimits; below level extended it is unsupported.");
  }

  killOwner(_owner: number): EngineEvent[] {
    throw new Error("Write killOwner; below level extended it is unsupported.");
  }

  liftOwner(_owner: number): EngineEvent[] {
    throw new Error("Write liftOwner; below level extended it is unsupported.");
  }
}
`;

function readme(name: string, language: string, level: Level): string {
  return `# ${name}

An engine in ${language}, on its way to level \`${level}\`.

1. \`npm run conform -- --engine ${name} --level core --watch\` shows the first case that fails, again at each change.
2. \`engines/contract/validate.ts\` has the checks of what comes in; \`engines/typescript\` is the plainest engine there is.
3. Where the book is in another language: its source in \`core/\`, what was built in \`pkg/\`, and both in \`engine.json\`, as \`sources\` and
   \`artefacts\`. \`engines/ocaml\` is the model of one that becomes JavaScript, \`engines/cpp-wasm\` of one that becomes Wasm.
4. \`npm run conform -- --engine ${name} --deep --report conform.md\`, and the report goes into the pull request.
5. \`npm run bench -- --quick --engine ${name} --against typescript\` says how fast it is.
6. This page then says what is particular about the engine, instead of this list.
`;
}
