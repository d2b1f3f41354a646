/** The id of a page's heading; Starlight's skip link and its list of contents point at it. */
export const PAGE_TITLE_ID = "_top";
