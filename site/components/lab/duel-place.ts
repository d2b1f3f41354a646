/** Where two engines are compared in pairs. */
export const DUEL = `${import.meta.env.BASE_URL.replace(/\/$/, "")}/identify-bottlenecks/#is-it-really-faster`;
