/**
 * The folder that a path on the command line is meant from. npm runs a script in the project's root wherever it is called, and
 * remembers where that was.
 *
 * @param command the program's command, which its npm script is named like: a script that npm runs for something else
 *   hands its own folder down. The script `hotpath` runs any of them
 */
export function callersFolder(command: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
  return (script === command || script === "hotpath") && folder !== undefined ? folder : process.cwd();
}
