/** What builders need of a connection: the owner's, for worlds are built from outside every scope. */
export type SeedClient = {
  // biome-ignore lint/suspicious/noExplicitAny: rows are read by name
  readonly query: (text: string, values?: unknown[]) => Promise<{ rows: any[] }>
}
