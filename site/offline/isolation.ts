/** What a response must say for a page to be isolated; `apps/setup/server.ts` sends the same. */
export const ISOLATION: Readonly<Record<string, string>> = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** Whether the host has said it already. */
export function isIsolated(response: Response): boolean {
  return response.headers.has("Cross-Origin-Embedder-Policy");
}

/** The response with the headers that isolate a page; a redirect, which no script may look into, as it is. */
export function isolated(response: Response): Response {
  if (response.status === 0 || isIsolated(response)) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATION)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
