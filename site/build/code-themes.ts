import type { StarlightExpressiveCodeOptions } from "@astrojs/starlight/expressive-code";

/** How listings look: the editor's two themes (`components/lab/editor-themes.ts`) are drawn after these. */
export const codeThemes: StarlightExpressiveCodeOptions = {
  themes: ["vitesse-dark", "vitesse-light"],
  // A line that scrolls sideways is lost on paper and on a phone, and makes of each listing a stop for the keyboard.
  defaultProps: { wrap: true },
  styleOverrides: {
    borderRadius: "0.625rem",
    borderColor: "var(--hp-hairline)",
    codeBackground: "var(--hp-surface)",
    codeFontFamily: "var(--__sl-font-mono)",
    codeFontSize: "0.84375rem",
    codeLineHeight: "1.65",
    codePaddingInline: "1.125rem",
    frames: {
      shadowColor: "transparent",
      editorTabBarBackground: "var(--hp-surface-raised)",
      editorActiveTabBackground: "var(--hp-surface)",
      editorActiveTabIndicatorTopColor: "transparent",
      editorActiveTabIndicatorBottomColor: "var(--sl-color-accent)",
      editorTabBarBorderBottomColor: "var(--hp-hairline)",
      terminalTitlebarBackground: "var(--hp-surface-raised)",
      terminalBackground: "var(--hp-surface)",
      terminalTitlebarBorderBottomColor: "var(--hp-hairline)",
    },
  },
};
