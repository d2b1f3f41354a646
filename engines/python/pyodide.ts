import type { ReadArtefact } from "../contract/engine.ts";
import { moduleAddress } from "../contract/import-bytes.ts";

const FOLDER = "node_modules/pyodide";
/** What Pyodide asks for by itself while it starts; the rest is handed to it. */
const ASKED_FOR = ["pyodide.asm.wasm", "python_stdlib.zip"];
/** Where it believes its files to be. */
const INDEX = "/pyodide/";

/** As much of Pyodide as this engine uses. */
export interface Python {
  runPython(code: string): unknown;
  readonly globals: { get(name: string): unknown };
}

type LoadPyodide = (options: object) => Promise<Python>;

/** What Pyodide's modules see in the place of their realm's own. */
interface PyodideHost {
  globalThis: object;
  workerGlobals: object;
  readbuffer(path: string): ArrayBuffer;
}

let hosts = 0;

/**
 * Starts a Python interpreter from its files' bytes. Pyodide looks for itself on a network or a disk, by the kind of host that it finds:
 * a reader's sandbox has neither. So its modules see other globals: the loader a bare shell with one function to read files, the
 * interpreter a worker.
 *
 * @throws Error where a file can't be had
 */
export async function startPython(readArtefact: ReadArtefact): Promise<Python> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const name of ASKED_FOR) files.set(name, await readArtefact(`${FOLDER}/${name}`));
  const textOf = async (name: string) => new TextDecoder().decode(await readArtefact(`${FOLDER}/${name}`));

  hosts += 1;
  const address = moduleAddress(`export default {}; // ${hosts}`);
  const { default: host } = (await import(/* @vite-ignore */ address)) as { default: PyodideHost };
  Object.assign(host, hostOf(files));
  // A reader's sandbox has taken `Function` away, and Pyodide looks at its prototype.
  const begin = `import host from ${JSON.stringify(address)};const Function=(()=>{}).constructor,process=undefined,Math=host.workerGlobals.Math,window=undefined,document=undefined,fetch=undefined;`;
  const loader = `${begin}const{globalThis,readbuffer}=host,read=readbuffer,load=readbuffer,navigator=undefined,location=undefined;`;
  const interpreter = `${begin}const globalThis=host.workerGlobals;`;
  const load = (text: string) => import(/* @vite-ignore */ moduleAddress(text));
  const { default: createPyodideModule } = await load(interpreter + (await textOf("pyodide.asm.mjs")));
  const { loadPyodide } = await load(loader + (await textOf("pyodide.mjs")));
  const { info } = JSON.parse(await textOf("pyodide-lock.json"));
  return (loadPyodide as LoadPyodide)({
    indexURL: INDEX,
    packageBaseUrl: INDEX,
    lockFileContents: { info, packages: {} },
    createPyodideModule,
    jsglobals: globalThis,
  });
}

function hostOf(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): PyodideHost {
  const readbuffer = (path: string): ArrayBuffer => {
    const bytes = files.get(path.slice(INDEX.length));
    if (bytes === undefined) throw new Error(`Pyodide asks for ${path}, which isn't one of its files here.`);
    return bytes.slice().buffer;
  };
  const shell = globalsWith({ readbuffer, read: readbuffer, load: readbuffer, WorkerGlobalScope: undefined });
  const workerGlobals = globalsWith({ WorkerGlobalScope: Object });
  return { globalThis: shell, workerGlobals, readbuffer };
}

/** A strategy's run refuses `Math.random`, and an engine has no chance in it: names of Pyodide's own are all that it draws. */
function mathWithoutChance(): Math {
  let drawn = 0;
  const random = () => {
    drawn = (drawn + (Math.sqrt(5) - 1) / 2) % 1;
    return drawn;
  };
  return Object.create(Math, { random: { value: random } });
}

/** The realm's globals, with some that tell one host from another put in the place of its own. */
function globalsWith(own: Record<string, unknown>): object {
  const told: Record<string, unknown> = {
    process: undefined,
    window: undefined,
    navigator: undefined,
    importScripts: undefined,
    Math: mathWithoutChance(),
    // For tasks of Python's event loop, of which there are none here. A channel that listens would keep Node from its end.
    MessageChannel: undefined,
    addEventListener: undefined,
    postMessage: undefined,
    ...own,
  };
  return new Proxy(told, {
    get(target, name) {
      if (Object.hasOwn(target, name)) return target[name as string];
      const value = Reflect.get(globalThis, name);
      // A function of the platform, such as setTimeout, wants its own globals as `this`.
      return typeof value === "function" && value.prototype === undefined ? value.bind(globalThis) : value;
    },
    has: (target, name) => Object.hasOwn(target, name) || name in globalThis,
  });
}
