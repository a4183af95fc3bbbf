/** A file's name as somebody gave it, to be shown and kept, never used as a path: control characters and separators go, length is bounded. */
export const shownFileName = (name: string | undefined, otherwise: string): string =>
  (name ?? '').replace(/[\p{Cc}\p{Cf}/\\]/gu, '').slice(-120) || otherwise
