/** Version shown in the footer (SEC-005). */
export const VERSION = '0.1.0'
