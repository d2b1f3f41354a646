/** A table that is wider than the page scrolls by itself; it must then be reached by keyboard too. */
const observer = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});
for (const table of document.querySelectorAll(".sl-markdown-content table:not(.not-content *)"))
  observer.observe(table);

/**
 * The code blocks' own script makes a wide listing a landmark without a name. A page of listings would be a page of landmarks: each
 * becomes a group, named by its file.
 */
const roles = new MutationObserver((changes) => {
  for (const { target } of changes) if (target instanceof HTMLPreElement) nameListing(target);
});

function nameListing(listing: HTMLPreElement): void {
  if (listing.getAttribute("role") !== "region") return;
  const title = listing.closest("figure")?.querySelector("figcaption .title")?.textContent;
  listing.setAttribute("role", "group");
  listing.setAttribute("aria-label", title || "Listing");
}

for (const listing of document.querySelectorAll<HTMLPreElement>(".expressive-code pre")) {
  roles.observe(listing, { attributes: true, attributeFilter: ["role"] });
  nameListing(listing);
}

export {};
