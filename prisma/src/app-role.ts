/** Role under which the application runs: no DDL, append-only where the law says so, bound by row-level security. */
export const APP_ROLE = 'xueji_app'
