/**
 * Shows a line at the window's edge with a button that reloads. One at a time: a later one takes the place.
 *
 * @param onReload what the button does
 */
export function showNotice(text: string, onReload: () => void): void {
  const region = noticeRegion();
  const words = document.createElement("p");
  words.textContent = text;
  const later = button("Later", () => region.replaceChildren());
  const reload = button("Reload", () => {
    reload.disabled = true;
    onReload();
  });
  reload.className = "primary";
  region.replaceChildren(words, reload, later);
}

/** A live region must be in the page before its words, or they are not read out. */
function noticeRegion(): HTMLElement {
  const there = document.querySelector<HTMLElement>(".hp-notice");
  if (there !== null) return there;
  const region = document.createElement("div");
  region.className = "hp-notice";
  region.setAttribute("role", "status");
  document.body.append(region);
  return region;
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

noticeRegion();
