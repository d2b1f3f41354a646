import { editor } from "monaco-editor/editor/editor.api";

/** The name of the editor's theme for the page's. */
export function themeNow(): string {
  return document.documentElement.dataset.theme === "light" ? "hotpath-light" : "hotpath-dark";
}

type Palette = Record<"text" | "comment" | "keyword" | "string" | "number" | "type" | "punctuation", string>;

const dark: Palette = {
  text: "e6e1db",
  comment: "8f887f",
  keyword: "f2956b",
  string: "b5c98a",
  number: "7fc8c0",
  type: "8fb8f0",
  punctuation: "a9a29a",
};

const light: Palette = {
  text: "2b2622",
  comment: "716a63",
  keyword: "b03c08",
  string: "4d6b16",
  number: "0b6e63",
  type: "1b5fb8",
  punctuation: "6a635c",
};

function rules(palette: Palette): editor.ITokenThemeRule[] {
  return [
    { token: "", foreground: palette.text },
    { token: "comment", foreground: palette.comment },
    { token: "keyword", foreground: palette.keyword },
    { token: "string", foreground: palette.string },
    { token: "regexp", foreground: palette.string },
    { token: "number", foreground: palette.number },
    { token: "type", foreground: palette.type },
    { token: "delimiter", foreground: palette.punctuation },
  ];
}

/** Defines both themes, in the colours of the site. */
export function defineThemes(): void {
  editor.defineTheme("hotpath-dark", {
    base: "vs-dark",
    inherit: true,
    rules: rules(dark),
    colors: {
      "editor.background": "#191715",
      "editor.foreground": "#e6e1db",
      "editorLineNumber.foreground": "#8a827a",
      "editorLineNumber.activeForeground": "#e6e1db",
      "editor.lineHighlightBackground": "#211e1b",
      "editor.lineHighlightBorder": "#00000000",
      "editor.selectionBackground": "#5a3018",
      "editor.wordHighlightBackground": "#2c2825",
      "editor.wordHighlightStrongBackground": "#2c2825",
      "editor.wordHighlightTextBackground": "#2c2825",
      "editor.selectionHighlightBackground": "#2c2825",
      // Dim enough that a comment on them can be read.
      "diffEditor.insertedLineBackground": "#171d10",
      "diffEditor.insertedTextBackground": "#1b2411",
      "diffEditor.removedLineBackground": "#28130f",
      "diffEditor.removedTextBackground": "#331712",
      "editorCursor.foreground": "#ff9a63",
      "editorWidget.background": "#201d1a",
      "editorWidget.border": "#423c37",
      "editorIndentGuide.background1": "#2c2825",
      focusBorder: "#00000000",
    },
  });
  editor.defineTheme("hotpath-light", {
    base: "vs",
    inherit: true,
    rules: rules(light),
    colors: {
      "editor.background": "#fbf9f7",
      "editor.foreground": "#2b2622",
      "editorLineNumber.foreground": "#79716a",
      "editorLineNumber.activeForeground": "#2b2622",
      "editor.lineHighlightBackground": "#f4f1ed",
      "editor.lineHighlightBorder": "#00000000",
      "editor.selectionBackground": "#fbd9c4",
      "editor.wordHighlightBackground": "#f1ece7",
      "editor.wordHighlightStrongBackground": "#f1ece7",
      "editor.wordHighlightTextBackground": "#f1ece7",
      "editor.selectionHighlightBackground": "#f1ece7",
      "diffEditor.insertedLineBackground": "#eef5e6",
      "diffEditor.insertedTextBackground": "#e6f1da",
      "diffEditor.removedLineBackground": "#fdeeea",
      "diffEditor.removedTextBackground": "#fce9e3",
      "editorCursor.foreground": "#c2410c",
      "editorWidget.background": "#fffefd",
      "editorWidget.border": "#cdc6be",
      "editorIndentGuide.background1": "#e5e0da",
      focusBorder: "#00000000",
    },
  });
}
