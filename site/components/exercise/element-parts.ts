/** Finds the part of a component that carries `data-part`. @throws Error where the markup has none */
export function part<E extends HTMLElement>(root: ParentNode, name: string): E {
  const found = root.querySelector<E>(`[data-part="${name}"]`);
  if (found === null) throw new Error(`The markup has no part "${name}".`);
  return found;
}

/** Makes an element with a class and what is in it. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  element.append(...content);
  return element;
}

/** A text in which `backticks` mean code, as nodes. */
export function prose(text: string): (Node | string)[] {
  return text.split(/`([^`]+)`/).map((piece, index) => (index % 2 === 1 ? make("code", "", piece) : piece));
}
