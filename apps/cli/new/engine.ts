import type { Level } from "../../../engines/contract/engine.ts";
import { camelCase, insertBefore, type Made, type ReadProjectFile } from "./made.ts";

const REGISTRY = "engines/registry.ts";

export interface NewEngine {
  name: string;
  language: string;
  level: Level;
  /** Whether its book is built into a Wasm module. */
  wasm: boolean;
}

/** A new engine that passes nothing, and its two lines of the registry. @throws Error where the registry has changed its form */
export function newEngine({ name, language, level, wasm }: NewEngine, read: ReadProjectFile): Made {
  const folder = `engines/${name}`;
  const artefact = `${folder}/pkg/book.wasm`;
  const manifest = {
    name,
    title: `${language}, a first version`,
    language,
    level,
    door: wasm ? "binary" : "objects",
    unsupported: [],
    artefacts: wasm ? [artefact] : [],
    sources: wasm ? [`${folder}/core`] : [],
  };
  const imported = `import ${camelCase(name)} from "./${name}/engine.json" with { type: "json" };`;
  const entry = `  register(${camelCase(name)}, () => import("./${name}/engine.ts")),`;
  const withImport = registryWithImport(read(REGISTRY), name, imported);
  return {
    files: {
      [`${folder}/engine.json`]: manifestText(manifest),
      [`${folder}/engine.ts`]: wasm ? wasmEngine(artefact, language) : objectEngine(level),
      [`${folder}/README.md`]: readme(name, language, level),
    },
    changed: { [REGISTRY]: insertBefore(withImport, /^\];$/, entry, REGISTRY) },
    check: ["apps/cli/main.ts", "conform", "--engine", name, "--level", "core"],
    next: `${wasm ? `Build ${artefact}, with the exports of WasmCore in engines/contract/wasm-book.ts` : `Write addOrder in ${folder}/engine.ts`}, with this beside it: npm run conform -- --engine ${name} --level core --watch`,
  };
}

/** As the formatter writes it: a short list on one line. */
function manifestText(manifest: object): string {
  return `${JSON.stringify(manifest, null, 2).replace(/\[\n\s+(".*")\n\s+\]/g, "[$1]")}\n`;
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

/** What stands round a book of each level, so that what lies beyond it is answered without a line of the book's own. */
const GUARDS: Record<Level, { guard?: string; implemented: string }> = {
  core: { guard: "withLevelGuard", implemented: "CoreEngine" },
  full: { guard: "withRiskGuard", implemented: "FullEngine" },
  extended: { implemented: "ObjectDoor" },
};

const IS_LIVE = `
  isLive(_id: number): boolean {
    throw new Error("Write isLive: whether an order with this id rests in the book.");
  }
`;

const REPLACE = `
  replaceOrder(_id: number, _price: number, _size: number): EngineEvent[] {
    throw new Error("Write replaceOrder.");
  }
`;

const RISK = `
  setLimits(_limits: OwnerLimits): EngineEvent[] {
    throw new Error("Write setLimits.");
  }

  killOwner(_owner: number): EngineEvent[] {
    throw new Error("Write killOwner.");
  }

  liftOwner(_owner: number): EngineEvent[] {
    throw new Error("Write liftOwner.");
  }
`;

/** `engine.ts` of a book of objects. */
function objectEngine(level: Level): string {
  const { guard, implemented } = GUARDS[level];
  const types = guard === undefined ? "CreateEngine, ObjectDoor, ReadArtefact" : "CreateEngine, ReadArtefact";
  const imported =
    guard === undefined ? "" : `\nimport { type ${implemented}, ${guard} } from "../contract/level-guard.ts";`;
  const book = guard === undefined ? "new Book()" : `${guard}(new Book())`;
  return `import { withBinaryDoor } from "../contract/binary-adapter.ts";
import type { NewOrder${level === "extended" ? ", OwnerLimits" : ""} } from "../contract/commands.ts";
import type { ${types} } from "../contract/engine.ts";
import type { BookEvent, EngineEvent, RejectedEvent } from "../contract/events.ts";${imported}

/** This engine's maker, for the registry; \`readArtefact\` gives the bytes of what \`engine.json\` lists as built. */
export async function load(_readArtefact: ReadArtefact): Promise<CreateEngine> {
  return () => withBinaryDoor(${book});
}

class Book implements ${implemented} {
  addOrder(_order: NewOrder): EngineEvent[] {
    throw new Error("Write addOrder first: the first case asks for one accepted order.");
  }

  cancelOrder(_id: number): EngineEvent[] {
    throw new Error("Write cancelOrder.");
  }
${level === "core" ? IS_LIVE : REPLACE}
  getBook(_depth?: number): BookEvent | RejectedEvent {
    throw new Error("Write getBook.");
  }
${level === "extended" ? RISK : ""}}
`;
}

/** `engine.ts` of a book that is built into a Wasm module. */
function wasmEngine(artefact: string, language: string): string {
  return `import type { CreateEngine, ReadArtefact } from "../contract/engine.ts";
import { withObjectDoor } from "../contract/object-adapter.ts";
import { WasmBook, type WasmCore } from "../contract/wasm-book.ts";

const ARTEFACT = "${artefact}";

/** Loads the core in ${language}. Each engine has a Wasm instance and a memory of its own. */
export async function load(readArtefact: ReadArtefact): Promise<CreateEngine> {
  const module = await WebAssembly.compile(await readArtefact(ARTEFACT));
  return () => {
    const core = new WebAssembly.Instance(module).exports as unknown as WasmCore & { _initialize?(): void };
    // Some compilers leave to the host what runs before the first call.
    core._initialize?.();
    return withObjectDoor(new WasmBook(core));
  };
}
`;
}

function readme(name: string, language: string, level: Level): string {
  return `# \`${name}\`

An engine in ${language}, on its way to level \`${level}\`.

1. \`npm run conform -- --engine ${name} --level core --watch\` shows the first case that fails, again at each change.
2. \`engines/contract/validate.ts\` has the checks of what comes in; \`engines/typescript\` is the plainest engine there is.
3. Where the book is in another language: its source in \`core/\`, what was built in \`pkg/\`, and both in \`engine.json\`, as \`sources\` and
   \`artefacts\`. CONTRIBUTING.md has a section on such a core: what a Wasm module exports, and how it is built.
4. \`npm run conform -- --engine ${name} --deep --report conform.md\`, and the report goes into the pull request.
5. \`npm run bench -- --quick --engine ${name} --against typescript\` says how fast it is.
6. This page then says what is particular about the engine, instead of this list.
`;
}
