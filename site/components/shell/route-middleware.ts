import { defineRouteMiddleware } from "@astrojs/starlight/route-data";
import { groups } from "../../build/order.ts";

const FIRST = groups[0].chapters[0];

/**
 * Gives the landing page and the page for what isn't there the menu that all others have, and ties the landing page to the first
 * chapter: Starlight's `splash` template leaves both out, and a phone would then have no menu at all.
 */
export const onRequest = defineRouteMiddleware((context) => {
  const route = context.locals.starlightRoute;
  const base = import.meta.env.BASE_URL.replace(/\/$/, "");
  if (route.entry.data.template === "splash") route.hasSidebar = true;
  const first = route.sidebar.flatMap((entry) => (entry.type === "group" ? entry.entries : [entry]))[0];
  if (first?.type !== "link") return;
  if (route.id === "") route.pagination.next = first;
  if (route.id === FIRST) {
    route.pagination.prev = {
      ...first,
      label: "hotpath",
      href: `${base}/`,
      isCurrent: false,
      badge: undefined,
      attrs: {},
    };
  }
});
