/**
 * What stands in every page's head. The policy lets no frame load an address, so a frame made of text, as the sandbox
 * is, can't leave for one; nor does the page itself reach anything but its own site.
 */
export const headTags = [
  {
    tag: "meta" as const,
    attrs: {
      "http-equiv": "Content-Security-Policy",
      content: "frame-src 'none'; object-src 'none'; base-uri 'self'; form-action 'none'; connect-src 'self'",
    },
  },
  { tag: "meta" as const, attrs: { name: "theme-color", content: "#fdfdfc", media: "(prefers-color-scheme: light)" } },
  { tag: "meta" as const, attrs: { name: "theme-color", content: "#100f0e", media: "(prefers-color-scheme: dark)" } },
];
